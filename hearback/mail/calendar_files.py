"""Calendar invitations attached to a mail: the surest word about when an interview is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Component

from hearback.mail.decide import Decision
from hearback.mail.evidence import Finding
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.sentences import sentence
from hearback.mail.verdict import INTERVIEWING, Category, When

MOST_EVENTS = 10
_AGAIN = re.compile(r"updat|resched|new time|moved to|chang", re.I)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an invitation; `cancelled` when it takes an earlier one back."""

    summary: str
    when: When
    cancelled: bool
    sequence: int


def read(texts: Sequence[str]) -> tuple[Event, ...]:
    """The events of ICS texts in order of time, one for each moment; what is broken is left out."""
    events: dict[tuple[datetime, bool], Event] = {}
    for text in texts[:MOST_EVENTS]:
        try:
            calendar = Calendar.from_ical(text.strip())
            method = str(calendar.get("METHOD", "")).upper()
            found = [_event(part, method) for part in calendar.walk("VEVENT")[:MOST_EVENTS]]
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
            # The library raises whatever a broken line leads it to; the mail's words remain.
            continue
        for event in found:
            if event:
                events[(event.when.start, event.cancelled)] = event
    return tuple(sorted(events.values(), key=lambda event: event.when.start))


def _event(part: Component, method: str) -> Event | None:
    start = part.get("DTSTART")
    if start is None:
        return None
    begin = _aware(start.dt)
    end = part.get("DTEND")
    length = part.get("DURATION")
    finish = _aware(end.dt) if end else begin + length.dt if length else None
    zone = _zone_name(start.dt) or start.params.get("TZID")
    cancelled = method == "CANCEL" or str(part.get("STATUS", "")).upper() == "CANCELLED"
    summary = str(part.get("SUMMARY", ""))
    when = When(begin, finish, str(zone) if zone else None, " ".join(summary.split())[:200])
    return Event(summary, when, cancelled, int(part.get("SEQUENCE", 0)))


def _aware(moment: date | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.combine(moment, time.min, tzinfo=UTC)


def _zone_name(moment: date | datetime) -> str | None:
    """The IANA name of a moment's zone, also where the file says "Eastern Standard Time"."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return getattr(moment.tzinfo, "key", None) or ("UTC" if moment.tzinfo == UTC else None)


def weighed(decision: Decision, events: tuple[Event, ...], mail: ParsedMail) -> Decision:
    """The decision with an attached invitation taken into account."""
    if not events or decision.category in {Category.rejection, Category.offer}:
        return decision
    about = f"{events[0].summary}\n{mail.subject}\n{mail.fresh[:2000]}"
    known = patterns("invitations")
    if known["no_talk"].search(about) or not known["talk"].search(about):
        return decision
    again = _AGAIN.search(about[:400]) is not None
    changed = any(event.cancelled for event in events) or again
    category = Category.interview_change if changed else Category.interview_invitation
    finding = decision.finding if decision.category in INTERVIEWING else None
    head = sentence(mail.subject, subject=True)
    if finding is None and head.text:
        finding = Finding(category, 4.0, head, 0, len(head.text), None)
    confidence = max(0.9, decision.confidence) if decision.category in INTERVIEWING else 0.86
    return Decision(category, 0.7 if mail.forwarded else confidence, finding)
