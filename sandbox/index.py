"""How a mailbox finds its messages by id, date, label, thread and Message-ID without a search."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable

from sandbox.model import Facts, Key, Message

THREAD_LIMIT = 100
_PREFIX = re.compile(r"^\s*((re|fwd?|aw|wg|sv|tr|antw)(\[\d+\])?:|\[[^\]]*\])\s*", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """A subject without reply and list prefixes, for comparing two of them."""
    while (shorter := _PREFIX.sub("", subject)) != subject:
        subject = shorter
    return " ".join(subject.lower().split())


class MessageIndex:
    """The messages of one mailbox, in each order in which they are asked for."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.order: list[Key] = []
        self.by_label: dict[str, list[Key]] = {}
        self.threads: dict[str, list[str]] = {}
        self.by_rfc822: dict[str, list[str]] = {}

    def index(self, message: Message) -> None:
        """Take a message into all indexes; also used when the store is loaded."""
        self.messages[message.id] = message
        insort(self.order, message.key)
        for label in message.labels:
            insort(self.by_label.setdefault(label, []), message.key)
        members = self.threads.setdefault(message.thread_id, [])
        members.append(message.id)
        members.sort(key=lambda member: self.messages[member].key)
        if message.facts.rfc822_id:
            self.by_rfc822.setdefault(message.facts.rfc822_id, []).append(message.id)

    def relabel(self, message: Message, new: Iterable[str], gone: Iterable[str]) -> None:
        """Move a message between the lists of its labels."""
        for label in gone:
            _discard(self.by_label[label], message.key)
        for label in new:
            insort(self.by_label.setdefault(label, []), message.key)

    def unindex(self, message: Message) -> None:
        """Take a message out of all indexes."""
        del self.messages[message.id]
        _discard(self.order, message.key)
        self.relabel(message, [], message.labels)
        self.threads[message.thread_id].remove(message.id)
        if not self.threads[message.thread_id]:
            del self.threads[message.thread_id]
        if message.facts.rfc822_id:
            self.by_rfc822[message.facts.rfc822_id].remove(message.id)

    def thread_for(self, facts: Facts) -> str | None:
        """The thread a mail belongs to: it refers to one of its mails and has the same bare subject."""
        subject = bare_subject(facts.subject)
        for reference in reversed(facts.references):
            for message_id in self.by_rfc822.get(reference, ()):
                thread_id = self.messages[message_id].thread_id
                if self.fits(thread_id, subject):
                    return thread_id
        return None

    def fits(self, thread_id: str, subject: str) -> bool:
        """Whether a mail with this bare subject may join the thread, which holds at most 100."""
        members = self.threads.get(thread_id, [])
        if not members or len(members) >= THREAD_LIMIT:
            return False
        return bare_subject(self.messages[members[0]].facts.subject) == subject


def between(keys: list[Key], after: int | None, before: int | None) -> list[Key]:
    """The part of sorted `keys` from `after` (inclusive) to `before` (exclusive), both in ms."""
    start = 0 if after is None else bisect_left(keys, Key(after, ""))
    end = len(keys) if before is None else bisect_left(keys, Key(before, ""))
    return keys[start:end]


def older_than(keys: list[Key], last: Key | None) -> list[Key]:
    """The part of sorted `keys` that a page after `last` has to look at."""
    return keys if last is None else keys[: bisect_left(keys, last)]


def _discard(keys: list[Key], key: Key) -> None:
    index = bisect_left(keys, key)
    if index < len(keys) and keys[index] == key:
        del keys[index]
