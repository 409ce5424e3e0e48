"""Finds the interviews to remind of: the day before, and an hour before. Pure questions to the database."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from peewee import Expression, Tuple

from hearback.models import Application, Meeting, Notification, User
from hearback.notify.letter import Letter
from hearback.zones import zone
from jobs.interview_words import employer, letter, short

KIND = "reminder"
NEAREST, FARTHEST = dt.timedelta(hours=20), dt.timedelta(hours=28)
HOUR = dt.timedelta(hours=1)
PAGE = 500


@dataclass(frozen=True)
class Due:
    """A reminder to make. `key` names the interview and its start, so that a moved one is told of again."""

    user_id: int
    application_id: int
    event_id: int | None
    key: str
    letter: Letter


def day_before(at: dt.datetime) -> Iterator[Due]:
    """Reminders of interviews 20 to 28 hours from `at`, and late ones of nearer interviews.

    A nearer one is told of only if it was known in time, so that after an outage nothing useful is missing
    and who has just heard of an interview is not reminded of it.
    """

    def useful(meeting: Meeting) -> bool:
        return bool(meeting.start >= at + NEAREST or meeting.changed_at <= meeting.start - NEAREST)

    return _due("day", (Meeting.start > at) & (Meeting.start <= at + FARTHEST), useful)


def hour_before(at: dt.datetime) -> Iterator[Due]:
    """Reminders of interviews that begin within an hour of `at`, for who wants them."""
    window = (Meeting.start > at) & (Meeting.start <= at + HOUR)
    wanted = User.select(User.id).where(User.hour_before)
    return _due("hour", window & Meeting.user.in_(wanted), lambda meeting: not meeting.whole_day)


def _due(which: str, window: Expression, useful: Callable[[Meeting], bool]) -> Iterator[Due]:
    """What is due and not told of yet, read in pages of the index on (state, start)."""
    after: Expression | None = None
    while True:
        asked = (Meeting.state == "confirmed") & window
        query = Meeting.select().where(asked if after is None else asked & after)
        page = list(query.order_by(Meeting.start, Meeting.id).limit(PAGE))
        keys = {(one.user_id, _key(which, one)): one for one in page if useful(one)}
        told = _told(list(keys))
        yield from _letters(which, [one for key, one in keys.items() if key not in told])
        if len(page) < PAGE:
            return
        last = page[-1]
        after = Tuple(Meeting.start, Meeting.id) > Tuple(Meeting.start.db_value(last.start), last.id)


def _letters(which: str, meetings: Sequence[Meeting]) -> Iterator[Due]:
    users = {user.id: user for user in User.select().where(User.id.in_([m.user_id for m in meetings]))}
    ids = [meeting.application_id for meeting in meetings]
    applications = {row.id: row for row in Application.select().where(Application.id.in_(ids))}
    for meeting in meetings:
        user, application = users[meeting.user_id], applications[meeting.application_id]
        where = zone(user.timezone)
        name, when = employer(application), short(meeting, where)
        soon = f"In an hour: interview with {name}, {when}"
        subject = soon if which == "hour" else f"Interview with {name}, {when}"
        text = letter(subject, application, [meeting], where)
        yield Due(user.id, application.id, meeting.event_id, _key(which, meeting), text)


def _key(which: str, meeting: Meeting) -> str:
    return f"interview:{which}:{meeting.uid}:{meeting.start:%Y%m%dT%H%M%SZ}"


def _told(wanted: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    users, keys = {user for user, _ in wanted}, [key for _, key in wanted]
    query = Notification.select(Notification.user, Notification.key).where(
        Notification.user.in_(users) & (Notification.kind == KIND) & Notification.key.in_(keys)
    )
    return set(query.tuples())
