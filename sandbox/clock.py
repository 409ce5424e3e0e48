"""The sandbox's own time, so that a week can pass in a test without waiting for it."""

import threading
import time
from datetime import UTC, datetime


class Clock:
    """Wall time plus an offset that the control API moves forward.

    Mail dates, token and watch expiry and relative searches follow it. Signed tokens do not: whoever
    checks them looks at a real clock.
    """

    def __init__(self) -> None:
        self._offset = 0.0
        self._lock = threading.Lock()

    def seconds(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._offset

    def ms(self) -> int:
        """Milliseconds since the epoch, Gmail's unit."""
        return int(self.seconds() * 1000)

    def now(self) -> datetime:
        """The same as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, seconds: float) -> None:
        """Move time forward by `seconds`."""
        with self._lock:
            self._offset += seconds

    def reset(self) -> None:
        """Return to wall time."""
        with self._lock:
            self._offset = 0.0
