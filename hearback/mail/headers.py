"""The headers of a message: addresses, dates and ids, however they are written."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from hearback.mail.charsets import header_text

LONGEST_HEADER = 4_000
ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:@\"]{1,128}@[^\s<>()\[\]\\,;:@\"]{1,253}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")


def decoded(message: Message) -> dict[str, str]:
    """Headers by lower-case name, decoded; of several with one name, the first."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        key = name.lower()
        if key not in found:
            found[key] = header_text(str(value)[:LONGEST_HEADER])
    return found


def sender(value: str) -> tuple[str, str]:
    """Display name and lower-case address of a From header; empty where it has none."""
    found = ADDRESS.findall(value)
    address = found[-1].lower().strip("'.") if found else ""
    name = value.split("<", 1)[0] if "<" in value else ADDRESS.sub(" ", value)
    if not name.strip(" \"'"):
        comment = re.search(r"\(([^()]{1,200})\)", value)
        name = comment[1] if comment else ""
    name = name.replace('\\"', '"').strip().strip("\"'()").strip()
    return ("" if name.lower() == address else name), address


def recipients(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Lower-case addresses that the message was sent to, each once."""
    joined = ", ".join(headers.get(name, "") for name in ("to", "cc", "delivered-to"))
    return tuple(dict.fromkeys(address.lower() for address in ADDRESS.findall(joined)))


def ids(value: str | None) -> tuple[str, ...]:
    """The message ids in a header, in order."""
    return tuple(_MESSAGE_ID.findall(value or ""))


def date(value: str | None) -> datetime | None:
    """A Date header (RFC 5322 or ISO 8601) as an aware datetime; None if there is none to read."""
    if not value:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return moment
    return None
