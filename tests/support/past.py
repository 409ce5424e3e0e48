"""Lets mail have come at given moments, as the sync job stores it, so that the past can be reported on."""

import datetime as dt
import itertools
from typing import Any

from hearback.mail import match
from hearback.models import Event, Kind, Mailbox
from jobs.reading import Reading
from jobs.take_in import store

_numbers = itertools.count(1)


def mail(box: Mailbox, category: str, at: dt.datetime, company: str = "Acme Robotics", **data: Any) -> Event:
    """Let a mail of a category have come in at that moment; return its event."""
    number = next(_numbers)
    known = {
        "identity": f"past-{number}",
        "from_file": False,
        "thread": None,
        "reference": None,
        "references": [],
        "category": category,
        "confidence": 0.97,
        "evidence": f"Words of mail {number}.",
        "company": company,
        "role": None,
        "requisition": None,
        "organisation": None,
        "dates": [],
        "deadline": None,
        "links": [],
        "interview": None,
        "subject": f"Subject {number}",
        "sender": f"{company} Careers",
        **data,
    }
    keys = frozenset({*match.keys(known), f"mail:{known['identity']}"})
    gmail_id = f"ee{number:014x}"
    store(box, [Reading(gmail_id, at, category, Kind.MAIL, known, keys)])
    return Event.get(Event.tiebreak == gmail_id)


def meeting(start: dt.datetime) -> list[dict[str, str | None]]:
    """The date of an interview of one hour, as a verdict stores it."""
    end = start + dt.timedelta(hours=1)
    return [{"start": start.isoformat(), "end": end.isoformat(), "timezone": None, "text": "then"}]
