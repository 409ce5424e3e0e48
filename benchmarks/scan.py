"""How fast the fallback scan goes through mailboxes that have nothing new, and what it costs."""

import sys
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.google import addresses, connect
from benchmarks.report import Row, Section, ratios
from benchmarks.webs import Databases
from hearback.chunks import chunks
from hearback.models import Mailbox, ScanRun, now
from jobs import scan
from jobs.fan_out import fan_out
from jobs.queues import queues
from jobs.quota import Priority
from jobs.sync_mailbox import look_at
from sandbox.client import SandboxControl
from tests.support import product, servers

MAILBOXES = 10_000
# What one round at a latency looks at: enough for the pace to settle.
ROUND = 2_000
ALONE = 150
ROUNDS = 3
LATENCY = 0.05
WORKERS = 2
TEXT = """\
The fallback scan over 10,000 mailboxes of 10,000 users without news, on SQLite, by the default pool of two
workers beside the sandbox, on the same cores; the spreading over time is taken out. *Alone* is a loop over
the same mailboxes in one process, one after the other, by the same function. Rounds at 50 ms look at 2,000
mailboxes (alone: 150), in turn. The memory is what Python allocated at most in the process that queues the
scan."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Run all; about five minutes, of which one makes the mailboxes."""
    section = Section("Fallback scan", TEXT)
    # The pace at which chunks go out is a choice and not a limit.
    scan.CHUNKS_A_SECOND = 1e9
    with ExitStack() as stack:
        google_url = stack.enter_context(servers.sandbox_server())
        google = SandboxControl(google_url)
        stack.callback(google.close)
        url = stack.enter_context(databases.fresh("SQLite"))
        env = product.environment(url, f"{redis_server}/6", google_url)
        stack.enter_context(product.running(env))
        ids = connect(google, addresses(MAILBOXES))
        bench = _Bench(google, env, databases.folder, ids)
        bench.whole(section)
        bench.rounds(section)
    return section


class _Bench:
    """The mailboxes, and the pools that scan them."""

    def __init__(self, google: SandboxControl, env: dict[str, str], folder: Path, ids: Sequence[int]) -> None:
        self.google = google
        self.env = env
        self.folder = folder
        self.ids = ids

    def whole(self, section: Section) -> None:
        """All mailboxes, once without latency and once with it."""
        for latency in (0.0, LATENCY):
            with self.latency(latency), self.workers(WORKERS):
                self.google.clear_calls()
                started = time.perf_counter()
                scan.scan_all()
                run = _finished(MAILBOXES)
                speed = MAILBOXES / (time.perf_counter() - started)
            calls = self.google.calls()["calls"]
            if (run.failed, run.updated) != (0, 0):
                raise RuntimeError(f"of idle mailboxes {run.failed} failed and {run.updated} had news")
            name = f"{latency * 1000:.0f} ms"
            section.add(Row(f"All, {name}", [speed], "/s"))
            each = sum(calls.values()) / MAILBOXES
            section.add(Row(f"Calls a mailbox, {name}", [each], at_least=1.0, at_most=1.0))
        memory = [_queueing(MAILBOXES) / _queueing(MAILBOXES // 2) for _ in range(ROUNDS)]
        section.add(Row("Memory, 10,000 / 5,000 mailboxes", memory, at_most=1.2))

    def rounds(self, section: Section) -> None:
        """With latency: alone, by the pool, and by one twice as large, in turn."""
        alone, pool, double = [], [], []
        with self.latency(LATENCY):
            for number in range(ROUNDS):
                alone.append(_alone(self.ids[number * ALONE : (number + 1) * ALONE]))
                for workers, speeds in ((WORKERS, pool), (2 * WORKERS, double)):
                    with self.workers(workers):
                        speeds.append(_pooled(self.ids[:ROUND]))
        section.add(Row("50 ms, alone", alone, "/s"))
        section.add(Row(f"50 ms, {WORKERS} workers", pool, "/s"))
        section.add(Row(f"50 ms, {WORKERS} workers / alone", ratios(pool, alone), at_least=4.0))
        section.add(Row(f"50 ms, {2 * WORKERS} / {WORKERS} workers", ratios(double, pool), at_least=1.8))

    @contextmanager
    def latency(self, seconds: float) -> Iterator[None]:
        """Let each call to Gmail take so long."""
        if seconds:
            self.google.fault("gmail", "latency", seconds=seconds)
        try:
            yield
        finally:
            self.google.clear_faults()

    @contextmanager
    def workers(self, count: int) -> Iterator[None]:
        """A pool of so many workers that has begun to work."""
        env = {**self.env, "PROCESSES": str(count)}
        log = self.folder / f"scan-workers-{time.monotonic_ns()}.log"
        with servers.process([sys.executable, "-m", "jobs.worker"], log, env=env):
            # A first chunk of one mailbox a worker: all of them are up and have loaded what they need.
            _pooled(self.ids[: 4 * count], size=1)
            yield


def _queueing(count: int) -> float:
    """Bytes that Python held at most while a scan of so many mailboxes was queued; nobody works on it."""
    run = ScanRun.create(started_at=now())
    tracemalloc.start()
    cut = ((run.id, chunk) for chunk in chunks(islice(Mailbox.ids_for_scan(None), count), scan.CHUNK))
    fan_out(queues.default, scan.scan_chunk, cut, scan.CHUNKS_A_SECOND)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    queues.default.empty()
    run.delete_instance()
    return float(peak)


def _alone(ids: Sequence[int]) -> float:
    started = time.perf_counter()
    for mailbox_id in ids:
        look_at(mailbox_id, priority=Priority.SCAN)
    return len(ids) / (time.perf_counter() - started)


def _pooled(ids: Sequence[int], size: int = scan.CHUNK) -> float:
    run = ScanRun.create(started_at=now())
    started = time.perf_counter()
    cut = ((run.id, chunk) for chunk in chunks(ids, size))
    made = fan_out(queues.default, scan.scan_chunk, cut, scan.CHUNKS_A_SECOND)
    run.close(made, len(ids), now())
    _finished(len(ids))
    return len(ids) / (time.perf_counter() - started)


def _finished(count: int) -> ScanRun:
    """The newest scan, once it has ended with this many mailboxes."""

    def done() -> bool:
        return ScanRun.last(1)[0].finished_at is not None

    servers.wait_until(done, "the end of the scan", seconds=600)
    run = ScanRun.last(1)[0]
    if run.scanned != count:
        raise RuntimeError(f"{run.scanned} of {count} mailboxes were looked at")
    return run
