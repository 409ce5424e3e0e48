"""The wrapped envelope of a Pub/Sub push, and the Gmail announcement inside it and inside a pull."""

import base64
import binascii
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

# Both databases hold a history id in 63 bits; Gmail's are far below.
MAX_HISTORY_ID = 2**63 - 1
MAX_ADDRESS = 320


class UndecodablePush(ValueError):
    """The body is no announcement of Gmail's; the message says what is wrong, without its content."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Gmail says: the mailbox of `address` (lower case) has reached `history_id`.

    `published` is when Pub/Sub took it in, where the envelope says so in a form that can be read.
    """

    address: str
    history_id: int
    published: dt.datetime | None = None


def decode(body: bytes) -> Announcement:
    """Read {"message": {"data": base64 of {"emailAddress", "historyId"}}}; raise UndecodablePush.

    Both base64 alphabets come, with or without padding, and historyId as number or string.
    """
    envelope = _object(body, "body")
    message = envelope.get("message")
    if not isinstance(message, dict):
        raise UndecodablePush("no message")
    data = message.get("data")
    if not isinstance(data, str):
        raise UndecodablePush("no data")
    # Pub/Sub writes either name, and some receivers' test tools only the second.
    published = message.get("publishTime") or message.get("publish_time")
    return decode_data(_decoded(data), _moment(published))


def decode_data(data: bytes, published: dt.datetime | None = None) -> Announcement:
    """Read {"emailAddress", "historyId"}, a message's own data as a pull gives it; raise UndecodablePush."""
    inner = _object(data, "data")
    address, history_id = inner.get("emailAddress"), inner.get("historyId")
    return Announcement(_address(address), _history_id(history_id), published)


def _object(text: bytes, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UndecodablePush(f"{name} is not JSON") from fault
    if not isinstance(value, dict):
        raise UndecodablePush(f"{name} is no object")
    return value


def _decoded(data: str) -> bytes:
    plain = data.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise UndecodablePush("data is not base64") from fault


def _moment(value: Any) -> dt.datetime | None:
    # The time is for measuring alone: one that cannot be read is no reason to refuse a push.
    if not isinstance(value, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment


def _address(value: Any) -> str:
    if not isinstance(value, str) or "@" not in value or len(value) > MAX_ADDRESS:
        raise UndecodablePush("emailAddress is no address")
    if any(ord(c) < 32 for c in value):
        raise UndecodablePush("emailAddress has control characters")
    return value.strip().lower()


def _history_id(value: Any) -> int:
    # `bool` is an `int` in Python; 19 digits are the most that can be in range.
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 19:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UndecodablePush("historyId is no whole number")
    if not 0 < value <= MAX_HISTORY_ID:
        raise UndecodablePush("historyId is out of range")
    return value
