"""New jobs against all saved searches, and how their users hear of them.

A match is a row before anybody is told, and the row says whether it was told. So nothing is lost with Redis,
and nothing is told twice, however often a job of the queue runs.
"""

import datetime as dt
import json
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase

from hearback.chunks import chunks
from hearback.logs import event
from hearback.models import Job, JobMatch, MatchedJob, SavedSearch, Tell, User, database, now
from hearback.models.job_search import first_round
from hearback.zones import zone
from jobs.due import queue_due
from jobs.fan_out import fan_out
from jobs.find_jobs_wanted import Wanted, of_search
from jobs.hours import Every, clock_time, latest
from jobs.job_matches_fit import fitting, posted_before
from jobs.job_matches_score import score, stored
from jobs.job_matches_tell import tell
from jobs.queues import queues

log = logging.getLogger(__name__)

# So many jobs are held in memory at a time, and so many rows are written at once.
BATCH = 200
ROWS = 500
# A new job that was not matched so long after it came has lost its call; one that is older is no news.
PATIENCE = dt.timedelta(minutes=10)
LOOK_BACK = dt.timedelta(days=3)
MOST_MISSED = 4_000
A_SECOND = 5.0
# What the boards of one round give comes within minutes; it makes one letter.
GATHER = dt.timedelta(minutes=15)
COLUMNS = ("search_id", "job_id", "score", "reasons", "created_at", "told_at")
INSERT = """INSERT INTO job_matches (search_id, job_id, score, reasons, created_at, told_at) VALUES {}
 ON CONFLICT (search_id, job_id) DO NOTHING RETURNING search_id, told_at"""


def match_new(job_ids: Sequence[int]) -> None:
    """Note which saved searches these jobs fit; to be called after the commit that made the jobs."""
    at, count = now(), 0
    searches = list(SavedSearch.active())
    for ids in chunks(job_ids, BATCH):
        jobs = list(Job.select().where(Job.id.in_(ids) & Job.closed_at.is_null()))
        count += _keep(searches, jobs, at) if searches else 0
        if jobs:
            MatchedJob.insert_many([{"job": job.id} for job in jobs]).on_conflict_ignore().execute()
    log.info(event("jobs.matched", jobs=len(job_ids), searches=len(searches), matches=count))


def match_missed() -> None:
    """Queue the matching of new jobs whose own call went with Redis or with a worker."""
    at = now()
    missed = MatchedJob.missed(at - LOOK_BACK, at - PATIENCE, MOST_MISSED)
    fan_out(queues.default, match_new, ((ids,) for ids in chunks(missed, BATCH)), A_SECOND)


def fill(search: SavedSearch, jobs: Iterable[Job], at: dt.datetime) -> None:
    """Note what a new search finds among the jobs that are there; nobody is told of these."""
    wanted = of_search(search)
    for some in chunks((_row(search, wanted, job, at, told_at=at) for job in jobs), ROWS):
        _put(some)


def tell_all() -> None:
    """Queue the telling of every search whose moment has come."""
    queue_due(SavedSearch.tell_at, tell)


def _keep(searches: Sequence[SavedSearch], jobs: Sequence[Job], at: dt.datetime) -> int:
    """Write the matches of a few jobs, and when their users hear of them; return how many were new."""
    count = 0
    rows = (
        _row(search, wanted, job, at, at if _is_silent(search, job, at) else None)
        for search, wanted, job in fitting(searches, jobs)
    )
    for some in chunks(rows, ROWS):
        with database.atomic():
            new = _put(some)
            _plan({search_id for search_id, told_at in new if told_at is None}, at)
        count += len(new)
    return count


def _row(
    search: SavedSearch, wanted: Wanted, job: Job, at: dt.datetime, told_at: dt.datetime | None
) -> dict[str, Any]:
    fit, reasons = score(wanted, job)
    return {
        "search_id": search.id,
        "job_id": job.id,
        "score": fit,
        "reasons": stored(reasons),
        "created_at": at,
        "told_at": told_at,
    }


def _is_silent(search: SavedSearch, job: Job, at: dt.datetime) -> bool:
    """Whether nobody is told: not wanted, or old jobs that the first round of a new search brings."""
    if search.tell == Tell.NEVER:
        return True
    return at < first_round(search) and posted_before(job, search.created_at)


def _put(rows: Sequence[dict[str, Any]]) -> list[tuple[int, object]]:
    """Write the rows that are not there yet; return search and `told_at` of those.

    Written out: building hundreds of thousands of rows by the query builder took as long as all the rest.
    """
    sign = "?" if isinstance(database.obj, SqliteDatabase) else "%s"
    places = ", ".join([f"({', '.join([sign] * len(COLUMNS))})"] * len(rows))
    flat = [value for row in rows for value in map(_db_value, COLUMNS, row.values())]
    cursor = database.execute_sql(INSERT.format(places), flat)
    return [(search_id, told_at) for search_id, told_at in cursor.fetchall()]


def _db_value(name: str, value: Any) -> Any:
    return json.dumps(value) if name == "reasons" else getattr(JobMatch, name).db_value(value)


def _plan(search_ids: Collection[int], at: dt.datetime) -> None:
    """Say when the users of these searches hear of what is new, unless that is planned already."""
    moments = defaultdict(list)
    concerned = SavedSearch.id.in_(list(search_ids) or [0])
    for search in SavedSearch.select(SavedSearch, User).join(User).where(concerned):
        moments[_moment(search, at)].append(search.id)
    for moment, ids in sorted(moments.items()):
        SavedSearch.plan(ids, moment)


def _moment(search: SavedSearch, at: dt.datetime) -> dt.datetime:
    if search.tell == Tell.DAILY:
        hour = clock_time(search.user.reminder_hour)
        return latest(Every.DAY, hour, zone(search.user.timezone), at)[2]
    gathered = at + GATHER
    if search.told_at is None:
        return gathered
    told_at: dt.datetime = search.told_at
    return max(gathered, told_at + dt.timedelta(hours=search.every_hours))
