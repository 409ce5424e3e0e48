"""Taking what a board gave into the table of jobs: each job once, however often the same answer comes."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import SqliteDatabase

from hearback.boards.normal.rows import united
from hearback.boards.posting import Batch, Posting
from hearback.chunks import chunks
from hearback.logs import event
from hearback.models import BoardFeed, Job, JobSource, database
from jobs.alike_jobs import link
from jobs.job_bounds import bounded
from jobs.job_ends import over, reopen
from jobs.missing_jobs import Absent, absent_of, count_missing
from jobs.same_jobs import SameJobs
from jobs.write_jobs import Row, insert_jobs, is_brought, refold, write_sources

log = logging.getLogger(__name__)

# So many rows are one transaction: nobody waits long for it.
CHUNK = 100
# A number of this service's own, under which takers on Postgres wait for each other.
ADVISORY_LOCK = 0x6A6F6273


@dataclass
class Taken:
    """What a batch came to: `new` jobs, `changed` ones, `closed` by it; `ids` of new ones that are open.

    `unread` are ids of all jobs of which a text may be new, for read_jobs.py.
    """

    new: int = 0
    changed: int = 0
    closed: int = 0
    ids: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def take(feed: BoardFeed | None, batch: Batch, at: dt.datetime) -> Taken:
    """Take a batch in, chunk by chunk, and count what its feed no longer lists. It may be done twice.

    Without a feed the postings are single ones, of which nothing is ever missing.
    """
    taken = Taken()
    kept = [posting for posting in map(bounded, batch.postings) if posting is not None]
    if len(kept) < len(batch.postings):
        log.warning(event("jobs.left_out", rows=len(batch.postings) - len(kept)))
    absent = absent_of(feed, batch)
    for chunk in chunks(united(kept), CHUNK):
        rows = _prepared(chunk, feed)
        with database.atomic():
            _alone()
            _take_chunk(rows, feed, at, taken, absent)
    if feed is not None and batch.full and not batch.stale:
        with database.atomic():
            _alone()
            taken.closed = count_missing(feed, batch, at)
    log.info(event("jobs.taken", new=taken.new, changed=taken.changed, closed=taken.closed))
    return taken


def _alone() -> None:
    """Let no other take at the same time: each would make the job that the other just makes.

    SQLite has one writer at a time anyway.
    """
    if not isinstance(database.obj, SqliteDatabase):
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))


def _prepared(chunk: Sequence[Posting], feed: BoardFeed | None) -> list[Row]:
    """Read what is new or changed before the transaction begins: others wait while it lasts."""
    rows = [Row(posting, is_brought(posting.board, feed)) for posting in chunk]
    known = _known(rows)
    for row in rows:
        source = known.get(row.key)
        if source is None or source.digest != row.digest:
            row.read()
    return rows


def _take_chunk(
    chunk: Sequence[Row], feed: BoardFeed | None, at: dt.datetime, taken: Taken, absent: Absent
) -> None:
    known = _known(chunk)
    rows, same = [], []
    for row in chunk:
        source = known.get(row.key)
        if source is not None and source.digest == row.digest:
            same.append(source)
            continue
        if source is not None:
            row.source, row.job = source.id, source.job_id
        rows.append(row)
    back = _seen(same, feed, at)
    _place(rows, at, absent)
    ids = insert_jobs(rows, at)
    write_sources(rows, feed, at)
    changed = {row.job for row in rows if row.job is not None} - set(ids)
    refold(changed | back, rows, at)
    for row in rows:
        link(row.job, row.links)
    taken.unread += [*ids, *sorted(changed)]
    taken.new += len(ids)
    taken.changed += len(changed)
    ended = {row.job for row in rows if over(row.given, at)}
    taken.ids += [job for job in ids if job not in ended]


def _known(rows: Iterable[Row]) -> dict[tuple[str, str, str], JobSource]:
    """The sources that stand already, by what makes them unique."""
    found = {}
    feeds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for board, feed, external_id in (row.key for row in rows):
        feeds[board, feed].append(external_id)
    for (board, feed), ids in feeds.items():
        where = (JobSource.board == board) & (JobSource.feed == feed) & JobSource.external_id.in_(ids)
        columns = (JobSource.id, JobSource.job, JobSource.external_id, JobSource.digest, JobSource.gone_at)
        for source in JobSource.select(*columns).where(where):
            found[board, feed, source.external_id] = source
    return found


def _seen(sources: Sequence[JobSource], feed: BoardFeed | None, at: dt.datetime) -> set[int]:
    """Note that these are still listed as they were; return the jobs of those that were gone and are back."""
    if not sources:
        return set()
    ids = [source.id for source in sources]
    jobs = sorted({source.job_id for source in sources})
    values: dict[str, Any] = {"last_seen_at": at, "missed": 0, "gone_at": None}
    if feed is not None:
        values["board_feed"] = feed.id
    JobSource.update(values).where(JobSource.id.in_(ids)).execute()
    Job.update(last_seen_at=at).where(Job.id.in_(jobs)).execute()
    reopen(jobs, at)
    return {source.job_id for source in sources if source.gone_at is not None}


def _place(rows: Sequence[Row], at: dt.datetime, absent: Absent) -> None:
    """Say of each row which job it is, by its number; new jobs have numbers below 0 as yet."""
    new = [row for row in rows if row.source is None]
    if not new:
        return
    index = SameJobs([row.card for row in new], at, absent)
    for number, row in enumerate(new, 1):
        answer = index.find(row.card)
        row.job = -number if answer.job is None else answer.job
        row.links = answer.links
        index.add(row.job, row.card)
    # Under their new ids they are still listed: what stood under the old ones is gone now.
    again = [source for source, job in absent.sources.items() if job in {row.job for row in new}]
    for some in chunks(again, CHUNK):
        JobSource.update(gone_at=at).where(JobSource.id.in_(some)).execute()
