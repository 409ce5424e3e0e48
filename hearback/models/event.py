"""Everything that can change an application, and what of it counts once acts are taken in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, JSONField

from hearback.models.base import Row, UtcField, now
from hearback.models.group import MailGroup
from hearback.models.message import Message
from hearback.models.occasion import NOTHING, Occasion, Span, occasion, spans
from hearback.models.user import User


class Kind(StrEnum):
    """What happened: a mail came or went, or the user did something."""

    MAIL = "mail"
    SENT = "sent"
    CREATED = "created"
    CHOICE = "choice"
    CORRECTION = "correction"
    UNDO = "undo"
    MERGE = "merge"
    SPLIT = "split"
    INTERVIEW = "interview"


# Acts that stand in the order of the fold; corrections and undos only speak of other events.
_PLACED = frozenset({Kind.CHOICE, Kind.CREATED, Kind.MERGE, Kind.SPLIT, Kind.INTERVIEW})


class Standing(StrEnum):
    """Whether an event counts, and if not, why. The page says so in words."""

    COUNTS = "counts"
    UNSURE = "unsure"
    DOUBTFUL = "doubtful"
    VOID = "void"


class Event(Row):
    """One thing that happened. `application`, `effect` and `standing` are computed by the fold."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    group = ForeignKeyField(MailGroup, on_delete="CASCADE")
    kind = CharField(max_length=16)
    # The order of the fold: when it happened, and an id for what happened in one millisecond.
    happened_at = UtcField()
    tiebreak = CharField(max_length=80)
    message = ForeignKeyField(Message, null=True, unique=True, on_delete="CASCADE")
    data = JSONField()
    # No foreign key: the application's row refers to its events, and two tables cannot both do so.
    application_id = BigIntegerField(null=True)
    effect = CharField(max_length=24, null=True)
    standing = CharField(max_length=16, default=Standing.COUNTS)
    created_at = UtcField(default=now)

    message_id: int | None
    group_id: int
    user_id: int

    class Meta:
        table_name = "events"
        indexes = (
            (("group", "happened_at", "tiebreak"), False),
            (("application_id", "happened_at"), False),
            (("user", "kind", "tiebreak"), False),
        )


# What a fact takes from a mail's event as it stands there.
_AS_SAID = (
    *("category", "company", "organisation", "role", "requisition", "thread", "reference", "interview"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as the matching and the fold see it, with corrections and undos taken in."""

    id: int
    at: dt.datetime
    tiebreak: str
    kind: Kind
    standing: Standing
    category: str | None = None
    status: str | None = None
    company: str | None = None
    organisation: str | None = None
    role: str | None = None
    requisition: str | None = None
    thread: str | None = None
    reference: str | None = None
    references: tuple[str, ...] = ()
    targets: tuple[int, ...] = ()
    # Mails by application: of a merge those of each of the two, of a split those that go and those that stay.
    parts: tuple[tuple[int, ...], ...] = ()
    interview: str | None = None
    dates: tuple[Span, ...] = ()
    occasion: Occasion = NOTHING

    @property
    def counts(self) -> bool:
        """Whether this may change anything."""
        return self.standing is Standing.COUNTS


def facts(events: Sequence[Event], threshold: float) -> list[Fact]:
    """Turn events, ordered by when they happened, into facts of the same order.

    Acts that only speak of other events (corrections, undos) are taken in and leave no fact; of a
    mail that is here twice, one copy does. The result depends on the set of events alone.
    """
    originals = originals_of(events)
    void = {originals.get(target, target) for target in undone(events)}
    corrections: dict[int, dict[str, Any]] = {}
    for event in events:
        if event.kind == Kind.CORRECTION and event.id not in void:
            target = event.data["target"]
            corrections[originals.get(target, target)] = event.data
    found = []
    for event in events:
        if event.kind in {Kind.MAIL, Kind.SENT}:
            if originals[event.id] == event.id:
                correction = corrections.get(event.id)
                found.append(_mail_fact(event, correction, void, threshold, originals))
        elif event.kind in _PLACED and event.id not in void:
            found.append(_act_fact(event, originals))
    return found


def undone(events: Sequence[Event]) -> set[int]:
    """Ids of events that an undo takes back; an undo can itself be undone, so newest first."""
    void: set[int] = set()
    for event in reversed(events):
        if event.kind == Kind.UNDO and event.id not in void:
            void.add(event.data["target"])
    return void


def originals_of(events: Sequence[Event]) -> dict[int, int]:
    """For each mail's event the one that stands for it, where a mail is here more than once.

    A mail can come by an imported file and by Gmail. Gmail's own record is preferred to a file's,
    whatever came in first; acts on either copy are acts on the one that stands.
    """
    best: dict[str, tuple[bool, dt.datetime, str, int]] = {}
    mails = [event for event in events if event.kind in {Kind.MAIL, Kind.SENT}]
    for event in mails:
        rank = (event.data["from_file"], event.happened_at, event.tiebreak, event.id)
        identity = event.data["identity"]
        best[identity] = min(best.get(identity, rank), rank)
    return {event.id: best[event.data["identity"]][-1] for event in mails}


def _mail_fact(
    event: Event,
    correction: dict[str, Any] | None,
    void: set[int],
    threshold: float,
    originals: dict[int, int],
) -> Fact:
    data = {**event.data, **{k: v for k, v in (correction or {}).items() if v is not None}}
    sure = correction is not None or event.kind == Kind.SENT or data["confidence"] >= threshold
    said: dict[str, Any] = {name: data.get(name) for name in _AS_SAID}
    return Fact(
        id=event.id,
        at=event.happened_at,
        tiebreak=event.tiebreak,
        kind=Kind(event.kind),
        standing=Standing.VOID if event.id in void else Standing.COUNTS if sure else Standing.UNSURE,
        references=tuple(data.get("references") or ()),
        targets=(originals.get(data["pin"], data["pin"]),) if data.get("pin") else (),
        dates=spans(data),
        occasion=occasion(data),
        **said,
    )


def _act_fact(event: Event, originals: dict[int, int]) -> Fact:
    return Fact(
        id=event.id,
        at=event.happened_at,
        tiebreak=event.tiebreak,
        kind=Kind(event.kind),
        standing=Standing.COUNTS,
        status=event.data.get("status"),
        company=event.data.get("company"),
        role=event.data.get("role"),
        targets=tuple(originals.get(t, t) for t in event.data.get("targets") or ()),
        parts=tuple(tuple(originals.get(i, i) for i in part) for part in event.data.get("parts") or ()),
        dates=spans(event.data),
        occasion=occasion(event.data),
    )
