"""Which jobs a feed no longer lists, and when that means that they are gone."""

import datetime as dt
import logging
from dataclasses import dataclass, field

from hearback.boards.posting import Batch
from hearback.logs import event
from hearback.models import BoardFeed, Job, JobSource, WhyClosed
from jobs.write_jobs import refold

log = logging.getLogger(__name__)

# So many full fetches in a row must miss a job before it counts as gone.
ENOUGH = 2
# A feed that drops so many at once, and more than it keeps, has given its jobs other ids.
MANY = 5


@dataclass(frozen=True)
class Absent:
    """What a full answer does not list: the sources with their jobs.

    A row that looks like one of these is the same job under another id. `renamed` says that most of the feed
    is absent, so that dates of posting tell nothing either.
    """

    sources: dict[int, int] = field(default_factory=dict)
    renamed: bool = False


def absent_of(feed: BoardFeed | None, batch: Batch) -> Absent:
    """What a feed listed until now and this answer does not; nothing where the answer proves nothing."""
    if feed is None or not batch.full or batch.stale or not batch.postings:
        return Absent()
    listed = {posting.external_id for posting in batch.postings} | {skipped.row for skipped in batch.skipped}
    mine = (JobSource.board_feed == feed.id) & JobSource.gone_at.is_null()
    rows = list(JobSource.select(JobSource.id, JobSource.job, JobSource.external_id).where(mine).tuples())
    absent = {source: job for source, job, external_id in rows if external_id not in listed}
    # What could not be read may be any of them.
    if len(batch.skipped) >= len(absent):
        return Absent()
    return Absent(absent, renamed=len(absent) >= MANY and 2 * len(absent) > len(rows))


def count_missing(feed: BoardFeed, batch: Batch, at: dt.datetime) -> int:
    """Count a full batch against what it does not list; return how many jobs are closed by it.

    An empty answer where jobs stood is suspicious: it counts for nothing, until the next one is empty too.
    What could not be read is not missing.
    """
    mine = (JobSource.board_feed == feed.id) & JobSource.gone_at.is_null()
    gone = list(
        JobSource.select(JobSource.id, JobSource.external_id).where(mine & (JobSource.last_seen_at < at))
    )
    if not gone:
        return 0
    missed = JobSource.missed + 1
    if not batch.postings:
        if feed.empty_since is None:
            log.warning(event("board.suddenly_empty", feed=feed.id, rows=len(gone)))
            return 0
        missed = ENOUGH
    unread = {skipped.row for skipped in batch.skipped}
    # A row that could not be read and that names no job of ours could be any of the missing ones.
    nameless = len(unread - {source.external_id for source in gone})
    ids = [source.id for source in gone if source.external_id not in unread]
    if len(ids) <= nameless:
        return 0
    JobSource.update(missed=missed).where(JobSource.id.in_(ids)).execute()
    return _close(feed, ids, at)


def _close(feed: BoardFeed, ids: list[int], at: dt.datetime) -> int:
    """Note as gone what was missed often enough; close the jobs that stand nowhere else."""
    enough = JobSource.id.in_(ids) & (JobSource.missed >= ENOUGH)
    jobs = [row[0] for row in JobSource.select(JobSource.job).where(enough).distinct().tuples()]
    if not jobs:
        return 0
    JobSource.update(gone_at=at).where(enough).execute()
    standing = JobSource.select(JobSource.job).where(JobSource.job.in_(jobs) & JobSource.gone_at.is_null())
    still = {row[0] for row in standing.tuples()}
    # Others lead now, and what they say is shown.
    refold(still, (), at)
    return Job.close([job for job in jobs if job not in still], WhyClosed.GONE, at)
