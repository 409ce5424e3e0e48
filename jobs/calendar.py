"""Writes interviews into Google Calendar: what is agreed and to come is there, and nothing else of ours is.

The rows say what should be there, the entries what we wrote; a job makes them alike. Every call may be
repeated, since entries have ids of our own.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import JOIN, Expression

from hearback.chunks import chunks
from hearback.config import settings
from hearback.gmail.calendar import GoogleCalendar
from hearback.gmail.errors import BadRequest, Disconnected, Gone, Refused, Unauthorized
from hearback.models import (
    Application,
    CalendarEntry,
    CalendarLink,
    Mailbox,
    MailboxState,
    Meeting,
    now,
)
from jobs.feed import description, summary
from jobs.gmail_access import access_token, close
from jobs.patience import patiently

# Longer than a call may take; then another worker may take up the entry.
CLAIM = dt.timedelta(minutes=1)
# So many accounts are looked at in one query.
CHUNK = 200
REFUSED = "Google did not let us write into this calendar ({reason}). Allow it once more to go on."


def unwritten(at: dt.datetime) -> list[int]:
    """Mailboxes whose calendar is not as it should be, for the sweep to ring."""
    allowed = CalendarLink.on & CalendarLink.error.is_null() & (Mailbox.state == MailboxState.CONNECTED)
    linked = Mailbox.select(Mailbox.id, Mailbox.user).join(CalendarLink).where(allowed)
    found = _stale(at)
    # From the few who want this to their interviews, whatever a planner makes of it.
    for some in chunks(list(linked.tuples()), CHUNK):
        found |= _behind([box_id for box_id, _ in some], [user_id for _, user_id in some], at)
    return sorted(found)


def _behind(box_ids: Sequence[int], user_ids: Sequence[int], at: dt.datetime) -> set[int]:
    """Those of these mailboxes where an interview is missing, or stands as it was before."""
    same = (CalendarEntry.mailbox == Mailbox.id) & (CalendarEntry.uid == Meeting.uid)
    query = (
        Meeting.select(Mailbox.id)
        .join(Mailbox, on=(Mailbox.user == Meeting.user))
        .join(CalendarEntry, JOIN.LEFT_OUTER, on=same)
        .where(_standing(at) & Meeting.user.in_(user_ids) & Mailbox.id.in_(box_ids))
        .where(CalendarEntry.written.is_null() | (CalendarEntry.written != Meeting.sequence))
    )
    return {row[0] for row in query.distinct().tuples()}


def write_calendar(mailbox_id: int) -> None:
    """Make one account's calendar what it should be. Raises Transient, for the queue to try again."""
    box = Mailbox.get_or_none((Mailbox.id == mailbox_id) & (Mailbox.state == MailboxState.CONNECTED))
    link = CalendarLink.get_or_none(CalendarLink.mailbox == mailbox_id)
    if box is None or link is None:
        return
    wanted = _wanted(box.user_id, now()) if link.on else {}
    for uid in wanted:
        CalendarEntry.insert(mailbox=box.id, uid=uid).on_conflict_ignore().execute()
    with patiently("calendar", mailbox=mailbox_id):
        _make_alike(box, link, wanted)


def _make_alike(box: Mailbox, link: CalendarLink, wanted: Mapping[str, Meeting]) -> None:
    """Write what is wanted, take out the rest, and record where Google does not let us. Raises GmailError."""
    try:
        calendar = GoogleCalendar(settings().calendar_api_url, access_token(box))
        for entry in list(CalendarEntry.select().where(CalendarEntry.mailbox == box.id)):
            _write(calendar, entry, wanted.get(entry.uid))
    except Unauthorized:
        Mailbox.update(access_token=None).where(Mailbox.id == box.id).execute()
        raise
    except Disconnected as fault:
        close(box, MailboxState.DISCONNECTED, str(fault))
        raise
    except (BadRequest, Refused, Gone) as fault:
        # It concerns the calendar alone: mail may still be read.
        reason = REFUSED.format(reason=fault)
        CalendarLink.update(on=False, error=reason).where(CalendarLink.id == link.id).execute()
        raise


def _standing(at: dt.datetime) -> Expression:
    return (Meeting.state == "confirmed") & (Meeting.end > at)


def _wanted(user_id: int, at: dt.datetime) -> dict[str, Meeting]:
    query = Meeting.select(Meeting, Application).join(Application).where(Meeting.user == user_id)
    return {meeting.uid: meeting for meeting in query.where(_standing(at))}


def _stale(at: dt.datetime) -> set[int]:
    """Mailboxes with an entry whose interview is off, or gone, or not wanted there any more."""
    off = ~CalendarLink.on
    unwanted = off & _standing(at)
    query = (
        CalendarEntry.select(CalendarEntry.mailbox)
        .join(Mailbox)
        .join(CalendarLink)
        .switch(CalendarEntry)
        .join(Meeting, JOIN.LEFT_OUTER, on=(Meeting.uid == CalendarEntry.uid))
        .where((Mailbox.state == MailboxState.CONNECTED) & CalendarLink.error.is_null())
        .where(Meeting.id.is_null() | Meeting.state.in_(["cancelled", "moved", "proposed"]) | unwanted)
    )
    return {row[0] for row in query.distinct().tuples()}


def _write(calendar: GoogleCalendar, entry: CalendarEntry, meeting: Meeting | None) -> None:
    """Bring one entry up to date, if nobody else is doing so; what was held stays where it is."""
    if meeting is not None and entry.written == meeting.sequence:
        return
    at = now()
    if meeting is None and _over(entry, at):
        CalendarEntry.delete().where(CalendarEntry.id == entry.id).execute()
        return
    mine = (CalendarEntry.id == entry.id) & (CalendarEntry.written == entry.written)
    free = CalendarEntry.claimed_until.is_null() | (CalendarEntry.claimed_until <= at)
    if not CalendarEntry.update(claimed_until=at + CLAIM).where(mine & free).execute():
        return
    finished = False
    try:
        if meeting is None:
            calendar.remove(entry.uid)
            CalendarEntry.delete().where(mine).execute()
        else:
            calendar.write(entry.uid, _body(meeting))
            done = {"written": meeting.sequence, "claimed_until": None}
            CalendarEntry.update(done).where(mine).execute()
        finished = True
    finally:
        if not finished:
            CalendarEntry.update(claimed_until=None).where(mine).execute()


def _over(entry: CalendarEntry, at: dt.datetime) -> bool:
    """Whether the interview was held, so that its entry is a memory."""
    held = Meeting.state.in_(["held", "confirmed"]) & (Meeting.end <= at)
    return bool(Meeting.select().where((Meeting.uid == entry.uid) & held).exists())


def _body(meeting: Meeting) -> dict[str, Any]:
    return {
        "summary": summary(meeting),
        "description": description(meeting),
        "location": meeting.place or meeting.link or "",
        "start": _moment(meeting.start, meeting.whole_day),
        "end": _moment(meeting.end, meeting.whole_day),
    }


def _moment(at: dt.datetime, whole_day: bool) -> dict[str, str | None]:
    """A day or an hour. Google adds what an update says to what stands, so that the other is taken out."""
    if whole_day:
        return {"date": f"{at:%Y-%m-%d}", "dateTime": None, "timeZone": None}
    return {"date": None, "dateTime": at.isoformat(), "timeZone": "UTC"}
