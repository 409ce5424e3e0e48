"""Makes mailboxes and mails as the sync job stores them, so that pages have something to show."""

import datetime as dt
import itertools
from typing import Any

from hearback.mail import match
from hearback.models import Event, Kind, Mailbox, User, now
from jobs.reading import Reading
from jobs.take_in import store

_numbers = itertools.count(1)


def mailbox(user: User, address: str | None = None, **values: Any) -> Mailbox:
    """A connected mailbox whose first reading is over."""
    values = {"history_id": 1, "backfilled_at": now(), "last_sync_at": now(), **values}
    return Mailbox.create(user=user, address=address or user.email, **values)


def mail(
    box: Mailbox,
    category: str,
    ago: dt.timedelta = dt.timedelta(hours=2),
    confidence: float = 0.97,
    **data: Any,
) -> Event:
    """Let a mail of a category come in; return its event."""
    number = next(_numbers)
    at = now() - ago
    known = {
        "identity": f"mail-{number}",
        "from_file": False,
        "thread": None,
        "reference": None,
        "references": [],
        "category": category,
        "confidence": confidence,
        "evidence": f"Words of mail {number}.",
        "company": "Acme Robotics",
        "role": "Backend Engineer",
        "requisition": None,
        "organisation": None,
        "dates": [],
        "deadline": None,
        "links": [],
        "interview": None,
        "subject": f"Subject {number}",
        "sender": "Acme Careers",
        **data,
    }
    keys = frozenset({*match.keys(known), f"mail:{known['identity']}"})
    gmail_id = f"{number:016x}"
    store(box, [Reading(gmail_id, at, category, Kind.MAIL, known, keys)])
    return Event.get(Event.tiebreak == gmail_id)


def span(start: dt.datetime, hours: int = 1) -> dict[str, str | None]:
    """A date as a verdict stores it."""
    return {
        "start": start.isoformat(),
        "end": (start + dt.timedelta(hours=hours)).isoformat(),
        "timezone": None,
        "text": "then",
    }
