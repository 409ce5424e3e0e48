"""The first reading of a mailbox: old mail, newest first, a page a job, behind all new mail."""

import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial

from hearback.config import settings
from hearback.gmail.client import Gmail
from hearback.gmail.errors import BadRequest, Paused
from hearback.logs import event
from hearback.models import Kind, Mailbox, MailboxState, User, now
from jobs import marks
from jobs.gmail_access import opened
from jobs.patience import patiently
from jobs.queues import queues, tried_again
from jobs.quota import Priority
from jobs.reading import Reading
from jobs.take_in import take_in

log = logging.getLogger(__name__)


def backfill_mailbox(mailbox_id: int) -> None:
    """Read the next page of old mail, then queue the page after it.

    Where it stands is in the database: after a crash the sweep rings, and the same page goes again.
    Where the mailbox's units are used up, the rest waits for them in the queue and not in a worker.
    """
    with patiently("backfill", mailbox=mailbox_id), marks.lock(mailbox_id, "backfill") as held:
        mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
        if held is None or mailbox is None or mailbox.state != MailboxState.CONNECTED:
            return
        if mailbox.backfilled_at:
            return
        try:
            with opened(mailbox, Priority.BACKFILL) as gmail:
                finished = _read_page(mailbox, gmail, held)
        except Paused as pause:
            Mailbox.update(backfill_at=now()).where(Mailbox.id == mailbox_id).execute()
            wait = dt.timedelta(seconds=pause.retry_after or 1.0)
            queues.backfill.enqueue_in(wait, backfill_mailbox, mailbox_id, **tried_again())
            return
    if not finished:
        queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())


def _read_page(mailbox: Mailbox, gmail: Gmail, held: marks.Held) -> bool:
    """Read one page, counted before the first, and note where that stands; True when it was the last."""
    query = f"newer_than:{settings().backfill_days}d"
    try:
        if mailbox.backfill_began_at is None:
            _count(mailbox, gmail, query, held)
            mailbox.backfill_token = None
        held.renew()
        ids, following = gmail.search(query, mailbox.backfill_token)
    except BadRequest:
        stands = Mailbox.get_by_id(mailbox.id)
        if stands.backfill_token is None:
            raise
        # Page tokens do not live for ever. The listing begins anew, and what is known is not fetched again.
        log.info(event("backfill.restarted", mailbox=mailbox.id))
        again = {"backfill_done": 0} if stands.backfill_began_at else {"backfill_total": None}
        _note(mailbox, backfill_token=None, **again)
        return False
    take_in(mailbox, gmail, ids, None, held, partial(_add_found, mailbox))
    _note(
        mailbox,
        backfill_token=following,
        backfill_done=Mailbox.backfill_done + len(ids),
        backfilled_at=None if following else now(),
    )
    return following is None


def _count(mailbox: Mailbox, gmail: Gmail, query: str, held: marks.Held) -> None:
    """Count what there is to read. Where it stands is kept, so that a pause midway costs no second count."""
    page, total = mailbox.backfill_token, mailbox.backfill_total or 0
    while True:
        held.renew()
        number, page = gmail.tally(query, page)
        total += number
        began = None if page else now()
        _note(mailbox, backfill_total=total, backfill_token=page, backfill_began_at=began)
        if page is None:
            return


def _add_found(mailbox: Mailbox, readings: Sequence[Reading]) -> None:
    found = sum(reading.kind == Kind.MAIL and reading.data is not None for reading in readings)
    _note(mailbox, backfill_found=Mailbox.backfill_found + found)


def _note(mailbox: Mailbox, **values: object) -> None:
    Mailbox.update(backfill_at=now(), **values).where(Mailbox.id == mailbox.id).execute()
    User.touch(mailbox.user_id)
