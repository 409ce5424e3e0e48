"""From one mail's bytes to what may be kept of it: a pure step between Gmail and the database."""

import datetime as dt
import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearback.config import settings
from hearback.logs import event
from hearback.mail import encoder, match, own, rules, senders
from hearback.mail.classify import classify
from hearback.mail.likeness import likeness
from hearback.mail.parse import ParsedMail, UnreadableMail, parse
from hearback.mail.verdict import KEEPS_CONTENT, Category, Verdict
from hearback.models import Kind

log = logging.getLogger(__name__)

# What reading may raise on input that nobody thought of.
SURPRISES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
# Gmail keeps these beside the mailbox: not sent yet, not wanted, not mail.
NOT_READ = frozenset({"DRAFT", "SPAM", "CHAT"})
SUBJECT_LENGTH = 300


@dataclass(frozen=True)
class Reading:
    """What is kept of one mail. `data` is None when nothing but id, date and category is."""

    gmail_id: str
    received_at: dt.datetime
    category: str
    kind: Kind = Kind.MAIL
    data: dict[str, Any] | None = None
    keys: frozenset[str] = frozenset()
    quarantined: str | None = None


@dataclass(frozen=True)
class Arrived:
    """One mail as it came, from Gmail or from a file (then `gmail_id` is made from its content)."""

    gmail_id: str
    thread: str | None
    received_at: dt.datetime
    raw: bytes
    sent: bool
    from_file: bool = False


# Gives a verdict that may be better than the one it is handed, and what is to be kept beside it.
SecondLook = Callable[[ParsedMail, Verdict, dt.datetime], tuple[Verdict, dict[str, Any]]]


def load() -> None:
    """Load all that reading needs: in the parent of the workers, so that they share it."""
    rules.rules()
    encoder.load()


def read(mail: Arrived, look: SecondLook | None = None) -> Reading:
    """Understand one mail. A mail that cannot be read is set aside with the reason, never raised.

    A fault of our own on one mail is set aside with it too: it must not stop the mailbox, and the mail can
    be read again once the fault is mended.
    """
    try:
        return _understood(mail, look)
    except UnreadableMail as fault:
        reason = str(fault)
    except SURPRISES as fault:
        # Neither the fault's text nor its values are told: they may be the mail's words.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        reason = f"{type(fault).__name__} at {Path(place.filename).name}:{place.lineno}"
        log.error(event("mail.surprise", fault=reason))
    return Reading(mail.gmail_id, mail.received_at, Category.other, quarantined=reason)


def _understood(mail: Arrived, look: SecondLook | None) -> Reading:
    parsed = parse(mail.raw)
    if own.signed_by_us(parsed.headers, settings().secret_key.encode()):
        return Reading(mail.gmail_id, mail.received_at, Category.other)
    verdict = classify(parsed, mail.received_at)
    if mail.sent:
        return _sent(mail, parsed, verdict)
    beside: dict[str, Any] = {}
    if look is not None:
        verdict, beside = look(parsed, verdict, mail.received_at)
    if verdict.category not in KEEPS_CONTENT:
        return Reading(mail.gmail_id, mail.received_at, verdict.category)
    organisation = senders.organisation(parsed)
    data = {
        **_ties(mail, parsed),
        **verdict.to_json(),
        **beside,
        "organisation": organisation,
        "likeness": likeness(parsed, verdict, [organisation], settings().secret_key.encode()),
        "subject": parsed.subject[:SUBJECT_LENGTH],
        "sender": (parsed.sender_name or parsed.sender_address)[:SUBJECT_LENGTH],
    }
    return _kept(mail, verdict.category, Kind.MAIL, data)


def _sent(mail: Arrived, parsed: ParsedMail, verdict: Verdict) -> Reading:
    """The user's own mail says what a later answer is about; it is no verdict.

    Only ids are kept, so that an answer can be tied to it, and the names of company and role
    where the mail has the marks of an application: mail to friends leaves no word behind.
    """
    data: dict[str, Any] = _ties(mail, parsed)
    if verdict.category in KEEPS_CONTENT or verdict.role:
        # A name that only the user's own address gives is not the employer's.
        own_name = senders.organisation(parsed)
        company = None if verdict.company == own_name else verdict.company
        data.update(company=company, role=verdict.role)
    return _kept(mail, Category.other, Kind.SENT, data)


def _ties(mail: Arrived, parsed: ParsedMail) -> dict[str, Any]:
    """What ties one mail to another. Message-IDs are hashed: they can hold addresses."""
    references = dict.fromkeys(filter(None, (*parsed.references[-20:], parsed.in_reply_to)))
    return {
        "identity": content_id(parsed),
        "from_file": mail.from_file,
        "thread": mail.thread,
        "reference": _hash(parsed.message_id) if parsed.message_id else None,
        "references": [_hash(reference) for reference in references],
    }


def content_id(parsed: ParsedMail) -> str:
    """What makes a mail the same mail, whether a file or Gmail brought it."""
    return _hash(f"{parsed.message_id or ''}\n{parsed.content_hash}")


def _kept(mail: Arrived, category: str, kind: Kind, data: dict[str, Any]) -> Reading:
    return Reading(
        gmail_id=mail.gmail_id,
        received_at=mail.received_at,
        category=category,
        kind=kind,
        data=_whole(data),
        keys=frozenset({*match.keys(data), f"mail:{data['identity']}"}),
    )


def _whole(value: Any) -> Any:
    """The same without halves of characters, which some charsets let through and no database keeps."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _whole(part) for name, part in value.items()}
    return [_whole(part) for part in value] if isinstance(value, list | tuple) else value


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
