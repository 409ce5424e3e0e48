"""The plain records that the sandbox keeps; what may be done with them stands in account.py and grants.py."""

from dataclasses import dataclass, field
from typing import NamedTuple

_SYSTEM_LABELS = (
    "INBOX SENT DRAFT TRASH SPAM UNREAD STARRED IMPORTANT CHAT CATEGORY_PERSONAL CATEGORY_SOCIAL "
    "CATEGORY_PROMOTIONS CATEGORY_UPDATES CATEGORY_FORUMS"
)
# Nobody may put these on a message or take them off.
FIXED_LABELS = frozenset({"SENT", "DRAFT", "CHAT"})


class Key(NamedTuple):
    """Where a message stands in a mailbox: by Gmail's date, then by id."""

    internal_date: int
    id: str


@dataclass(slots=True)
class Facts:
    """What a message's text says of itself, taken once at delivery so that searches need no parsing."""

    sender: str = ""
    to: str = ""
    cc: str = ""
    bcc: str = ""
    delivered_to: str = ""
    subject: str = ""
    list_id: str = ""
    rfc822_id: str = ""
    references: list[str] = field(default_factory=list)
    filenames: list[str] = field(default_factory=list)
    snippet: str = ""
    size: int = 0


@dataclass(slots=True)
class Message:
    """One mail in one mailbox. Dates are milliseconds since the epoch; `arrived` is when it came here."""

    id: str
    thread_id: str
    internal_date: int
    arrived: int
    labels: list[str]
    history_id: int
    facts: Facts

    @property
    def key(self) -> Key:
        """Its place in the mailbox's order."""
        return Key(self.internal_date, self.id)


@dataclass(slots=True)
class HistoryRecord:
    """One change; `kind` is Gmail's name of the field that tells it, such as messagesAdded."""

    id: int
    at: int
    kind: str
    message_id: str
    thread_id: str
    labels: list[str]
    changed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Label:
    """A label; `system` ones exist in each mailbox."""

    id: str
    name: str
    system: bool = False


SYSTEM_LABELS = {name: Label(name, name, system=True) for name in _SYSTEM_LABELS.split(" ")}


@dataclass(slots=True)
class Watch:
    """A mailbox's wish to be told of changes. `expires` is in milliseconds since the epoch."""

    expires: int
    labels: list[str]
    exclude: bool
    topic: str = ""


@dataclass(slots=True)
class Grant:
    """What one account allowed the client: all tokens hang on it and die with it."""

    account_id: int
    client_id: str
    scopes: set[str]
    refresh_tokens: list[str] = field(default_factory=list)


@dataclass(slots=True)
class AccessToken:
    """A bearer token; `expires` in seconds since the epoch."""

    token: str
    account_id: int
    client_id: str
    scopes: frozenset[str]
    expires: float
