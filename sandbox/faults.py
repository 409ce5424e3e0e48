"""Faults on order: what should go wrong, where, how often, so that a client can be seen to survive it."""

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from sandbox.ordered import ERRORS

CONNECTION_KINDS = ("reset", "cut", "hang", "latency")
HTTP_KINDS = (*ERRORS, *CONNECTION_KINDS)
PUSH_KINDS = ("drop", "double", "delay", "reorder")


class FaultError(ValueError):
    """A fault was ordered in a way that cannot be carried out."""


class ConnectionFault(Exception):
    """The answer to this call is a broken connection: at once, or after `seconds` of silence.

    `midway`: the answer has begun by then, so that the client has a status and half a body.
    """

    def __init__(self, seconds: float = 0.0, midway: bool = False) -> None:
        super().__init__("the connection is to break")
        self.seconds = seconds
        self.midway = midway


@dataclass
class Fault:
    """One order.

    `endpoint` is a name such as `history.list`, or a pattern such as `messages.*` or `*`; `gmail`
    means all but the sign-in, `push` the pushes. `kind`: one of HTTP_KINDS or, for pushes,
    PUSH_KINDS. `count`: how many calls it still hits, None without end. `probability`: the share
    of matching calls, drawn from `seed`. `seconds`: length of latency, hang, delay or hold, or how
    long a limit asks to wait. `message`: only calls for the message of this id. `after`: the call does
    its work first, and only the answer fails.
    """

    endpoint: str
    kind: str
    probability: float = 1.0
    count: int | None = None
    seed: int | None = None
    seconds: float = 0.0
    address: str = ""
    message: str = ""
    after: bool = False
    id: int = 0
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def matches(self, endpoint: str, address: str, message: str, paged: bool) -> bool:
        """Whether this call is hit; counts it if so."""
        if self.count == 0 or not self._covers(endpoint):
            return False
        if self.address not in {"", address} or self.message not in {"", message}:
            return False
        if self.kind == "badPageToken" and not paged:
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

    def take(self, endpoint: str, address: str = "", message: str = "", paged: bool = False) -> list[Fault]:
        """The faults that hit this call, in the order in which they were ordered.

        `message` is the id that the call names, `paged` whether it brings a page token.
        """
        if not self._faults:
            return []
        with self._lock:
            return [f for f in self._faults.values() if f.matches(endpoint, address, message, paged)]

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
    known = {"endpoint", "kind", "probability", "count", "seed", "seconds"}
    known |= {"address", "message", "after"}
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
        message=str(order.get("message", "")),
        after=bool(order.get("after", False)),
        # Not for secrets: the same seed must give the same faults again.
        _random=random.Random(seed),  # noqa: S311
    )
