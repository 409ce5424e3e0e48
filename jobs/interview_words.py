"""Says an interview as a letter: what is new, when it is for the reader, where and with whom."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from hearback.models import Application, Meeting
from hearback.notify.letter import Letter, Link, Section
from hearback.words import MONTHS, WEEKDAYS


def short(meeting: Meeting, zone: ZoneInfo) -> str:
    """When it begins, for a subject: "Thu 26 Nov, 14:00"."""
    at = _local(meeting, meeting.start, zone)
    day = f"{WEEKDAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1][:3]}"
    return day if meeting.whole_day else f"{day}, {at:%H:%M}"


def full(meeting: Meeting, zone: ZoneInfo) -> str:
    """When it is, for a sentence: "Thursday 26 November, 14:00 to 15:00 (Europe/Berlin)"."""
    start, end = (_local(meeting, at, zone) for at in (meeting.start, meeting.end))
    day = f"{WEEKDAYS[start.weekday()]} {start.day} {MONTHS[start.month - 1]}"
    if meeting.whole_day:
        return day
    until = (
        f"{end:%H:%M}" if end.date() == start.date() else f"{end.day} {MONTHS[end.month - 1]}, {end:%H:%M}"
    )
    return f"{day}, {start:%H:%M} to {until} ({zone.key.replace('_', ' ')})"


def letter(subject: str, application: Application, meetings: Sequence[Meeting], zone: ZoneInfo) -> Letter:
    """A letter about interviews of one application; several are times to choose from."""
    what = " at ".join(filter(None, (application.role, application.company))) or "Your application"
    times = [full(meeting, zone) for meeting in meetings]
    if len(times) == 1:
        intro, sections = f"{what}. {times[0]}.", [_section("", meetings[0])]
    else:
        intro = f"{what}. Choose one of {len(times)} times."
        sections = [Section("Times offered", items=tuple(times)), _section("", meetings[0])]
    link = Link("Open the application", f"/applications/{application.id}")
    return Letter(subject, intro, tuple(part for part in sections if part.items), link)


def employer(application: Application) -> str:
    """The employer's name in a sentence."""
    return str(application.company or "an employer")


def _section(title: str, meeting: Meeting) -> Section:
    told = (("With", meeting.interviewer), ("Where", meeting.place), ("Link", meeting.link))
    return Section(title, items=tuple(f"{word}: {value}" for word, value in told if value))


def _local(meeting: Meeting, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return at if meeting.whole_day else at.astimezone(zone)
