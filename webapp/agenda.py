"""Sorts interviews into an agenda and into the days of a month, in the reader's own zone."""

import datetime as dt
from calendar import Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hearback.models import Application, Meeting
from hearback.words import MONTHS
from webapp.times import Clock

# So much of the past is shown; the application's own page has all of it.
MOST_PAST = 30
STANDS = frozenset({"confirmed", "held"})
WORDS = {
    "proposed": "Offered; not agreed yet",
    "confirmed": "Agreed",
    "moved": "Off; another time is not known yet",
    "cancelled": "Cancelled",
    "held": "Agreed, and over",
}


@dataclass
class Part:
    """One stretch of the agenda."""

    title: str
    meetings: list[Meeting] = field(default_factory=list)


@dataclass
class Day:
    """One day of a month's sheet; `inside` is false for the days around it."""

    date: dt.date
    inside: bool
    today: bool
    meetings: list[Meeting] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days from Monday on, and the months beside it as "2026-11"."""

    title: str
    weeks: list[list[Day]]
    before: str
    after: str
    count: int


def meetings_of(user_id: int) -> list[Meeting]:
    """All interviews of a user with their applications, in order of time; one query."""
    query = Meeting.select(Meeting, Application).join(Application).where(Meeting.user == user_id)
    return list(query.order_by(Meeting.start, Meeting.id))


def day_of(meeting: Meeting, clock: Clock) -> dt.date:
    """The day on which an interview begins for the reader."""
    return meeting.start.date() if meeting.whole_day else clock.local(meeting.start).date()


def agenda(meetings: Iterable[Meeting], clock: Clock) -> list[Part]:
    """Today, the rest of the week, later, and what is past, newest first; empty parts are left out."""
    today = clock.local(clock.now).date()
    sunday = today + dt.timedelta(days=6 - today.weekday())
    now, week, later, past = (Part(title) for title in ("Today", "This week", "Later", "Past"))
    for meeting in meetings:
        day = day_of(meeting, clock)
        if day < today:
            past.meetings.insert(0, meeting)
        elif day == today:
            now.meetings.append(meeting)
        else:
            (week if day <= sunday else later).meetings.append(meeting)
    del past.meetings[MOST_PAST:]
    return [part for part in (now, week, later, past) if part.meetings]


def ahead(meetings: Sequence[Meeting], clock: Clock) -> Meeting | None:
    """The next interview that stands."""
    return next((one for one in meetings if one.state == "confirmed" and one.end > clock.now), None)


def month(meetings: Iterable[Meeting], first: dt.date, clock: Clock) -> Month:
    """The month that begins on `first`."""
    today = clock.local(clock.now).date()
    weeks = [
        [Day(day, day.month == first.month, day == today) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {day.date: day for week in weeks for day in week}
    for meeting in meetings:
        if (day := days.get(day_of(meeting, clock))) is not None:
            day.meetings.append(meeting)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    return Month(
        title=f"{MONTHS[first.month - 1]} {first.year}",
        weeks=weeks,
        before=f"{first - dt.timedelta(days=1):%Y-%m}",
        after=f"{after:%Y-%m}",
        count=sum(one.state in STANDS for day in days.values() if day.inside for one in day.meetings),
    )


def first_of(text: str, clock: Clock) -> dt.date:
    """The first day of a month given as "2026-11"; of this month where the text is none."""
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        found = clock.local(clock.now).date().replace(day=1)
    # The sheets beside it must be months that a date can hold.
    return found if 1970 <= found.year <= 9000 else clock.local(clock.now).date().replace(day=1)
