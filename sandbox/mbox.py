"""Real mailbox files: read, put in order of time, with the broken mails named instead of dropped silently."""

import mailbox
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.utils import parsedate_to_datetime
from pathlib import Path

from sandbox import mime as mimes
from sandbox.mime import crlf

# What Google Takeout calls the system labels in X-Gmail-Labels; anything else is the user's own.
TAKEOUT_LABELS = {"drafts": "DRAFT", "important": "IMPORTANT", "trash": "TRASH", "spam": "SPAM"}
TAKEOUT_STATES = {"archived", "opened"}


@dataclass
class Loaded:
    """A mail out of a file: its bytes, when it came, and its labels."""

    raw: bytes
    received: datetime
    labels: list[str]


@dataclass
class Mbox:
    """What a file holds: the mails, oldest first, and what could not be read and why."""

    mails: list[Loaded] = field(default_factory=list)
    failures: list[dict[str, str | int]] = field(default_factory=list)


def read(path: Path) -> Mbox:
    """Read an mbox file. A file that is no mbox gives one failure that says so."""
    found = Mbox()
    box = mailbox.mbox(path, create=False)
    try:
        for index, key in enumerate(box.keys()):
            raw = box.get_bytes(key)
            reason = broken(raw)
            if reason:
                found.failures.append({"index": index, "error": reason})
                continue
            separator = box.get_message(key).get_from()
            found.mails.append(Loaded(raw, received(raw, separator), labels(raw)))
    finally:
        box.close()
    if not found.mails and not found.failures:
        found.failures.append({"index": 0, "error": "no line begins with 'From ', so this is no mbox"})
    found.mails.sort(key=lambda mail: mail.received)
    return found


def broken(raw: bytes) -> str:
    """Why these bytes are no mail, or nothing."""
    if not raw.strip():
        return "the mail is empty"
    try:
        head = mimes.parse(raw)
    except mimes.NestingError as error:
        return str(error)
    if not any(head.get(name) for name in ("From", "Subject", "Date", "Message-ID", "To")):
        return "there is no From, To, Subject, Date or Message-ID header"
    return ""


def received(raw: bytes, separator: str = "") -> datetime:
    """When a mail came: its Date header, else its topmost Received, else the mbox separator, else now."""
    head = mimes.parse_head(crlf(raw))
    hop = mimes.header(head, "Received").rpartition(";")[2]
    stamp = separator.partition(" ")[2]
    for text in (mimes.header(head, "Date"), hop, stamp):
        try:
            found = parsedate_to_datetime(text.strip())
        except (ValueError, HeaderParseError, IndexError, TypeError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime.now(UTC)


def labels(raw: bytes) -> list[str]:
    """The labels that Takeout noted, else the inbox."""
    noted = mimes.header(mimes.parse_head(crlf(raw)), "X-Gmail-Labels")
    found: list[str] = []
    for name in (part.strip().strip('"') for part in noted.split(",") if part.strip()):
        if name.lower() in TAKEOUT_STATES:
            continue
        if name.lower().startswith("category "):
            found.append("CATEGORY_" + name.split(" ", 1)[1].upper())
        else:
            found.append(TAKEOUT_LABELS.get(name.lower(), name))
    return found if noted else ["INBOX"]


def milliseconds(moment: datetime) -> int:
    """A moment as Gmail's internalDate, which knows nothing before 1970."""
    return max(0, int(moment.timestamp() * 1000))
