"""Taking one mailbox's mail out of the database, as if it had never come; everything else stays.

The caller holds the user's lock within a transaction, so nobody sees half of it.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from hearback.config import settings
from hearback.mail import match
from hearback.models import (
    Application,
    Event,
    HistoryGap,
    Kind,
    Link,
    Mailbox,
    MailGroup,
    Message,
    ModelAnswer,
    Notification,
    Report,
    now,
)
from hearback.models.application import refold

MAILS = frozenset({Kind.MAIL, Kind.SENT})
# What an application can stand on, and what a choice can be about.
FOUNDING = frozenset({Kind.MAIL, Kind.CREATED})


def erase_mail(mailbox: Mailbox) -> None:
    """Delete the mailbox's mails, gaps and first reading, and fold again what they were part of.

    Applications that only this mailbox fed disappear; others lose its mails and keep their ids. What
    the user said of an erased mail goes with it, unless another copy of that mail or another mail of
    that application is there to carry it.
    """
    rows = Event.select(Event.id, Event.group).join(Message).where(Message.mailbox == mailbox.id)
    gone: dict[int, set[int]] = {}
    for event_id, group_id in rows.tuples():
        gone.setdefault(group_id, set()).add(event_id)
    for group_id in sorted(gone):
        take_out(mailbox.user_id, group_id, gone[group_id])
    Message.delete().where(Message.mailbox == mailbox.id).execute()
    HistoryGap.delete().where(HistoryGap.mailbox == mailbox.id).execute()
    ModelAnswer.delete().where(ModelAnswer.mailbox == mailbox.id).execute()
    # They name employers, and nobody could tell which mailbox's; their pages count what is left.
    Report.delete().where(Report.user == mailbox.user_id).execute()
    letters = Notification.data.is_null(False) & Notification.application.is_null()
    Notification.delete().where((Notification.user == mailbox.user_id) & letters).execute()
    # Whoever connects it again before the row itself is deleted begins from nothing.
    Mailbox.update(
        history_id=None,
        notified_history_id=0,
        notified_at=None,
        last_sync_at=None,
        missed_at=None,
        backfill_token=None,
        backfill_began_at=None,
        backfill_total=None,
        backfill_done=0,
        backfill_found=0,
        backfill_at=None,
        backfilled_at=None,
    ).where(Mailbox.id == mailbox.id).execute()


def take_out(user_id: int, group_id: int, gone: set[int]) -> None:
    """Take events out of one group, and fold what is left of it."""
    events = list(Event.select().where(Event.group == group_id).order_by(Event.id))
    heirs = _Heirs(events, gone)
    kept = []
    for event in events:
        if event.id in gone:
            continue
        data = heirs.inherited(event)
        if data is None:
            gone.add(event.id)
            continue
        if data != event.data:
            Event.update(data=data).where(Event.id == event.id).execute()
        kept.append(event)
    for row in Application.select().where(Application.group == group_id):
        if row.anchor_id in gone and (anchor := heirs.of(row.anchor_id)) is not None:
            row.stand_on(anchor)
    # An application whose anchor nothing carries on goes with its anchor.
    Event.delete().where(Event.id.in_(gone)).execute()
    if not kept:
        MailGroup.delete().where(MailGroup.id == group_id).execute()
        return
    _forget_keys(user_id, group_id, kept)
    refold(group_id, match.place, settings().confidence_threshold, now())


class _Heirs:
    """Which event carries on what was tied to one that goes: a copy of the same mail, or its neighbour."""

    def __init__(self, events: Sequence[Event], gone: AbstractSet[int]) -> None:
        self._gone = gone
        self._by_id = {event.id: event for event in events}
        self._copies: dict[str, Event] = {}
        self._neighbours: dict[int, Event] = {}
        stay = [event for event in events if event.id not in gone]
        for event in sorted(stay, key=_rank):
            if event.kind in MAILS:
                self._copies.setdefault(event.data["identity"], event)
        for event in sorted(stay, key=lambda e: (e.happened_at, e.tiebreak)):
            if event.kind in FOUNDING and event.application_id is not None:
                self._neighbours.setdefault(event.application_id, event)

    def copy_of(self, event_id: int) -> int | None:
        """The event itself while it stays, else a copy of the same mail that stays."""
        event = self._by_id.get(event_id)
        if event is None or event_id not in self._gone:
            return event_id
        copy = self._copies.get(event.data["identity"]) if event.kind in MAILS else None
        return copy.id if copy else None

    def of(self, event_id: int) -> int | None:
        """The same, else another event on which the same application stands."""
        copy = self.copy_of(event_id)
        if copy is not None:
            return copy
        neighbour = self._neighbours.get(self._by_id[event_id].application_id)
        return neighbour.id if neighbour else None

    def inherited(self, event: Event) -> dict[str, object] | None:
        """The data of an event that stays, with heirs in the place of what goes; None: it goes as well."""
        data: dict[str, object] = dict(event.data)
        if event.kind in {Kind.CORRECTION, Kind.UNDO}:
            data["target"] = self.copy_of(event.data["target"])
            if data["target"] is None:
                return None
        if event.kind == Kind.CORRECTION and event.data.get("pin"):
            data["pin"] = self.of(event.data["pin"])
        if event.kind in {Kind.MERGE, Kind.SPLIT}:
            return self._by_hand(data)
        if event.kind in {Kind.CHOICE, Kind.INTERVIEW}:
            targets = [heir for target in event.data["targets"] if (heir := self.of(target)) is not None]
            data["targets"] = targets
            return data if targets else None
        return data

    def _by_hand(self, data: dict[str, Any]) -> dict[str, object] | None:
        """A merge or split speaks of what stays of its mails, and goes when one side has none left."""
        parts = [[heir for i in part if (heir := self.copy_of(i)) is not None] for part in data["parts"]]
        if not all(parts):
            return None
        found: dict[str, object] = {**data, "parts": parts}
        taken = found.pop("absorbed", None)
        if taken is not None and (anchor := self.of(data["absorbed"]["anchor"])) is not None:
            found["absorbed"] = {**data["absorbed"], "anchor": anchor}
        return found


def _rank(event: Event) -> tuple[object, ...]:
    """As the fold prefers copies of a mail: Gmail's own record before a file's."""
    return (bool(event.data.get("from_file")), event.happened_at, event.tiebreak, event.id)


def _forget_keys(user_id: int, group_id: int, kept: Sequence[Event]) -> None:
    """Drop the keys that only erased mail had: they are hashes and names taken from it."""
    stay: set[str] = set()
    for event in kept:
        if event.kind == Kind.CREATED:
            stay |= match.keys({"company": event.data.get("company")}) | {f"act:{event.tiebreak}"}
        elif event.kind in MAILS:
            stay |= match.keys(event.data) | {f"mail:{event.data['identity']}"}
        elif event.kind == Kind.CORRECTION:
            stay |= match.keys(event.data)
    Link.delete().where(
        (Link.user == user_id) & (Link.group == group_id) & Link.key.not_in(sorted(stay) or [""])
    ).execute()
