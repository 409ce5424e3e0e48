"""Faults on order: what should go wrong, where, how often, so that a client can be seen to survive it."""

import random
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

HTTP_KINDS = ("401", "403", "429", "500", "503", "reset", "hang", "latency")
PUSH_KINDS = ("drop", "double", "delay", "reorder")


class FaultError(ValueError):
    """A fault was ordered in a way that cannot be carried out."""


class ConnectionFault(Exception):
    """The answer to this call is a broken connection: at once, or after `seconds` of silence."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__("the connection is to break")
        self.seconds = seconds


@dataclass
class Fault:
    """One order.

    `endpoint` is a name such as `history.list`, or a pattern such as `messages.*` or `*`; `gmail`
    means all but the sign-in, `push` the pushes. `kind`: one of HTTP_KINDS or, for pushes,
    PUSH_KINDS. `count`: how many calls it still hits, None without end. `probability`: the share
    of matching calls, drawn from `seed`. `seconds`: length of latency, hang, delay or hold, or what
    Retry-After says. `after`: the call does its work first, and only the answer fails.
    """

    endpoint: str
    kind: str
    probability: float = 1.0
    count: int | None = None
    seed: int | None = None
    seconds: float = 0.0
    address: str = ""
    after: bool = False
    id: int = 0
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def matches(self, endpoint: str, address: str) -> bool:
        """Whether this call is hit; counts it if so."""
        if self.count == 0 or not self._covers(endpoint):
            return False
        if self.address and self.address != address:
            return False
        if self.probability < 1 and self._random.random() >= self.probability:
            return False
        self.count = None if self.count is None else self.count - 1
        self.hits += 1
        return True

    def _covers(self, endpoint: str) -> bool:
        if (endpoint == "push") != (self.endpoint == "push"):
            return False
        if self.endpoint == "gmail":
            return not endpoint.startswith("oauth.")
        return fnmatchcase(endpoint, self.endpoint)

    def shown(self) -> dict[str, Any]:
        """For the control API."""
        found = asdict(self)
        del found["_random"]
        return found


class Faults:
    """All orders that stand."""

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._lock = threading.Lock()
        self._next = 1
        # Calls that hang wait on this, so that clearing the faults lets them go.
        self.released = threading.Event()

    def add(self, order: Mapping[str, Any]) -> Fault:
        """Take an order; FaultError names the field that is wrong."""
        fault = _read(order)
        with self._lock:
            fault.id, self._next = self._next, self._next + 1
            self._faults[fault.id] = fault
            self.released.clear()
        return fault

    def take(self, endpoint: str, address: str = "") -> list[Fault]:
        """The faults that hit this call, in the order in which they were ordered."""
        if not self._faults:
            return []
        with self._lock:
            return [f for f in self._faults.values() if f.matches(endpoint, address)]

    def shown(self) -> list[dict[str, Any]]:
        """All orders, spent ones included."""
        with self._lock:
            return [fault.shown() for fault in self._faults.values()]

    def remove(self, fault_id: int) -> bool:
        """Take one order back; False if there is none of that number."""
        with self._lock:
            return self._faults.pop(fault_id, None) is not None

    def clear(self) -> None:
        """Take all orders back and let go what hangs."""
        with self._lock:
            self._faults.clear()
            self.released.set()


def _read(order: Mapping[str, Any]) -> Fault:
    known = {"endpoint", "kind", "probability", "count", "seed", "seconds", "address", "after"}
    if unknown := set(order) - known:
        raise FaultError(f"unknown field {sorted(unknown)[0]!r}; known: {', '.join(sorted(known))}")
    endpoint, kind = str(order.get("endpoint", "*")), str(order.get("kind", ""))
    kinds = PUSH_KINDS if endpoint == "push" else HTTP_KINDS
    if kind not in kinds:
        raise FaultError(f"kind: wanted one of {', '.join(kinds)} for {endpoint}, got {kind!r}")
    probability, seconds = order.get("probability", 1.0), order.get("seconds", 0.0)
    if not isinstance(probability, int | float) or not 0 <= probability <= 1:
        raise FaultError(f"probability: wanted a number from 0 to 1, got {probability!r}")
    if not isinstance(seconds, int | float) or not 0 <= seconds <= 3600:
        raise FaultError(f"seconds: wanted a number from 0 to 3600, got {seconds!r}")
    count, seed = order.get("count"), order.get("seed")
    for name, value in (("count", count), ("seed", seed)):
        if value is not None and (not isinstance(value, int) or value < 0):
            raise FaultError(f"{name}: wanted a whole number from 0, got {value!r}")
    return Fault(
        endpoint=endpoint,
        kind=kind,
        probability=float(probability),
        count=count,
        seed=seed,
        seconds=float(seconds),
        address=str(order.get("address", "")).lower(),
        after=bool(order.get("after", False)),
        # Not for secrets: the same seed must give the same faults again.
        _random=random.Random(seed),  # noqa: S311
    )


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
