"""Pub/Sub push: tells the product of each changed mailbox, again and again until it has heard."""

import heapq
import itertools
import json
import logging
import queue
import random
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import urllib3

from sandbox import mime
from sandbox.faults import Fault, Faults
from sandbox.keys import Keys
from sandbox.store import Store

log = logging.getLogger(__name__)

ACKNOWLEDGED = frozenset({102, 200, 201, 202, 204})
LOG_LENGTH = 1000
SENDERS = 32


@dataclass
class PushOptions:
    """What the control API may change about pushes. Times are seconds."""

    url: str
    audience: str
    service_account: str
    subscription: str
    coalesce: bool = True
    on_watch: bool = True
    backoff_min: float = 1.0
    backoff_max: float = 60.0
    deadline: float = 10.0


@dataclass
class Event:
    """One Pub/Sub message: its id stays the same however often it is delivered."""

    message_id: str
    address: str
    history_id: int
    published: float
    attempts: int = 0


@dataclass(order=True)
class _Due:
    at: float
    number: int
    action: Callable[[], None] = field(compare=False)


class Pusher:
    """Publishes at most one event a second a mailbox, later changes being folded into the one that waits."""

    def __init__(self, options: PushOptions, keys: Keys, store: Store, faults: Faults) -> None:
        self.options = options
        self._keys = keys
        self._store = store
        self._faults = faults
        self._condition = threading.Condition()
        self._due: list[_Due] = []
        self._numbers = itertools.count()
        self._waiting: dict[str, Event] = {}
        self._last: dict[str, float] = {}
        self._open: dict[str, Event] = {}
        self._held: list[Event] = []
        self._log: deque[dict[str, Any]] = deque(maxlen=LOG_LENGTH)
        self._token: tuple[tuple[str, str], float, str] | None = None
        self._token_lock = threading.Lock()
        self._http = urllib3.PoolManager(num_pools=4, maxsize=SENDERS, retries=False)
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def start(self) -> None:
        """Take up what was not acknowledged before the last stop, and begin to send."""
        for message_id, address, history_id in self._store.query("SELECT * FROM pushes"):
            event = Event(str(message_id), str(address), int(history_id), time.time())
            self._open[event.message_id] = event
            self._later(0, partial(self._publish, event))
        # Daemons: a push that waits for its answer must not hold up the end of the process.
        threading.Thread(target=self._run, name="push-clock", daemon=True).start()
        for number in range(SENDERS):
            threading.Thread(target=self._send, name=f"push-{number}", daemon=True).start()

    def announce(self, address: str, history_id: int) -> None:
        """A watched mailbox has changed and now stands at `history_id`."""
        if not self.options.url:
            return
        with self._condition:
            waiting = self._waiting.get(address) if self.options.coalesce else None
            if waiting is not None:
                waiting.history_id = max(waiting.history_id, history_id)
                self._remember(waiting)
                return
            event = Event(str(10**16 + secrets.randbelow(9 * 10**16)), address, history_id, 0)
            self._open[event.message_id] = event
            self._remember(event)
            pause = 0.0
            if self.options.coalesce:
                pause = max(0.0, self._last.get(address, 0) + 1 - time.monotonic())
                self._waiting[address] = event
            self._later(pause, partial(self._publish, event))

    def wait_idle(self, timeout: float) -> bool:
        """Wait until nothing is waiting, under way or to be tried again; False if `timeout` passes."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._open, timeout)

    def pending(self) -> int:
        """Events not yet acknowledged."""
        return len(self._open)

    def log(self) -> list[dict[str, Any]]:
        """The last deliveries, oldest first."""
        return list(self._log)

    def clear(self) -> None:
        """Forget all events, their log and the pace of each mailbox."""
        with self._condition:
            for state in (self._due, self._waiting, self._last, self._open, self._held, self._log):
                state.clear()
            self._store.write("DELETE FROM pushes")
            self._condition.notify_all()

    def clear_log(self) -> None:
        """Forget the log alone."""
        self._log.clear()

    # The clock thread.

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        with self._condition:
            at = time.monotonic() + seconds
            heapq.heappush(self._due, _Due(at, next(self._numbers), action))
            self._condition.notify_all()

    def _run(self) -> None:
        while True:
            with self._condition:
                pause = self._due[0].at - time.monotonic() if self._due else None
                if pause is None or pause > 0:
                    self._condition.wait(pause)
                    continue
                action = heapq.heappop(self._due).action
            action()

    def _publish(self, event: Event) -> None:
        with self._condition:
            if event.message_id not in self._open:
                return
            if self._waiting.get(event.address) is event:
                del self._waiting[event.address]
            self._last[event.address] = time.monotonic()
            event.published = event.published or time.time()
        fault = next(iter(self._faults.take("push", event.address)), None)
        if fault is not None and self._disturb(event, fault):
            return
        self._deliver(event)

    def _disturb(self, event: Event, fault: Fault) -> bool:
        """Do to an event what was ordered; True if that replaces its delivery."""
        if fault.kind == "drop":
            self._note(event, outcome="dropped")
            self._finish(event)
            return True
        if fault.kind == "double":
            self._queue.put(event)
            return False
        seconds = fault.seconds or 1.0
        if fault.kind == "reorder":
            # It goes out right after the next event, or alone when none comes in time.
            with self._condition:
                self._held.append(event)
            self._later(seconds, partial(self._release, event))
        else:
            self._later(seconds, partial(self._deliver, event))
        return True

    def _release(self, event: Event) -> None:
        with self._condition:
            if event not in self._held:
                return
            self._held.remove(event)
        self._deliver(event)

    def _deliver(self, event: Event) -> None:
        self._queue.put(event)

    # The sender threads.

    def _send(self) -> None:
        while True:
            self._attempt(self._queue.get())

    def _attempt(self, event: Event) -> None:
        event.attempts += 1
        started = time.monotonic()
        status, outcome = self._post(event)
        milliseconds = round((time.monotonic() - started) * 1000, 1)
        acknowledged = status in ACKNOWLEDGED
        self._note(event, outcome=outcome, status=status, ms=milliseconds, acknowledged=acknowledged)
        with self._condition:
            held, self._held = self._held, []
        for other in held:
            self._deliver(other)
        if acknowledged:
            self._finish(event)
            return
        pause = self.options.backoff_min * 2 ** min(event.attempts - 1, 20)
        # Pub/Sub spreads its retries; a tenth of jitter is enough to tear bursts apart.
        jitter = 1 + random.random() / 10  # noqa: S311
        self._later(min(pause, self.options.backoff_max) * jitter, partial(self._again, event))

    def _again(self, event: Event) -> None:
        if event.message_id in self._open:
            self._deliver(event)

    def _post(self, event: Event) -> tuple[int | None, str]:
        """POST the envelope; returns the status and the first words of the answer, or what went wrong."""
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token()}",
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
        }
        try:
            answer = self._http.request(
                "POST",
                self.options.url,
                body=json.dumps(self.envelope(event)).encode(),
                headers=headers,
                timeout=self.options.deadline,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            return None, type(error).__name__
        return answer.status, answer.data[:200].decode("utf-8", "replace")

    def envelope(self, event: Event) -> dict[str, Any]:
        """The wrapped body of a push."""
        data = json.dumps({"emailAddress": event.address, "historyId": event.history_id})
        moment = datetime.fromtimestamp(event.published, UTC).isoformat(timespec="milliseconds")
        published = moment.replace("+00:00", "Z")
        return {
            "message": {
                "data": mime.encode(data.encode()),
                "messageId": event.message_id,
                "message_id": event.message_id,
                "publishTime": published,
                "publish_time": published,
            },
            "subscription": self.options.subscription,
        }

    def token(self) -> str:
        """The OIDC token of a push; Google uses one for up to an hour, and so does this."""
        audience = self.options.audience or self.options.url
        who = (audience, self.options.service_account)
        with self._token_lock:
            if self._token is None or self._token[0] != who or self._token[1] < time.time():
                claims = {
                    "iss": "https://accounts.google.com",
                    "aud": audience,
                    "azp": "112233445566778899001",
                    "sub": "112233445566778899001",
                    "email": self.options.service_account,
                    "email_verified": True,
                }
                self._token = (who, time.time() + 3300, self._keys.sign(claims))
            return self._token[2]

    def forget_token(self) -> None:
        """Sign the next push anew, for instance after the keys changed."""
        with self._token_lock:
            self._token = None

    # Bookkeeping.

    def _remember(self, event: Event) -> None:
        row = (event.message_id, event.address, event.history_id)
        self._store.write("INSERT OR REPLACE INTO pushes VALUES (?, ?, ?)", row)

    def _finish(self, event: Event) -> None:
        self._store.write("DELETE FROM pushes WHERE message_id = ?", (event.message_id,))
        with self._condition:
            self._open.pop(event.message_id, None)
            self._condition.notify_all()

    def _note(
        self,
        event: Event,
        *,
        outcome: str,
        status: int | None = None,
        ms: float = 0.0,
        acknowledged: bool = False,
    ) -> None:
        log.info("push.attempt status=%s attempt=%d ms=%s", status, event.attempts, ms)
        self._log.append(
            {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "address": event.address,
                "historyId": str(event.history_id),
                "messageId": event.message_id,
                "attempt": event.attempts,
                "status": status,
                "outcome": outcome,
                "acknowledged": acknowledged,
                "ms": ms,
            }
        )
