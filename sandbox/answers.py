"""Ready-made answers of an employer, so that one click on the page sends a mail worth reading."""

import base64
import html
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template

KINDS = {
    "received": "We received your application",
    "interview": "Invitation to an interview",
    "assessment": "Online assessment",
    "rejection": "Rejection",
    "offer": "Offer",
    "newsletter": "Newsletter (not about a job)",
}
ZONE = ZoneInfo("America/New_York")
MINUTES = 45


@dataclass(frozen=True)
class Occasion:
    """Who answers whom about what. `start` is the interview, or nothing for one in two working days."""

    company: str
    role: str
    name: str
    start: datetime | None = None


def fields(kind: str, occasion: Occasion, now: datetime) -> dict[str, Any]:
    """The fields of compose for one of KINDS."""
    plain = unicodedata.normalize("NFKD", occasion.company).lower()
    domain = (re.sub(r"[^a-z0-9]+", "", plain)[:40] or "company") + ".example"
    start = occasion.start or _next_working_day(now.astimezone(ZONE), 2).replace(
        hour=14, minute=0, second=0, microsecond=0
    )
    deadline = _next_working_day(now.astimezone(ZONE), 5)
    text = render_template(
        f"answers/{kind}.txt",
        company=_line(occasion.company),
        role=_line(occasion.role),
        first_name=_line(occasion.name).split(" ")[0],
        domain=domain,
        start_text=f"{start:%A, %B} {start.day}, {start:%H:%M %Z}",
        deadline_text=f"{deadline:%A, %B} {deadline.day}",
        minutes=MINUTES,
        room=secrets.token_hex(4),
    )
    head, _, body = text.partition("\n\n")
    found: dict[str, Any] = dict(line.split(": ", 1) for line in head.splitlines())
    found |= {"text": body.strip() + "\n", "html": _html(body.strip())}
    if kind == "interview":
        found["attachments"] = [_invitation(occasion, found["from"], start, now)]
    if kind == "newsletter":
        link = f"<https://www.{domain}/unsubscribe>"
        found["headers"] = {"List-Unsubscribe": link, "Precedence": "bulk"}
        found["labels"] = ["UNREAD", "CATEGORY_PROMOTIONS", "INBOX"]
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def _next_working_day(moment: datetime, days: int) -> datetime:
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() < 5
    return moment


def _html(text: str) -> str:
    paragraphs = [html.escape(part).replace("\n", "<br>\n") for part in text.split("\n\n")]
    body = "\n".join(f"<p>{part}</p>" for part in paragraphs)
    linked = re.sub(r"(https://[\w./-]*\w)", r'<a href="\1">\1</a>', body)
    return f"<!doctype html>\n<html><body>\n{linked}\n</body></html>\n"


def _invitation(occasion: Occasion, organizer: str, start: datetime, now: datetime) -> dict[str, str]:
    """An iCalendar request for the interview."""
    summary = re.sub(r"([\\,;])", r"\\\1", _line(f"Interview: {occasion.role}, {occasion.company}"))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sandbox//Employer//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{secrets.token_hex(12)}@{organizer.partition('@')[2]}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{start.astimezone(UTC) + timedelta(minutes=MINUTES):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{summary}",
        f"ORGANIZER:mailto:{organizer}",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    data = base64.b64encode("".join(f"{line}\r\n" for line in lines).encode()).decode("ascii")
    return {"filename": "invite.ics", "content_type": "text/calendar", "data": data}
