"""Says in the timeline what the user said of whole applications: that two are one, or one is two."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from hearback.models import Event, Kind
from hearback.words import plural


def concerns(event: Event, own: AbstractSet[int]) -> bool:
    """Whether a merge or split speaks of any of these events."""
    parts = event.data["parts"] if event.kind in {Kind.MERGE, Kind.SPLIT} else []
    return any(not own.isdisjoint(part) for part in parts)


def words(event: Event, events: Mapping[int, Event], own: AbstractSet[int]) -> str:
    """What the user said, as seen from the application that `own` make up."""
    first, second = event.data["parts"]
    if event.kind == Kind.MERGE:
        one, other = _name(first, events), _name(second, events)
        if one == other:
            return f"You said that two applications at {one} are one."
        return f"You said that {one} and {other} are one application."
    if own.isdisjoint(second):
        return f"You split this off from {_name(second, events)}."
    return f"You split {plural(len(first), 'entry', 'entries')} off as another application."


def elsewhere(event: Event, events: Mapping[int, Event], own: AbstractSet[int]) -> int | None:
    """The application on the other side of a split that stands."""
    if event.kind != Kind.SPLIT:
        return None
    there = [events[i].application_id for part in event.data["parts"] for i in part if i in events]
    here = {events[i].application_id for i in own if i in events}
    return next((i for i in there if i is not None and i not in here), None)


def _name(part: Sequence[int], events: Mapping[int, Event]) -> str:
    known = [events[i].data for i in part if i in events]
    company = _first(known, "company") or _first(known, "organisation") or "an employer"
    role = _first(known, "role")
    return f"{company} ({role})" if role else company


def _first(known: Sequence[Mapping[str, str]], field: str) -> str | None:
    return next((data[field] for data in known if data.get(field)), None)
