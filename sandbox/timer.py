"""One thread that does things later, for everything about pushes that has its time."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(order=True)
class _Due:
    at: float
    number: int
    action: Callable[[], None] = field(compare=False)


class Timer:
    """Runs short actions when they are due, those of the same moment in the order of their coming."""

    def __init__(self) -> None:
        self._due: list[_Due] = []
        self._numbers = itertools.count()
        self._condition = threading.Condition()

    def start(self) -> None:
        """Begin; what is due already is done now."""
        # A daemon: what is still to come must not hold up the end of the process.
        threading.Thread(target=self._run, name="timer", daemon=True).start()

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do `action` in so many seconds."""
        with self._condition:
            at = time.monotonic() + seconds
            heapq.heappush(self._due, _Due(at, next(self._numbers), action))
            self._condition.notify_all()

    def clear(self) -> None:
        """Forget all that is still to come."""
        with self._condition:
            self._due.clear()

    def _run(self) -> None:
        while True:
            with self._condition:
                pause = self._due[0].at - time.monotonic() if self._due else None
                if pause is None or pause > 0:
                    self._condition.wait(pause)
                    continue
                action = heapq.heappop(self._due).action
            action()
