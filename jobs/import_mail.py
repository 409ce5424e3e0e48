"""Taking in a mailbox file: the same reading and storing as for mail that Gmail brings."""

import mailbox as mailbox_files
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path

from hearback.chunks import chunks
from hearback.mail.parse import UnreadableMail, parse
from hearback.models import Mailbox, User, now
from hearback.models.mailbox import import_mailbox
from jobs.reading import Arrived, content_id, read
from jobs.second_look import Unhurried, looker
from jobs.take_in import store

# So many messages are stored in one transaction.
BATCH = 50


@dataclass
class Imported:
    """What came of a file: how many were read, and which could not be, by place and reason."""

    read: int = 0
    failed: list[str] = field(default_factory=list)


def import_file(path: Path, user: User) -> Imported:
    """Take in an mbox file for `user`. Broken messages are counted and named, the good ones come in.

    The date of a mail in a file is the sender's word; it is never taken as later than now.
    """
    box = import_mailbox(user)
    result = Imported()
    for batch in chunks(_messages(path, user, result), BATCH):
        _take(box, batch, result)
    return result


def _take(box: Mailbox, batch: list[Arrived], result: Imported) -> None:
    look = looker(box, Unhurried())
    readings = [read(mail, look) for mail in batch]
    store(box, readings)
    result.read += len(readings)


def _messages(path: Path, user: User, result: Imported) -> Iterator[Arrived]:
    file = mailbox_files.mbox(path, create=False)
    try:
        for number, key in enumerate(file.iterkeys(), start=1):
            raw = file.get_bytes(key)
            try:
                yield _arrived(raw, user)
            except UnreadableMail as fault:
                result.failed.append(f"message {number}: {fault}")
    finally:
        file.close()


def _arrived(raw: bytes, user: User) -> Arrived:
    parsed = parse(raw)
    if parsed.date is None:
        raise UnreadableMail("it has no date that can be read")
    return Arrived(
        gmail_id=f"file-{content_id(parsed)}",
        thread=None,
        received_at=min(parsed.date, now()),
        raw=raw,
        sent=parseaddr(parsed.sender_address)[1] == user.email,
        from_file=True,
    )
