"""Counters and times of all processes: kept in memory, added up in one hash of Redis every two seconds.

Why there and not in files of each machine: docs/decisions/0007-counters-in-redis.md.
"""

import atexit
import json
import logging
import os
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from hearback.config import SettingError, settings
from hearback.logs import event
from jobs.queues import redis

log = logging.getLogger(__name__)

KEY = "hearback:metrics"
FLUSH_SECONDS = 2.0
# Upper ends of a time's buckets, in seconds: from a push answered at once to a mail that a scan found.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800)
# While Redis is down counts are added up here. There are a few dozen; more would be a label gone wild.
MOST_SERIES = 2000

# What is counted, and what each means to a reader of /metrics, where all begin with `hearback_`.
MEANINGS = {
    "pushes_total": "Pushes of Pub/Sub, by what became of them.",
    "sync_seconds": "How long one look at a mailbox took.",
    "lag_publish_accept_seconds": "From Google's publishing of a push to our accepting it.",
    "lag_accept_analysed_seconds": "From accepting a push to its mail being understood and stored.",
    "mails_total": "Mails read, by what they are.",
    "quarantined_total": "Mails set aside because they could not be read.",
    "history_gaps_total": "Stretches that Gmail's history no longer held.",
    "gmail_calls_total": "Calls to Gmail, by method and outcome.",
    "gmail_pauses_total": "Times that work waited for Gmail's quota, by whose quota it was.",
    "watch_renewals_total": "Renewals of Gmail's watch, by outcome.",
    "deliveries_total": "Notifications on their way, by channel and outcome.",
    "second_looks_total": "Mails that the language model was to be asked about, by what became of it.",
    "second_look_seconds": "How long the language model took to answer, or to fail.",
}

# A metric's name and its labels; a time has one for each bucket, labelled `le` as in Prometheus.
Series = tuple[str, tuple[tuple[str, str], ...]]
_BOUNDS = (*(f"{bound:g}" for bound in BUCKETS), "+Inf")
_SUM = "sum"


@dataclass
class Times:
    """A histogram: how many observations fell into each bucket (by its upper end), and their sum."""

    counts: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_BOUNDS, 0.0))
    seconds: float = 0.0


@dataclass
class Snapshot:
    """What all processes together have counted since Redis was last empty."""

    counters: dict[Series, float] = field(default_factory=dict)
    times: dict[Series, Times] = field(default_factory=dict)


class _Flusher:
    """A daemon thread that flushes until it is told to end, and the Redis that it writes to."""

    def __init__(self) -> None:
        # Counts that were sent are not sent again by the client: they may have arrived.
        self.redis = Redis.from_url(
            settings().redis_url, socket_timeout=5, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        self.ended = threading.Event()
        self.failing = False
        threading.Thread(target=self._run, name="metrics", daemon=True).start()

    def _run(self) -> None:
        while not self.ended.wait(FLUSH_SECONDS):
            flush()


class _Memory:
    """What this process has counted and not yet written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.writing = threading.Lock()
        self.counts: defaultdict[Series, float] = defaultdict(float)
        self.flusher: _Flusher | None = None


_memory = _Memory()


def count(name: str, amount: float = 1, **labels: str) -> None:
    """Add `amount` to a counter. `name` is one of MEANINGS, without prefix. Costs about a microsecond."""
    _add(_memory, {(name, tuple(labels.items())): amount})


def observe(name: str, seconds: float, **labels: str) -> None:
    """Note how long something took. Clocks of two machines may differ: less than nothing is nothing."""
    seconds = max(0.0, seconds)
    known = tuple(labels.items())
    bound = _BOUNDS[bisect_left(BUCKETS, seconds)]
    _add(_memory, {(name, (*known, ("le", bound))): 1, (name, (*known, ("le", _SUM))): seconds})


def flush() -> None:
    """Write what was counted into Redis, in one transaction; keep it for the next time if that fails.

    What Redis took without our hearing of it is counted twice: a statistic may err where mail may not.
    """
    memory = _memory
    flusher = memory.flusher
    if flusher is None:
        return
    with memory.writing:
        with memory.lock:
            taken, memory.counts = memory.counts, defaultdict(float)
        if not taken:
            return
        try:
            with flusher.redis.pipeline() as pipe:
                for series, amount in taken.items():
                    pipe.hincrbyfloat(KEY, _text(series), amount)
                pipe.execute()
            flusher.failing = False
        except RedisError as fault:
            _add(memory, taken)
            if not flusher.failing:
                flusher.failing = True
                log.warning(event("metrics.kept", series=len(taken), fault=type(fault).__name__))


def snapshot() -> Snapshot:
    """What Redis holds, from all processes. Raises RedisError."""
    found = Snapshot()
    stored: Mapping[bytes, bytes] = redis().hgetall(KEY)  # type: ignore[assignment]
    for text, amount in stored.items():
        name, labels = json.loads(text)
        bound = labels.pop("le", None)
        series = (name, tuple(sorted(labels.items())))
        if bound is None:
            found.counters[series] = float(amount)
            continue
        times = found.times.setdefault(series, Times())
        if bound == _SUM:
            times.seconds = float(amount)
        else:
            times.counts[bound] = float(amount)
    return found


def forget() -> None:
    """Drop what was counted and not written, and begin anew; for tests, which change the settings."""
    left = _memory
    _begin()
    if left.flusher is not None:
        left.flusher.ended.set()


def _begin() -> None:
    global _memory
    _memory = _Memory()


def _add(memory: _Memory, amounts: Mapping[Series, float]) -> None:
    with memory.lock:
        counts = memory.counts
        for series, amount in amounts.items():
            if series in counts or len(counts) < MOST_SERIES:
                counts[series] += amount
        if memory.flusher is None:
            memory.flusher = _start()


def _start() -> _Flusher | None:
    try:
        return _Flusher()
    except SettingError:
        # A command that needs no settings, such as `flask mail classify`, has no Redis to write to.
        return None


def _text(series: Series) -> str:
    name, labels = series
    return json.dumps([name, dict(sorted(labels))])


# A child has a copy of counts that its parent will write, of locks in whatever state, and of no thread.
os.register_at_fork(after_in_child=_begin)
atexit.register(flush)
