"""Applications that a merge has taken in: their links live on, and an undo gives them back."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.models.event import Event, Kind, undone


@dataclass(frozen=True)
class Absorbed:
    """An application as it was before a merge; `stands` while the merge is not undone."""

    id: int
    anchor: int
    stands: bool


def absorbed(events: Sequence[Event]) -> list[Absorbed]:
    """What the merges among `events`, ordered by when they happened, have taken in."""
    merges = [event for event in events if event.kind == Kind.MERGE]
    void = undone(events) if merges else set()
    return [
        Absorbed(one["id"], one["anchor"], event.id not in void)
        for event in merges
        if (one := event.data.get("absorbed"))
    ]


def now_part_of(user_id: int, application_id: int) -> int | None:
    """The application that one which is not there any more has become part of, if a merge took it in."""
    merges = Event.select().where((Event.user == user_id) & (Event.kind == Kind.MERGE))
    for merge in merges.order_by(Event.happened_at.desc()):
        one = merge.data.get("absorbed")
        if one and one["id"] == application_id:
            home: int | None = (
                Event.select(Event.application_id)
                .where((Event.id == one["anchor"]) & (Event.user == user_id))
                .scalar()
            )
            return home
    return None
