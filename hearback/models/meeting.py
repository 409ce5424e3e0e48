"""The interviews of all applications as rows, so that pages, reminders and calendars can refer to them."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from peewee import BigIntegerField, CharField, DeferredForeignKey, ForeignKeyField, TextField

from hearback.models.base import Row, UtcField
from hearback.models.event import Event
from hearback.models.interview import DAY, Interview, began
from hearback.models.user import User

# What can change without a reader of the calendar noticing.
_INNER = frozenset({"key", "event_id", "user_id", "application_id"})


class Meeting(Row):
    """One interview, as the fold says. `event` was the last to speak of it.

    `sequence` rises with each change that shows. A whole day begins at midnight UTC of that day, whatever
    the zone.
    """

    user = ForeignKeyField(User, on_delete="CASCADE")
    application = DeferredForeignKey("Application", on_delete="CASCADE")
    key = CharField(max_length=40)
    # What calendars know it by; ids can be given away again, this is not.
    uid = CharField(max_length=32, unique=True, default=partial(secrets.token_hex, 16))
    state = CharField(max_length=12)
    start = UtcField()
    end = UtcField()
    # The zone that was named, for information: times are told in the reader's own.
    zone = CharField(max_length=64, null=True)
    link = TextField(null=True)
    interviewer = CharField(max_length=255, null=True)
    place = CharField(max_length=255, null=True)
    moved_from = UtcField(null=True)
    event = ForeignKeyField(Event, null=True, on_delete="SET NULL")
    sequence = BigIntegerField(default=0)
    changed_at = UtcField()

    application_id: int
    event_id: int | None
    user_id: int

    class Meta:
        table_name = "interviews"
        indexes = (
            (("application", "key"), True),
            (("user", "start"), False),
            (("state", "start"), False),
        )

    @property
    def whole_day(self) -> bool:
        """Whether only the day is known, and no hour."""
        return bool(self.start.time() == dt.time(0) and self.end - self.start == DAY)


def write_meetings(user_id: int, folded: Mapping[int, Sequence[Interview]], now: dt.datetime) -> None:
    """Make the rows of these applications what the fold says; a row that stays keeps its id.

    Late mail can show that an interview had an earlier time, and so another key; its row is then known by
    the time that both have.
    """
    stored: dict[int, list[Meeting]] = {application_id: [] for application_id in folded}
    for row in Meeting.select().where(Meeting.application.in_(list(folded))).order_by(Meeting.id):
        stored[row.application_id].append(row)
    for application_id, interviews in folded.items():
        rows = _rows_for(interviews, stored[application_id])
        left = [row.id for row in stored[application_id] if row not in rows.values()]
        if left:
            Meeting.delete().where(Meeting.id.in_(left)).execute()
        # Rows exchange keys at times, and no two of an application may have one at the same moment.
        for key, row in rows.items():
            if row.key != key:
                Meeting.update(key=f"was {row.id}").where(Meeting.id == row.id).execute()
        for one in interviews:
            _write(
                rows.get(one.key), {"user_id": user_id, "application_id": application_id, **_values(one)}, now
            )


def _rows_for(interviews: Sequence[Interview], stored: Sequence[Meeting]) -> dict[str, Meeting]:
    """The row of each interview that has one, by the interview's key."""
    known = {row.key: row for row in stored}
    rows = {one.key: known.pop(one.key) for one in interviews if one.key in known}
    for row in known.values():
        for one in interviews:
            if one.key not in rows and began(one) == row.start:
                rows[one.key] = row
                break
    return rows


def _values(one: Interview) -> dict[str, Any]:
    start = began(one)
    return {
        "key": one.key[:40],
        "state": one.state.value,
        "start": start,
        "end": start + (one.end - one.start),
        "zone": (one.zone or "")[:64] or None,
        "link": (one.link or "")[:2000] or None,
        "interviewer": (one.interviewer or "")[:255] or None,
        "place": (one.place or "")[:255] or None,
        "moved_from": one.moved_from,
        "event_id": one.told,
    }


def _write(row: Meeting | None, values: dict[str, Any], now: dt.datetime) -> None:
    """Store what changed; an interview that nothing changed keeps its sequence."""
    if row is None:
        Meeting.create(**values, changed_at=now)
        return
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        if changed.keys() - _INNER:
            changed |= {"sequence": row.sequence + 1, "changed_at": now}
        Meeting.update(changed).where(Meeting.id == row.id).execute()
