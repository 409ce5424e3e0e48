"""A single posting that a user brings by its address: read in a job, and then on their list."""

import logging
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from hearback.boards.faults import BoardFault
from hearback.boards.identity import address_key
from hearback.boards.jsonld import posting_of_page
from hearback.boards.normal.addresses import web
from hearback.boards.posting import Batch, Posting
from hearback.boards.web import open_web
from hearback.config import settings
from hearback.logs import event
from hearback.models import JobSource, PastedPosting, PasteState, User, now
from jobs import job_marks
from jobs.job_matches import match_new
from jobs.queues import queues, tried_again
from jobs.read_jobs import read_jobs
from jobs.refusals import BadAct
from jobs.take_jobs import take

log = logging.getLogger(__name__)

NONE_THERE = "The page describes no job in a way that we can read."
MANY_THERE = "The page lists {} jobs. Open one of them and paste its address, or follow the company."
LONGEST = 2_000


def bring(user_id: int, address: str) -> int:
    """Have the posting at an address read; return the id of what becomes of it. Raises BadAct."""
    text = address.strip()
    found = web(text if "://" in text else f"https://{text}") if len(text) <= LONGEST else None
    if found is None or "." not in (urlsplit(found).hostname or ""):
        raise BadAct("This is no web address. Paste that of the page with the posting, https and all.")
    pasted = PastedPosting.create(user=user_id, address=found)
    User.touch(user_id)
    _ring(pasted.id)
    return int(pasted.id)


def read_waiting() -> None:
    """Ring again for postings that still wait: their jobs may have gone with Redis."""
    waiting = PastedPosting.select(PastedPosting.id).where(PastedPosting.state == PasteState.WAITING)
    for row in waiting.tuples():
        _ring(row[0])


def read_posting(pasted_id: int) -> None:
    """Read one posting, take it among the jobs, and put it on its user's list."""
    pasted = PastedPosting.get_or_none(PastedPosting.id == pasted_id)
    if pasted is None or pasted.state != PasteState.WAITING:
        return
    try:
        with open_web(settings()) as visit:
            batch = posting_of_page(visit, pasted.address)
    except BoardFault as fault:
        pasted.end(PasteState.FAILED, fault.words)
        return
    posting = _meant(batch, pasted.address)
    if posting is None:
        many = len(batch.postings)
        pasted.end(PasteState.FAILED, MANY_THERE.format(many) if many else NONE_THERE)
        return
    taken = take(None, Batch(postings=(posting,), rows=1), now())
    source = JobSource.get_or_none(
        (JobSource.board == posting.board)
        & (JobSource.feed == posting.feed)
        & (JobSource.external_id == posting.external_id)
    )
    if source is None:
        pasted.end(PasteState.FAILED, NONE_THERE)
        return
    job_marks.save(pasted.user_id, source.job_id)
    read_jobs(taken.unread)
    pasted.end(PasteState.DONE, job_id=source.job_id)
    if taken.ids:
        queues.default.enqueue(match_new, taken.ids, **tried_again())


def _meant(batch: Batch, address: str) -> Posting | None:
    """The one posting of a page, or that of several whose own address it is."""
    if len(batch.postings) == 1:
        return batch.postings[0]
    key = address_key(address)
    same = [posting for posting in batch.postings if key and address_key(posting.url) == key]
    return same[0] if len(same) == 1 else None


def _ring(pasted_id: int) -> None:
    try:
        queues.default.enqueue(read_posting, pasted_id, **tried_again())
    except RedisError as fault:
        log.warning(event("posting.not_rung", pasted=pasted_id, fault=type(fault).__name__))
