"""Pub/Sub push: tells the product of each changed mailbox, again and again until it has heard."""

import contextlib
import queue
import random
import secrets
import threading
import time
from functools import partial

from sandbox.faults import Fault, Faults
from sandbox.keys import Keys
from sandbox.pubsub import ACKNOWLEDGED, CONNECTIONS, Courier, Event, PushLog, PushOptions
from sandbox.store import Store
from sandbox.timer import Timer


class Pusher:
    """Publishes at most one event a second a mailbox, later changes being folded into the one that waits."""

    def __init__(self, options: PushOptions, keys: Keys, store: Store, faults: Faults) -> None:
        self.options = options
        self._store = store
        self._faults = faults
        self._condition = threading.Condition()
        self._timer = Timer()
        self._waiting: dict[str, Event] = {}
        self._last: dict[str, float] = {}
        self._open: dict[str, Event] = {}
        self._held: list[Event] = []
        self.log = PushLog()
        self._courier = Courier(options, keys)
        self._queue: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def start(self) -> None:
        """Take up what was not acknowledged before the last stop, and begin to send."""
        for message_id, address, history_id in self._store.query("SELECT * FROM pushes"):
            event = Event(str(message_id), str(address), int(history_id), time.time())
            self._open[event.message_id] = event
            self._timer.later(0, partial(self._publish, event))
        self._timer.start()
        # Daemons: a push that waits for its answer must not hold up the end of the process.
        for number in range(CONNECTIONS):
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
            self._timer.later(pause, partial(self._publish, event))

    def wait_idle(self, timeout: float) -> bool:
        """Wait until nothing is waiting, under way or to be tried again; False if `timeout` passes."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._open, timeout)

    def pending(self) -> int:
        """Events not yet acknowledged."""
        return len(self._open)

    def clear(self) -> None:
        """Forget all events, their log and the pace of each mailbox."""
        with self._condition:
            for state in (self._timer, self._waiting, self._last, self._open, self._held, self.log):
                state.clear()
            self._drain()
            self._store.write("DELETE FROM pushes")
            self._condition.notify_all()

    def _drain(self) -> None:
        """Empty the queue; a sender may be quicker, which is as good."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()

    # On the timer's thread.

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
            self.log.note(event, outcome="dropped")
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
            self._timer.later(seconds, partial(self._release, event))
        else:
            self._timer.later(seconds, partial(self._deliver, event))
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
        status, outcome = self._courier.post(event)
        milliseconds = round((time.monotonic() - started) * 1000, 1)
        acknowledged = status in ACKNOWLEDGED
        self.log.note(event, outcome=outcome, status=status, ms=milliseconds, acknowledged=acknowledged)
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
        self._timer.later(min(pause, self.options.backoff_max) * jitter, partial(self._again, event))

    def _again(self, event: Event) -> None:
        if event.message_id in self._open:
            self._deliver(event)

    # Bookkeeping.

    def forget_token(self) -> None:
        """Sign the next push anew, for instance after the keys changed."""
        self._courier.forget_token()

    def _remember(self, event: Event) -> None:
        row = (event.message_id, event.address, event.history_id)
        self._store.write("INSERT OR REPLACE INTO pushes VALUES (?, ?, ?)", row)

    def _finish(self, event: Event) -> None:
        self._store.write("DELETE FROM pushes WHERE message_id = ?", (event.message_id,))
        with self._condition:
            self._open.pop(event.message_id, None)
            self._condition.notify_all()
