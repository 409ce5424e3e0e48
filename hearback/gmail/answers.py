"""Gmail's answers as the jobs need them: typed, and without what nobody asks for."""

import base64
import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose mailbox it is, and its newest history id."""

    address: str
    history_id: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of what came in since a history id.

    `reached` is the last history id on this page (None when it is empty), `newest` the mailbox's
    newest id, which lies beyond the pages to come.
    """

    message_ids: tuple[str, ...]
    reached: int | None
    newest: int
    next_page: str | None


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message as Gmail holds it. `received_at` is internalDate: Gmail's word, not the sender's."""

    gmail_id: str
    thread_id: str
    received_at: dt.datetime
    labels: frozenset[str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch that stands until `expires_at`."""

    history_id: int
    expires_at: dt.datetime


def history_page(answer: dict[str, Any]) -> HistoryPage:
    """Read an answer of history.list."""
    records = answer.get("history", [])
    ids = (gmail_id for record in records for gmail_id in _came_in(record))
    return HistoryPage(
        message_ids=tuple(dict.fromkeys(ids)),
        reached=max((int(record["id"]) for record in records), default=None),
        newest=int(answer["historyId"]),
        next_page=answer.get("nextPageToken"),
    )


def _came_in(record: dict[str, Any]) -> Iterator[str]:
    """Ids of the messages that a history record brings into view."""
    for added in record.get("messagesAdded", ()):
        yield added["message"]["id"]
    for changed in record.get("labelsRemoved", ()):
        if "SPAM" in changed.get("labelIds", ()):
            yield changed["message"]["id"]


def raw_mail(answer: dict[str, Any]) -> RawMail:
    """Read an answer of messages.get in the raw format; bytes that cannot be decoded are none."""
    text = str(answer.get("raw", ""))
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    return RawMail(
        gmail_id=answer["id"],
        thread_id=answer["threadId"],
        received_at=moment(answer["internalDate"]),
        labels=frozenset(answer.get("labelIds", ())),
        raw=raw,
    )


def moment(milliseconds: str) -> dt.datetime:
    """Gmail's milliseconds since 1970 as a moment."""
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC)
