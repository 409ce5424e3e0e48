"""What was asked of Google: calls, their answers and their price in quota units."""

import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Tally:
    """What an account has asked for: quota units, calls by endpoint and by status."""

    units: int = 0
    calls: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)


class Calls:
    """Counts of calls per account, and the last of them in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tallies: dict[str, Tally] = {}
        self._recent: deque[dict[str, Any]] = deque(maxlen=500)

    def count(self, address: str, endpoint: str, units: int, status: int) -> None:
        """Note one call; `address` is empty for calls without an account."""
        with self._lock:
            tally = self._tallies.setdefault(address, Tally())
            tally.units += units
            tally.calls[endpoint] = tally.calls.get(endpoint, 0) + 1
            tally.statuses[str(status)] = tally.statuses.get(str(status), 0) + 1
            self._recent.append({"address": address, "endpoint": endpoint, "status": status})

    def shown(self, address: str | None = None) -> dict[str, Any]:
        """Counts of one account, or of all together."""
        with self._lock:
            if address is None:
                tallies = list(self._tallies.values())
            else:
                tallies = [self._tallies.get(address, Tally())]
            total = Tally()
            for tally in tallies:
                total.units += tally.units
                for name in ("calls", "statuses"):
                    sums = getattr(total, name)
                    for key, number in getattr(tally, name).items():
                        sums[key] = sums.get(key, 0) + number
            recent = [c for c in self._recent if address is None or c["address"] == address]
        return asdict(total) | {"recent": recent[-100:]}

    def clear(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._tallies.clear()
            self._recent.clear()
