"""Fetching the boards: each on its own, as often as it is due and allowed, and each run on record."""

import datetime as dt
import logging
from collections.abc import Iterable

from rq import Queue
from rq.registry import StartedJobRegistry

from hearback.boards.faults import BoardFault
from hearback.boards.posting import Batch
from hearback.boards.registry import fetch
from hearback.boards.web_cache import cache_folder, clean_cache
from hearback.chunks import chunks
from hearback.config import settings
from hearback.logs import event
from hearback.models import BoardFeed, BoardRun, now
from jobs.board_feeds import asked, default_searches, keep_feeds, search_of
from jobs.fan_out import fan_out
from jobs.job_matches import match_new
from jobs.queues import queues, tried_again
from jobs.read_jobs import read_jobs
from jobs.scrape_run import Ended, end, failed
from jobs.take_jobs import Taken, take

log = logging.getLogger(__name__)

# So many boards a second are begun: most fetches take a few seconds.
A_SECOND = 0.5
# A visit ends itself before this, see hearback.boards.web; what it gave is taken in within the rest.
LONGEST_SECONDS = 900
# What is due is rung for each round; what is due for so long has lost its job.
LATE = dt.timedelta(minutes=45)
# Between a claim and its job's mark among the started ones; RQ notices a dead worker after as long.
GRACE = dt.timedelta(minutes=2)
# So many new jobs are held against all searches in one job.
MATCHED_AT_ONCE = 200
# While others fetch, a board waits so long and asks again.
ROOM = dt.timedelta(seconds=20)


def scrape_saved_searches() -> None:
    """Queue a fetch of each board that is due; the searches of everybody have times of their own."""
    keep_feeds(now())
    apart = [wanted.key for wanted in default_searches()[:2]]
    own = ~((BoardFeed.by == "search") & BoardFeed.key.in_(apart))
    ring(BoardFeed.due(now(), own & asked()), "searches")


def never_scraped() -> bool:
    """Whether no board was ever fetched: a new installation does not wait hours for its first jobs."""
    return not BoardFeed.select().where(BoardFeed.last_run_at.is_null(False)).exists()


def scrape_first_default() -> None:
    """Queue the first search of everybody at each board that is asked for searches."""
    _scrape_default(0)


def scrape_second_default() -> None:
    """Queue the second search of everybody, a quarter of an hour later: boards like no bursts."""
    _scrape_default(1)


def ring_late() -> None:
    """Queue what has been due for long: a killed worker or an emptied Redis lost its job."""
    _release_dead(now())
    ring(BoardFeed.due(now() - LATE, asked()), "late")


def clean_board_cache() -> None:
    """Remove old answers of boards."""
    removed = clean_cache(cache_folder(settings().board_cache))
    log.info(event("boards.cache_cleaned", removed=removed))


def ring(feed_ids: Iterable[int], why: str) -> None:
    """Queue a fetch of each of these feeds, behind all mail."""
    arguments = ((feed_id,) for feed_id in feed_ids)
    count = fan_out(queues.backfill, fetch_feed, arguments, A_SECOND, LONGEST_SECONDS)
    log.info(event("boards.rung", feeds=count, why=why))


def fetch_feed(feed_id: int) -> None:
    """Fetch one feed if it is due and nobody else does, take in what it gave, and keep the record of it.

    It may be rung for as often as one likes. No transaction is open while the board is asked.
    """
    at = now()
    if not _room(at):
        queues.backfill.enqueue_in(ROOM, fetch_feed, feed_id, job_timeout=LONGEST_SECONDS, **tried_again())
        return
    feed = BoardFeed.claim(feed_id, at)
    if feed is None:
        return
    if BoardRun.bury(feed.id, at):
        log.warning(event("board.was_killed", feed=feed.id))
    run = BoardRun.create(feed=feed.id, board=feed.board, started_at=at)
    ended = False
    try:
        taken = _run(feed, run, at)
        ended = True
    finally:
        if not ended:
            failed(feed, run, now())
    read_jobs(taken.unread)
    for ids in chunks(taken.ids, MATCHED_AT_ONCE):
        queues.default.enqueue(match_new, ids, **tried_again())


def _run(feed: BoardFeed, run: BoardRun, at: dt.datetime) -> Taken:
    answer = _ask(feed)
    taken = Taken() if isinstance(answer, BoardFault) else take(feed, answer, at)
    ended = Ended.of(answer, taken)
    end(feed, run, ended, now())
    log.info(event("board.fetched", feed=feed.id, state=ended.state, rows=ended.rows, new=taken.new))
    return taken


def _ask(feed: BoardFeed) -> Batch | BoardFault:
    search = search_of(feed)
    key = feed.key if search is None else ""
    try:
        return fetch(feed.board, settings(), key=key, company=feed.name or None, search=search)
    except BoardFault as fault:
        return fault


def _room(at: dt.datetime) -> bool:
    """Whether a worker may fetch: one is kept free, since boards are slow and mail must not wait for them."""
    return BoardFeed.claimed(at) < max(1, settings().processes - 1)


def _release_dead(at: dt.datetime) -> None:
    """Let go of feeds that nobody fetches any more: each would take the room of another."""
    alive = set()
    for queue in (queues.default, queues.backfill):
        for job in queue.job_class.fetch_many(_started(queue), queue.connection, queue.serializer):
            if job is not None and job.func_name == f"{__name__}.{fetch_feed.__name__}":
                alive.add(job.args[0])
    held = BoardFeed.claimed_at < at - GRACE
    freed = BoardFeed.update(claimed_at=None).where(held & BoardFeed.id.not_in(sorted(alive))).execute()
    if freed:
        log.warning(event("boards.released", feeds=freed))


def _started(queue: Queue) -> list[str]:
    return list(StartedJobRegistry(queue=queue).get_job_ids())


def _scrape_default(number: int) -> None:
    searches = default_searches()
    if number < len(searches):
        keep_feeds(now())
        own = (BoardFeed.by == "search") & (BoardFeed.key == searches[number].key)
        ring(BoardFeed.due(now(), own & asked()), "default")
