"""One mailbox: its messages, labels, threads and history, and the indexes that keep calls fast."""

import hashlib
import re
import secrets
import threading
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from email.message import Message as Mime

from sandbox import mime as mimes
from sandbox.clock import Clock
from sandbox.errors import bad_request, not_found
from sandbox.model import Facts, HistoryRecord, Key, Label, Message, Watch
from sandbox.store import Store

SYSTEM_LABELS = [
    "INBOX",
    "SENT",
    "DRAFT",
    "TRASH",
    "SPAM",
    "UNREAD",
    "STARRED",
    "IMPORTANT",
    "CHAT",
    "CATEGORY_PERSONAL",
    "CATEGORY_SOCIAL",
    "CATEGORY_PROMOTIONS",
    "CATEGORY_UPDATES",
    "CATEGORY_FORUMS",
]
SYSTEM = {name: Label(name, name, system=True) for name in SYSTEM_LABELS}
FIXED_LABELS = frozenset({"SENT", "DRAFT", "CHAT"})
THREAD_LIMIT = 100
_PREFIX = re.compile(r"^\s*((re|fwd?|aw|wg|sv|tr|antw)(\[\d+\])?:|\[[^\]]*\])\s*", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """A subject without reply and list prefixes, for comparing two of them."""
    while (shorter := _PREFIX.sub("", subject)) != subject:
        subject = shorter
    return " ".join(subject.lower().split())


class Account:
    """A person's mailbox. Callers hold `lock` around each use, and flush the store afterwards."""

    def __init__(self, account_id: int, address: str, name: str, store: Store, clock: Clock) -> None:
        self.id = account_id
        self.address = address
        self.name = name
        # Google's `sub` is 21 digits; this one is the same after each restart.
        digest = hashlib.sha256(address.encode()).digest()
        self.sub = str(10**20 + int.from_bytes(digest[:8]) % (9 * 10**19))
        self.lock = threading.RLock()
        self.history_id = secrets.randbelow(900_000) + 100_000
        self.history_floor = self.history_id
        self.records: list[HistoryRecord] = []
        self.record_ids: list[int] = []
        self.messages: dict[str, Message] = {}
        self.order: list[Key] = []
        self.by_label: dict[str, list[Key]] = {}
        self.threads: dict[str, list[str]] = {}
        self.by_rfc822: dict[str, list[str]] = {}
        self.labels = dict(SYSTEM)
        self.watch: Watch | None = None
        self.unannounced: list[int] = []
        self._store = store
        self._clock = clock

    def save(self) -> None:
        """Write the mailbox's own row."""
        numbers = (self.history_id, self.history_floor)
        own = list(self.labels.values())
        self._store.save_account(self.id, self.address, self.name, numbers, self.watch, own)

    # History.

    def next_history_id(self) -> int:
        """Move the mailbox on; the gaps are what changes outside a client's view leave behind."""
        self.history_id += 1 + secrets.randbelow(40)
        return self.history_id

    def expire_history(self) -> int:
        """Make every history id handed out so far too old; returns the oldest that now works."""
        self.history_floor = self.next_history_id()
        self.save()
        return self.history_floor

    def visible_history(self, lag: float) -> tuple[int, int]:
        """How many records a history call shows when it lags by `lag` seconds, and the newest id then."""
        horizon = self._clock.ms() - round(lag * 1000)
        count = len(self.records)
        while lag and count and self.records[count - 1].at > horizon:
            count -= 1
        if count == len(self.records):
            return count, self.history_id
        return count, self.records[count - 1].id if count else self.history_floor

    def _record(self, kind: str, message: Message, changed: Iterable[str] = ()) -> None:
        message.history_id = self.next_history_id()
        self.remember(
            HistoryRecord(
                id=message.history_id,
                at=self._clock.ms(),
                kind=kind,
                message_id=message.id,
                thread_id=message.thread_id,
                labels=list(message.labels),
                changed=list(changed),
            )
        )
        self._store.save_history(self.id, self.records[-1])
        if self._watched({*message.labels, *changed}):
            self.unannounced.append(self.history_id)

    def remember(self, record: HistoryRecord) -> None:
        """Take a record into memory; also used when the store is loaded."""
        self.records.append(record)
        self.record_ids.append(record.id)

    def _watched(self, labels: set[str]) -> bool:
        watch = self.watch
        if watch is None or watch.expires <= self._clock.ms():
            return False
        return not watch.labels or watch.exclude != bool(labels.intersection(watch.labels))

    # Messages.

    def add(
        self,
        raw: bytes,
        mime: Mime,
        labels: Iterable[str],
        internal_date: int | None = None,
        thread_id: str | None = None,
    ) -> Message:
        """Put a mail into the mailbox. `internal_date` in ms, now by default; returns what was made."""
        facts, text = mimes.facts(mime, len(raw))
        arrived = self._clock.ms()
        date = arrived if internal_date is None else internal_date
        message_id = self._new_id(date)
        thread = thread_id or self.thread_for(facts) or message_id
        known = [self.label_id(label) for label in dict.fromkeys(labels)]
        message = Message(message_id, thread, date, arrived, known, 0, facts)
        self.index(message)
        self._record("messagesAdded", message)
        self._store.save_message(self.id, message)
        self._store.save_content(self.id, message.id, raw, text)
        return message

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

    def get(self, message_id: str) -> Message:
        """The message with this id, or Google's 404."""
        message = self.messages.get(message_id)
        if message is None:
            raise not_found()
        return message

    def raw(self, message_id: str) -> bytes:
        """A message's bytes."""
        return self._store.raw(self.id, message_id)

    def texts(self, message_ids: list[str]) -> dict[str, str]:
        """The search texts of some messages."""
        return self._store.texts(self.id, message_ids)

    def modify(self, message_id: str, add: Iterable[str], remove: Iterable[str]) -> Message:
        """Change a message's labels; what changes nothing leaves no history."""
        message = self.get(message_id)
        unwanted = set(remove)
        for label in unwanted.union(add):
            if label not in self.labels:
                raise bad_request(f"Invalid label: {label}")
        gone = [label for label in message.labels if label in unwanted]
        new = [x for x in dict.fromkeys(add) if x not in message.labels and x not in unwanted]
        message.labels = [x for x in message.labels if x not in unwanted] + new
        for label in gone:
            _discard(self.by_label[label], message.key)
        for label in new:
            insort(self.by_label.setdefault(label, []), message.key)
        if new:
            self._record("labelsAdded", message, new)
        if gone:
            self._record("labelsRemoved", message, gone)
        if new or gone:
            self._store.save_message(self.id, message)
        return message

    def delete(self, message_id: str) -> None:
        """Remove a message for good."""
        message = self.get(message_id)
        self._record("messagesDeleted", message)
        del self.messages[message_id]
        _discard(self.order, message.key)
        for label in message.labels:
            _discard(self.by_label[label], message.key)
        self.threads[message.thread_id].remove(message_id)
        if not self.threads[message.thread_id]:
            del self.threads[message.thread_id]
        if message.facts.rfc822_id:
            self.by_rfc822[message.facts.rfc822_id].remove(message_id)
        self._store.delete_message(self.id, message_id)

    def _new_id(self, date: int) -> str:
        """16 hex digits that begin with the time, as Gmail's do, and that this mailbox does not use."""
        while True:
            number = (max(date, 1) << 20 | secrets.randbits(20)) & (1 << 64) - 1
            if (message_id := f"{number:016x}") not in self.messages:
                return message_id

    # Threads and labels.

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

    def label_id(self, name: str) -> str:
        """The id of a label by id or name; a name that is new becomes a label."""
        if name in self.labels:
            return name
        for label in self.labels.values():
            if name.lower() == label.name.lower():
                return label.id
        return self.create_label(name).id

    def create_label(self, name: str) -> Label:
        """Make a user's label."""
        number = 1 + sum(not label.system for label in self.labels.values())
        label = Label(f"Label_{number}", name)
        self.labels[label.id] = label
        self.save()
        return label


def between(keys: list[Key], after: int | None, before: int | None) -> list[Key]:
    """The part of sorted `keys` from `after` (inclusive) to `before` (exclusive), both in ms."""
    start = 0 if after is None else bisect_left(keys, Key(after, ""))
    end = len(keys) if before is None else bisect_left(keys, Key(before, ""))
    return keys[start:end]


def older_than(keys: list[Key], last: Key | None) -> list[Key]:
    """The part of sorted `keys` that a page after `last` has to look at."""
    return keys if last is None else keys[: bisect_left(keys, last)]


def newer_records(account: Account, start: int) -> int:
    """The index of the first history record after the id `start`."""
    return bisect_right(account.record_ids, start)


def _discard(keys: list[Key], key: Key) -> None:
    index = bisect_left(keys, key)
    if index < len(keys) and keys[index] == key:
        del keys[index]
