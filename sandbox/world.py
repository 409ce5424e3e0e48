"""The whole state of the sandbox in one place, handed to every part that answers requests."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.grants import Grants
from sandbox.keys import Keys
from sandbox.model import Message
from sandbox.oauth.codes import Codes
from sandbox.openings.standing import Openings
from sandbox.pubsub import PushOptions
from sandbox.push import Pusher
from sandbox.settings import Settings
from sandbox.store import Store

DEFAULT_LABELS = ("UNREAD", "INBOX")


@dataclass
class Lags:
    """How far Gmail's views stay behind a delivery, in seconds."""

    search: float = 0.0
    history: float = 0.0


class UnknownAccountError(LookupError):
    """There is no mailbox of this address."""


class World:
    """Accounts by address and by id, and the services around them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.data)
        self.clock = Clock()
        self.keys = Keys(self.store)
        self.faults = Faults()
        self.calls = Calls()
        self.lags = Lags()
        self.certs_max_age = 21_600
        # The one topic that exists; an operator may give it another name.
        self.topic = settings.topic
        self.push_options = self._push_options()
        self.pusher = Pusher(self.push_options, self.keys, self.store, self.faults)
        self._lock = threading.Lock()
        self._by_address: dict[str, Account] = {}
        self._by_id: dict[int, Account] = {}
        self._load()
        self.grants = Grants(self.store, self.clock)
        self.codes = Codes(self.clock)
        self.openings = Openings(self.store, self.clock)

    def _push_options(self) -> PushOptions:
        project, topic = self.settings.topic.split("/")[1::2]
        return PushOptions(
            url=self.settings.push_url,
            audience=self.settings.push_audience,
            service_account=self.settings.push_service_account,
            subscription=f"projects/{project}/subscriptions/{topic}-push",
        )

    def _load(self) -> None:
        for account_id, address, name, newest, oldest, watch, labels in self.store.accounts():
            account = Account(account_id, address, name, self.store, self.clock)
            account.history_id, account.history_floor, account.watch = newest, oldest, watch
            account.labels |= {label.id: label for label in labels}
            self._by_address[address] = self._by_id[account_id] = account
        for account_id, record in self.store.history():
            self._by_id[account_id].remember(record)
        for account_id, message in self.store.messages():
            self._by_id[account_id].index(message)

    # Accounts.

    def create(self, address: str, name: str = "") -> Account:
        """The mailbox of an address, made if there is none. The caller flushes the store."""
        with self._lock:
            existing = self._by_address.get(address)
            if existing is not None:
                return existing
            account_id = len(self._by_id) + 1
            # A name that cannot be printed could not be stored either.
            name = "".join(letter for letter in name if letter.isprintable())
            shown = name or address.split("@")[0].replace(".", " ").title()
            account = Account(account_id, address, shown, self.store, self.clock)
            account.save()
            self._by_address[address] = self._by_id[account_id] = account
            return account

    def find(self, address: str) -> Account | None:
        """The mailbox that mail to `address` reaches: `robin+jobs@` is robin's."""
        address = address.strip().lower()
        user, _, domain = address.rpartition("@")
        return self._by_address.get(address) or self._by_address.get(f"{user.split('+')[0]}@{domain}")

    def account(self, address: str) -> Account:
        """The mailbox of exactly this address, or UnknownAccountError."""
        account = self._by_address.get(address.strip().lower())
        if account is None:
            raise UnknownAccountError(f"address: there is no mailbox {address!r}")
        return account

    def by_id(self, account_id: int) -> Account | None:
        """The mailbox with this number."""
        return self._by_id.get(account_id)

    def accounts(self) -> list[Account]:
        """All mailboxes, in the order in which they were made."""
        return list(self._by_id.values())

    # Mail.

    def deliver(
        self,
        account: Account,
        raw: bytes,
        labels: Iterable[str] = DEFAULT_LABELS,
        internal_date: int | None = None,
        thread_id: str | None = None,
    ) -> Message:
        """Put a raw mail into a mailbox, with the line ends that SMTP has. `commit` must follow."""
        raw = mimes.crlf(raw)
        parsed = mimes.parse(raw)
        with account.lock:
            return account.add(raw, parsed, labels, internal_date, thread_id)

    def commit(self, *accounts: Account) -> None:
        """Make all changes durable, then tell of them: no push tells of what a crash undid."""
        self.store.flush()
        for account in accounts:
            with account.lock:
                history_ids, account.unannounced = account.unannounced, []
            for history_id in history_ids:
                self.pusher.announce(account.address, history_id)
            if history_ids:
                # Pub/Sub keeps what it has taken on, through our own death too.
                self.store.flush()

    def reset(self) -> None:
        """Back to an empty sandbox with the same keys and settings."""
        with self._lock:
            self.faults.clear()
            self.pusher.clear()
            self.grants.clear()
            self.codes.clear()
            self._by_address.clear()
            self._by_id.clear()
            self.store.clear()
            self.clock.reset()
            self.openings.reset()
            self.calls.clear()
            self.lags.search = self.lags.history = 0.0
            self.grants.token_lifetime = 3600
            self.certs_max_age = 21_600
            self.topic = self.settings.topic
            vars(self.push_options).update(vars(self._push_options()))
