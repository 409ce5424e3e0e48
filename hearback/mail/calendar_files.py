"""Calendar invitations attached to a mail: the surest word about when an interview is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from hearback.mail.decide import Decision
from hearback.mail.evidence import Finding
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.sentences import sentence
from hearback.mail.verdict import INTERVIEWING, Category, When
from hearback.mail.zones import UNKNOWN, Zone, zone_at

MOST_EVENTS = 10
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
_AGAIN = re.compile(r"updat|resched|new time|moved to|\bchang", re.I)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an invitation; `cancelled` when it takes an earlier one back."""

    summary: str
    when: When
    cancelled: bool
    location: str
    organiser: str


def read(texts: Sequence[str], local: tzinfo = UTC) -> tuple[Event, ...]:
    """The events of ICS texts in order of time, one for each moment; what is broken is left out.

    `local` is the offset of the mail's own date: that of times for which the file names no zone.
    """
    events: dict[tuple[datetime, bool], Event] = {}
    for text in texts[:MOST_EVENTS]:
        try:
            calendar = Calendar.from_ical(_closed(text.strip()))
        except _BROKEN:
            # The library raises whatever a broken line leads it to; the mail's words remain.
            continue
        for part in calendar.walk("VEVENT")[:MOST_EVENTS]:
            try:
                event = _event(part, calendar, local)
            except _BROKEN:
                continue
            if event:
                events[(event.when.start, event.cancelled)] = event
    return tuple(sorted(events.values(), key=lambda event: event.when.start))


def _closed(text: str) -> str:
    """The text with its last lines put back where it was cut off."""
    if "END:VCALENDAR" in text:
        return text
    return text + ("\r\nEND:VEVENT" if "END:VEVENT" not in text else "") + "\r\nEND:VCALENDAR"


def _event(part: Component, calendar: Component, local: tzinfo) -> Event | None:
    start = part.get("DTSTART")
    if start is None:
        return None
    zone = _zone(start, calendar, local)
    if zone is None:
        return None
    begin = _aware(start.dt, zone.info)
    summary = str(_first(part.get("SUMMARY")))
    when = When(begin, _end(part, begin, zone.info), zone.name or None, " ".join(summary.split())[:200])
    method = str(calendar.get("METHOD", "")).upper()
    cancelled = method == "CANCEL" or str(part.get("STATUS", "")).upper() == "CANCELLED"
    organiser = getattr(_first(part.get("ORGANIZER")), "params", {}).get("CN")
    return Event(summary, when, cancelled, str(_first(part.get("LOCATION"))), str(_first(organiser)))


def _first(value: Any) -> Any:
    """The first of values where a file gives several, "" where it gives none."""
    value = next(iter(value), None) if isinstance(value, list) else value
    return "" if value is None else value


def _end(part: Component, begin: datetime, zone: tzinfo) -> datetime | None:
    """The end that the event gives; a whole day without one ends with the day."""
    try:
        if part.get("DTEND") is not None:
            finish = _aware(part.get("DTEND").dt, zone)
        elif part.get("DURATION") is not None:
            finish = begin + part.get("DURATION").dt
        elif not isinstance(part.get("DTSTART").dt, datetime):
            finish = begin + timedelta(days=1)
        else:
            return None
    except _BROKEN:
        return None
    return finish if finish > begin else None


def _aware(moment: date | datetime, zone: tzinfo) -> datetime:
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(moment, time.min, tzinfo=zone)


def _zone(start: Any, calendar: Component, local: tzinfo) -> Zone | None:
    """The zone of a start; its name is empty where the file names none, None if it is unknown."""
    moment = start.dt
    if not isinstance(moment, datetime):
        return Zone("", local)
    if moment.tzinfo is not None:
        return Zone(_name(moment, str(start.params.get("TZID"))), moment.tzinfo)
    words = start.params.get("TZID") or calendar.get("X-WR-TIMEZONE")
    if not words:
        return Zone("", local)
    # Some programs put a path before the name, others write what their list of zones shows.
    named = zone_at(sentence("/".join(str(words).split("/")[-2:])), 0, None)[0]
    return named if named is not UNKNOWN else None


def _name(moment: datetime, words: str) -> str:
    """The IANA name of a moment's zone, else its offset: a file may bring rules of its own."""
    if moment.tzinfo == UTC:
        return "UTC"
    key: str | None = getattr(moment.tzinfo, "key", None)
    known = WINDOWS_TO_OLSON.get(words)
    if key is None and known and moment.replace(tzinfo=ZoneInfo(known)).utcoffset() == moment.utcoffset():
        return known
    return key or moment.isoformat()[-6:]


def weighed(decision: Decision, events: tuple[Event, ...], mail: ParsedMail) -> Decision:
    """The decision with an attached invitation taken into account."""
    if not events or decision.category in {Category.rejection, Category.offer}:
        return decision
    about = f"{events[0].summary}\n{mail.subject}\n{mail.fresh[:2000]}"
    known = patterns("invitations")
    if known["no_talk"].search(about) or not known["talk"].search(about):
        return decision
    # A first letter too may say "if you need to reschedule": the rules know that from news of a change.
    again = decision.category is Category.interview_change or _AGAIN.search(
        f"{events[0].summary}\n{mail.subject}"
    )
    changed = again or any(event.cancelled for event in events)
    category = Category.interview_change if changed else Category.interview_invitation
    finding = decision.finding if decision.category in INTERVIEWING else None
    head = sentence(mail.subject, subject=True)
    if finding is None and head.text:
        finding = Finding(category, 4.0, head, 0, len(head.text), None)
    confidence = max(0.9, decision.confidence) if decision.category in INTERVIEWING else 0.86
    return Decision(category, 0.7 if mail.forwarded else confidence, finding)
