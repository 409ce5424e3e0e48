"""Putting one job for each of many things on a queue, in bulk and spread over time."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from rq import Queue

from hearback.chunks import chunks
from hearback.models import now
from jobs.queues import redis, tried_again

# So many jobs go to Redis in one trip.
BULK = 100


def fan_out(
    queue: Queue,
    function: Callable[..., None],
    arguments: Iterable[tuple[Any, ...]],
    a_second: float,
    timeout: int | None = None,
) -> int:
    """Queue one run of `function` for each of `arguments`, so many a second; return how many there were.

    `arguments` is gone through once and never held as a whole. What is due within this second is queued
    at once, the rest waits in RQ's schedule. `timeout` is how many seconds each may run, if not the
    queue's own.
    """
    options = {"timeout": timeout, **tried_again()}
    count, begun = 0, now()
    for bulk in chunks(arguments, BULK):
        with redis().pipeline() as pipe:
            due = [begun + dt.timedelta(seconds=(count + i) / a_second) for i in range(len(bulk))]
            at_once = sum(moment < begun + dt.timedelta(seconds=1) for moment in due)
            queue.enqueue_many(
                [Queue.prepare_data(function, one, **options) for one in bulk[:at_once]], pipeline=pipe
            )
            for one, moment in zip(bulk[at_once:], due[at_once:], strict=True):
                queue.schedule_job(queue.create_job(function, one, **options), moment, pipeline=pipe)
            pipe.execute()
        count += len(bulk)
    return count
