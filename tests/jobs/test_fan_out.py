"""Many jobs go out in bulk, no faster than they are wanted, and the first at once."""

from collections.abc import Iterator

import pytest
from rq.registry import ScheduledJobRegistry

from hearback.chunks import chunks
from hearback.models import now
from jobs.fan_out import BULK, fan_out
from jobs.queues import queues
from tests.support import product


def work(number: int) -> None:
    """Stand for a job; no worker runs it here."""


@pytest.fixture(autouse=True)
def running(sqlite_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(sqlite_url, redis_url)):
        yield


def test_few_go_at_once(running: None) -> None:
    assert fan_out(queues.default, work, ((n,) for n in range(3)), a_second=10) == 3
    assert [job.args for job in queues.default.get_jobs()] == [[0], [1], [2]]


def test_many_are_spread_at_the_pace_that_was_asked_for() -> None:
    count = 2 * BULK + 7
    assert fan_out(queues.default, work, ((n,) for n in range(count)), a_second=50) == count
    registry = ScheduledJobRegistry(queue=queues.default)
    waiting = registry.get_job_ids()
    assert len(queues.default) + len(waiting) == count
    assert len(queues.default) == 50
    last = registry.get_scheduled_time(waiting[-1])
    assert (last - now()).total_seconds() == pytest.approx(count / 50, abs=3)


def test_things_are_cut_in_order_without_remainder_lost() -> None:
    assert list(chunks(iter(range(5)), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
