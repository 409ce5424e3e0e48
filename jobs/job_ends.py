"""The end of a job: too old, past its date, or gone; what nobody keeps is dropped after some months."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import Any

from peewee import fn

from hearback.chunks import chunks
from hearback.logs import event
from hearback.models import BoardRun, Job, JobMark, JobSource, WhyClosed, now
from jobs.job_form import moment
from jobs.read_jobs import read_left

log = logging.getLogger(__name__)

# A job that was posted longer ago is no longer shown, whatever its board says.
OLDEST = dt.timedelta(days=90)
# A closed job that nobody saved or applied to is dropped after so long, and the record of a run.
CLOSED_KEPT = dt.timedelta(days=180)
RUNS_KEPT = dt.timedelta(days=30)
# A long transaction would make everybody else wait.
BULK = 500


def over(given: dict[str, Any], at: dt.datetime) -> bool:
    """Whether what a source says of a job is past its end: too old, or past the date that it names."""
    posted, until = moment(given["posted_at"]), moment(given["valid_through"])
    return (posted is not None and posted < at - OLDEST) or (until is not None and until < at)


def expire_jobs(at: dt.datetime | None = None) -> None:
    """Close what is past its end; drop closed jobs that nobody keeps, and old records of runs."""
    at = at or now()
    expired = _in_bulk(Job.closed_at.is_null() & (Job.valid_through < at), _closing(WhyClosed.EXPIRED, at))
    posted = fn.COALESCE(Job.posted_at, Job.first_seen_at)
    oldest = Job.posted_at.db_value(at - OLDEST)
    aged = _in_bulk(Job.closed_at.is_null() & (posted < oldest), _closing(WhyClosed.AGE, at))
    forgotten = (Job.closed_at < at - CLOSED_KEPT) & (Job.last_seen_at < at - CLOSED_KEPT)
    dropped = _in_bulk(forgotten & Job.id.not_in(JobMark.kept()), _drop)
    runs = BoardRun.delete().where(BoardRun.started_at < at - RUNS_KEPT).execute()
    read_left()
    log.info(event("jobs.ended", expired=expired, aged=aged, dropped=dropped, runs=runs))


def reopen(jobs: Sequence[int], at: dt.datetime) -> None:
    """Open again those of these jobs that stand on a board and are not past their end."""
    for some in chunks(jobs, BULK):
        lasts = Job.valid_through.is_null() | (Job.valid_through >= at)
        young = Job.posted_at.is_null() | (Job.posted_at >= at - OLDEST)
        # Without a date of posting only a job that went for another reason than its age comes back.
        dated = Job.posted_at.is_null(False) | (Job.closed_why != WhyClosed.AGE)
        closed = Job.id.in_(list(some)) & Job.closed_at.is_null(False)
        standing = JobSource.select(JobSource.job).where(
            JobSource.job.in_(list(some)) & JobSource.gone_at.is_null()
        )
        Job.update(closed_at=None, closed_why=None, changed_at=at).where(
            closed & lasts & young & dated & Job.id.in_(standing)
        ).execute()


def _closing(why: WhyClosed, at: dt.datetime) -> Callable[[list[int]], None]:
    def close(ids: list[int]) -> None:
        Job.close(ids, why, at)

    return close


def _drop(ids: list[int]) -> None:
    Job.delete().where(Job.id.in_(ids)).execute()


def _in_bulk(which: Any, act: Callable[[list[int]], None]) -> int:
    """Do something with all jobs of which `which` holds, some at a time, until it holds of none."""
    count = 0
    while ids := [row[0] for row in Job.select(Job.id).where(which).order_by(Job.id).limit(BULK).tuples()]:
        act(ids)
        count += len(ids)
    return count
