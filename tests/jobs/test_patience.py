"""A job that Google failed comes back as late as Google asked, later each time, and not for ever."""

import datetime as dt
from collections.abc import Iterator

import pytest
from rq.registry import FailedJobRegistry, FinishedJobRegistry, ScheduledJobRegistry

from hearback.gmail.errors import Refused, Transient
from hearback.models import now
from jobs import patience
from jobs.patience import patiently
from jobs.queues import TRIES, queues, redis, tried_again
from tests.support import product
from tests.support.forked import run_worker


def fails(kind: str, retry_after: float = 0.0) -> None:
    """A job that Google fails."""
    with patiently("test", number=1):
        raise Refused("no") if kind == "refused" else Transient("later", retry_after or None)


@pytest.fixture(autouse=True)
def running(sqlite_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(sqlite_url, redis_url)):
        yield


def seconds_until_next() -> float:
    registry = ScheduledJobRegistry(queue=queues.mail)
    (job_id,) = registry.get_job_ids()
    return (registry.get_scheduled_time(job_id) - now()).total_seconds()


def make_due() -> None:
    """Let the time until the next try pass."""
    registry = ScheduledJobRegistry(queue=queues.mail)
    for job_id in registry.get_job_ids():
        redis().zadd(registry.key, {job_id: (now() - dt.timedelta(seconds=1)).timestamp()})


def test_what_google_asks_for_is_obeyed() -> None:
    queues.mail.enqueue(fails, "busy", 42.0, **tried_again())
    run_worker()
    assert seconds_until_next() == pytest.approx(42, abs=3)


def test_a_refusal_ends_the_job_without_another_try() -> None:
    queues.mail.enqueue(fails, "refused", **tried_again())
    run_worker()
    assert len(FinishedJobRegistry(queue=queues.mail)) == 1
    assert len(ScheduledJobRegistry(queue=queues.mail)) == 0


def test_tries_come_later_each_time_and_end_among_the_failed() -> None:
    queues.mail.enqueue(fails, "busy", **tried_again())
    waits = []
    for _ in range(TRIES):
        run_worker()
        waits.append(seconds_until_next())
        make_due()
    run_worker()
    assert len(ScheduledJobRegistry(queue=queues.mail)) == 0
    assert len(FailedJobRegistry(queue=queues.mail)) == 1
    # Doubled each time and spread by half: over five tries the growth shows whatever the dice say.
    assert waits[-1] > waits[0]
    assert all(wait < patience.LONGEST_SECONDS * 1.5 + 1 for wait in waits)


def test_delays_double_and_are_spread() -> None:
    for tried in range(12):
        middle = min(patience.FIRST_SECONDS * 2**tried, patience.LONGEST_SECONDS)
        drawn = {patience.delay(tried) for _ in range(50)}
        assert len(drawn) > 10
        assert all(middle * 0.5 <= one <= middle * 1.5 for one in drawn)
