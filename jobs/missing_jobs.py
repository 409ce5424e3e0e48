"""Which jobs a feed no longer lists, and when that means that they are gone."""

import datetime as dt
import logging

from hearback.boards.posting import Batch
from hearback.logs import event
from hearback.models import BoardFeed, Job, JobSource, WhyClosed

log = logging.getLogger(__name__)

# So many full fetches in a row must miss a job before it counts as gone.
ENOUGH = 2


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
    return Job.close([job for job in jobs if job not in still], WhyClosed.GONE, at)
