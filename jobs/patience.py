"""What a job does about a fault of Google's: end, or be tried again when there is hope."""

import logging
import math
import random
from collections.abc import Iterator
from contextlib import contextmanager

from rq.job import get_current_job

from hearback.gmail.errors import GmailError, Transient
from hearback.logs import event
from jobs.queues import TRIES

log = logging.getLogger(__name__)

# Seconds before the first try again, doubled each time, spread by half, and never more than the last.
FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0
# Google may ask for more patience than a queue should have: the sweep and the scan come back anyway.
LONGEST_ASKED_SECONDS = 900.0


@contextmanager
def patiently(name: str, **fields: int) -> Iterator[None]:
    """Run a job's calls to Google; `name` and `fields` are for the log.

    A permanent fault was recorded where it belongs and ends the job. A passing one is raised, and RQ
    brings the job back: RQ's own `Retry` knows neither kinds of faults nor what Google asked for, so the
    wait is set on the running job. When its tries are used up it stays among the failed ones, and the
    sweep takes over.
    """
    try:
        yield
    except GmailError as fault:
        log.warning(event(f"{name}.failed", fault=type(fault).__name__, **fields))
        if fault.permanent:
            return
        _let_it_wait(fault)
        raise


def _let_it_wait(fault: GmailError) -> None:
    job = get_current_job()
    if job is not None and job.retries_left:
        job.retry_intervals = [math.ceil(wait(fault, TRIES - job.retries_left))] * job.retries_left


def wait(fault: GmailError, tried: int) -> float:
    """Seconds until it is worth another try: what Google asked for, and no less than after so many tries."""
    asked = fault.retry_after if isinstance(fault, Transient) else None
    return max(delay(tried), min(asked or 0.0, LONGEST_ASKED_SECONDS))


def delay(tried: int) -> float:
    """Seconds to wait after so many tries: doubled each time, and spread, so that no herd comes back."""
    return min(FIRST_SECONDS * 2**tried, LONGEST_SECONDS) * random.uniform(0.5, 1.5)  # noqa: S311
