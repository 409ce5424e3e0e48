"""The operator's two lists that can be long: mailboxes that are not well, and mails that are set aside."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hearback.models import SET_ASIDE, Mailbox, MailboxState, Message
from webapp.facts import PATIENCE, behind, unread, unwatched

# So many rows are shown at once.
LENGTH = 20

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Part(Generic[Entry]):
    """One page of a list, from 1, and how many rows there are in all."""

    rows: Sequence[Entry]
    number: int
    total: int

    @property
    def first(self) -> int:
        """The place of the first row shown."""
        return (self.number - 1) * LENGTH + 1

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class Sick:
    """A mailbox that is not well; `behind` counts history ids from the cursor to what a push announced."""

    address: str
    state: str
    wrong: list[str]
    watch_until: dt.datetime | None
    notified_at: dt.datetime | None
    synced_at: dt.datetime | None
    behind: int


@dataclass(frozen=True)
class Aside:
    """A mail that is set aside: never its subject or sender."""

    id: int
    address: str
    gmail_id: str
    received_at: dt.datetime
    reason: str | None


def sick(at: dt.datetime, number: int) -> Part[Sick]:
    """Mailboxes that Google or we have trouble with, those that read nothing first."""
    troubled = (
        Mailbox.last_error.is_null(False)
        | Mailbox.watch_error.is_null(False)
        | unwatched(at)
        | (behind() & unread() & (Mailbox.notified_at < at - PATIENCE))
    )
    lost = Mailbox.state.in_([MailboxState.DISCONNECTED, MailboxState.REFUSED])
    found = Mailbox.select().where(lost | ((Mailbox.state == MailboxState.CONNECTED) & troubled))
    rows = found.order_by(Mailbox.state.desc(), Mailbox.id).paginate(number, LENGTH)
    return Part([_sick(box, at) for box in rows], number, found.count())


def quarantine(total: int, number: int) -> Part[Aside]:
    """Mails that could not be read, the latest first."""
    rows = (
        Message.select(Message.id, Mailbox.address, Message.gmail_id, Message.received_at, Message.reason)
        .join(Mailbox)
        .where(SET_ASIDE)
        .order_by(Message.id.desc())
        .paginate(number, LENGTH)
        .tuples()
    )
    return Part([Aside(*row) for row in rows], number, total)


def _sick(box: Mailbox, at: dt.datetime) -> Sick:
    return Sick(
        box.address,
        box.state,
        list(_wrong(box, at)),
        box.watch_expires_at,
        box.notified_at,
        box.last_sync_at,
        max(0, box.notified_history_id - (box.history_id or 0)) if box.history_id else 0,
    )


def _wrong(box: Mailbox, at: dt.datetime) -> list[str]:
    """What is wrong with a mailbox, in sentences."""
    if box.state == MailboxState.DISCONNECTED:
        return [_sentence(f"Its owner must reconnect it: {box.last_error or 'the permission is gone'}")]
    if box.state == MailboxState.REFUSED:
        return [_sentence(f"Google refuses: {box.last_error or 'it gave no reason'}")]
    wrong = []
    if box.watch_error:
        wrong.append(_sentence(f"Gmail does not watch it: {box.watch_error}"))
    elif box.watch_expires_at is None:
        wrong.append("Gmail does not watch it yet.")
    elif box.watch_expires_at < at:
        wrong.append("The watch has run out.")
    if box.last_error:
        wrong.append(_sentence(f"The last look failed: {box.last_error}"))
    return wrong or ["A push came, and nobody has read it since."]


def _sentence(text: str) -> str:
    """What Google says ends as it likes."""
    return text if text.endswith((".", "!", "?")) else text + "."
