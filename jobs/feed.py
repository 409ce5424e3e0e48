"""A user's interviews as a calendar file, for programs that look at a secret address again and again.

https://www.rfc-editor.org/rfc/rfc5545 and, for the name and how often to look, RFC 7986.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from icalendar import Calendar, Event

from hearback.config import settings
from hearback.models import Application, CalendarFeed, Meeting

# Programs drop what a feed does not hold any more, and a past interview is worth keeping for a while.
PAST = dt.timedelta(days=180)
EVERY = dt.timedelta(hours=1)
PRODUCT = "-//Hearback//Interviews//EN"
# Times that were offered and are not agreed yet are shown as such; what is off stays, struck out.
STATUSES = {
    "proposed": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "moved": "CANCELLED",
    "cancelled": "CANCELLED",
}


@dataclass(frozen=True)
class Content:
    """The file, its hash as a tag, and since when it is as it is."""

    body: bytes
    tag: str
    changed_at: dt.datetime


def content(feed: CalendarFeed, at: dt.datetime) -> Content:
    """The feed's file as it is at `at`; the row remembers when it last changed."""
    body = calendar(feed.user_id, at)
    tag = hashlib.sha256(body).hexdigest()
    fresh = tag != feed.content_hash
    values: dict[str, object] = {"read_at": at}
    if fresh:
        values |= {"content_hash": tag, "changed_at": at}
    CalendarFeed.update(values).where(CalendarFeed.id == feed.id).execute()
    return Content(body, tag, at if fresh else feed.changed_at)


def calendar(user_id: int, at: dt.datetime) -> bytes:
    """A user's interviews from half a year ago on. Times are UTC, so that no program needs our zones."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Interviews")
    found.add("name", "Interviews")
    found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", EVERY)
    query = Meeting.select(Meeting, Application).join(Application)
    mine = (Meeting.user == user_id) & (Meeting.end > at - PAST)
    for meeting in query.where(mine).order_by(Meeting.start, Meeting.id):
        found.add_component(_event(meeting))
    return bytes(found.to_ical())


def summary(meeting: Meeting) -> str:
    """What an interview is called in a calendar."""
    name = meeting.application.company or "Employer not named"
    offered = "Offered: interview" if meeting.state == "proposed" else "Interview"
    return ", ".join(filter(None, (f"{offered} with {name}", meeting.application.role)))


def description(meeting: Meeting) -> str:
    """What else there is to know, and the way to the application's page."""
    told = (("With", meeting.interviewer), ("Where", meeting.place), ("Join", meeting.link))
    lines = [f"{word}: {value}" for word, value in told if value]
    return "\n".join([*lines, page(meeting)])


def page(meeting: Meeting) -> str:
    """The address of the application's page."""
    return f"{settings().base_url}/applications/{meeting.application_id}"


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@hearback")
    # Both are when it last changed, not now: the same interviews give the same file.
    event.add("dtstamp", meeting.changed_at.replace(microsecond=0))
    event.add("last-modified", meeting.changed_at.replace(microsecond=0))
    event.add("sequence", meeting.sequence)
    event.add("status", STATUSES[meeting.state])
    event.add("dtstart", meeting.start.date() if meeting.whole_day else meeting.start)
    event.add("dtend", meeting.end.date() if meeting.whole_day else meeting.end)
    event.add("summary", summary(meeting))
    event.add("description", description(meeting))
    if place := meeting.place or meeting.link:
        event.add("location", place)
    event.add("url", page(meeting))
    event.add("transp", "TRANSPARENT" if STATUSES[meeting.state] != "CONFIRMED" else "OPAQUE")
    return event
