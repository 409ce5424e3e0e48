"""One mailbox: its messages, labels, threads and history, and the indexes that keep calls fast."""

import hashlib
import secrets
import threading
from bisect import bisect_right
from collections.abc import Iterable
from email.message import Message as Mime

from sandbox import mime as mimes
from sandbox.clock import Clock
from sandbox.errors import bad_request, not_found
from sandbox.index import MessageIndex
from sandbox.model import SYSTEM_LABELS, HistoryRecord, Label, Message, Watch
from sandbox.store import Store


class Account(MessageIndex):
    """A person's mailbox. Callers hold `lock` around each use, and flush the store afterwards."""

    def __init__(self, account_id: int, address: str, name: str, store: Store, clock: Clock) -> None:
        super().__init__()
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
        self.labels = dict(SYSTEM_LABELS)
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

    def first_after(self, history_id: int) -> int:
        """The index of the first history record after an id."""
        return bisect_right(self.record_ids, history_id)

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
        self.relabel(message, new, gone)
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
        self.unindex(message)
        self._store.delete_message(self.id, message_id)

    def _new_id(self, date: int) -> str:
        """16 hex digits that begin with the time, as Gmail's do, and that this mailbox does not use."""
        while True:
            number = (max(date, 1) << 20 | secrets.randbits(20)) & (1 << 64) - 1
            if (message_id := f"{number:016x}") not in self.messages:
                return message_id

    # Labels.

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
