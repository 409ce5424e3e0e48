"""Counters of many processes add up in Redis, and neither its loss nor its absence breaks anything."""

import os
import re
import threading
from collections.abc import Callable, Iterator

import pytest

from jobs import metrics
from jobs.queues import redis
from tests.support import product, servers

PUSHED = ("pushes_total", (("outcome", "queued"),))
SYNCED = ("sync_seconds", ())


@pytest.fixture
def process(sqlite_url: str, redis_url: str) -> Iterator[None]:
    """A process of the product on an empty Redis."""
    with product.running(product.environment(sqlite_url, redis_url)):
        yield


def in_a_child(work: Callable[[], None]) -> None:
    """Run `work` in a forked process, which then ends as Python processes do."""
    pid = os.fork()
    if pid == 0:
        work()
        metrics.flush()
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert status == 0


def counted(series: metrics.Series) -> float:
    return metrics.snapshot().counters.get(series, 0)


@pytest.mark.usefixtures("process")
def test_counts_add_up_by_name_and_labels_in_whatever_order() -> None:
    metrics.count("gmail_calls_total", method="history", outcome="ok")
    metrics.count("gmail_calls_total", 2, outcome="ok", method="history")
    metrics.count("gmail_calls_total", method="history", outcome="gone")
    metrics.flush()
    ok = ("gmail_calls_total", (("method", "history"), ("outcome", "ok")))
    gone = ("gmail_calls_total", (("method", "history"), ("outcome", "gone")))
    assert metrics.snapshot().counters == {ok: 3, gone: 1}


@pytest.mark.usefixtures("process")
def test_a_time_falls_into_the_bucket_that_ends_at_or_after_it() -> None:
    for seconds in (0.005, 0.3, 0.4, 9000, -2):
        metrics.observe("sync_seconds", seconds)
    metrics.flush()
    times = metrics.snapshot().times[SYNCED]
    filled = {bound: n for bound, n in times.counts.items() if n}
    assert filled == {"0.005": 2, "0.5": 2, "+Inf": 1}
    assert times.seconds == pytest.approx(9000.705)


@pytest.mark.usefixtures("process")
def test_forked_processes_add_up_and_what_the_parent_has_not_written_counts_once() -> None:
    metrics.count("pushes_total", 5, outcome="queued")
    for _ in range(2):
        in_a_child(lambda: metrics.count("pushes_total", 10, outcome="queued"))
    metrics.flush()
    assert counted(PUSHED) == 25


@pytest.mark.usefixtures("process")
def test_a_forked_process_writes_by_itself() -> None:
    metrics.count("pushes_total", outcome="queued")
    metrics.flush()
    ready, done = os.pipe()
    pid = os.fork()
    if pid == 0:
        metrics.count("pushes_total", outcome="queued")
        os.read(ready, 1)
        os._exit(0)
    servers.wait_until(lambda: counted(PUSHED) == 2, "the child's thread has written")
    os.write(done, b".")
    assert os.waitpid(pid, 0)[1] == 0


@pytest.mark.usefixtures("process")
def test_many_threads_lose_nothing() -> None:
    def work() -> None:
        for _ in range(2000):
            metrics.count("pushes_total", outcome="queued")
            metrics.observe("sync_seconds", 0.1)
        metrics.flush()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    metrics.flush()
    assert counted(PUSHED) == 16_000
    assert metrics.snapshot().times[SYNCED].counts["0.1"] == 16_000


@pytest.mark.usefixtures("process")
def test_a_flush_of_redis_sets_all_to_nothing_and_counting_goes_on() -> None:
    metrics.count("pushes_total", 7, outcome="queued")
    metrics.flush()
    redis().flushall()
    assert metrics.snapshot() == metrics.Snapshot()
    metrics.count("pushes_total", outcome="queued")
    metrics.flush()
    assert counted(PUSHED) == 1


@pytest.mark.usefixtures("process")
def test_what_redis_refuses_is_kept_bounded_and_written_later() -> None:
    redis().config_set("maxmemory", 1)
    try:
        for number in range(metrics.MOST_SERIES + 50):
            metrics.count("pushes_total", outcome=str(number))
        metrics.flush()
        metrics.count("pushes_total", outcome="0")
        assert redis().hlen(metrics.KEY) == 0
    finally:
        redis().config_set("maxmemory", 0)
    metrics.flush()
    counters = metrics.snapshot().counters
    assert len(counters) == metrics.MOST_SERIES
    assert counters["pushes_total", (("outcome", "0"),)] == 2


def test_a_redis_that_does_not_answer_stops_nobody(sqlite_url: str) -> None:
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:1/0")):
        metrics.count("pushes_total", outcome="queued")
        metrics.flush()
        metrics.count("pushes_total", outcome="queued")


def test_a_command_without_settings_counts_in_vain_and_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    product.forget()
    metrics.count("mails_total", category="offer")
    metrics.flush()
    product.forget()


def test_all_that_is_counted_says_what_it_means() -> None:
    counted = {
        name
        for folder in ("jobs", "webapp", "hearback")
        for file in (servers.ROOT / folder).rglob("*.py")
        for name in re.findall(r'metrics\.(?:count|observe)\("(\w+)"', file.read_text())
    }
    assert counted
    assert counted <= metrics.MEANINGS.keys()
