"""The first reading of a mailbox: old mail, newest first, a page a job, behind all new mail."""

import logging

from hearback.config import settings
from hearback.gmail.errors import GmailError
from hearback.logs import event
from hearback.models import Mailbox, MailboxState, User, now
from jobs.gmail_access import opened
from jobs.queues import queues, tried_again
from jobs.sync_mailbox import take_in

log = logging.getLogger(__name__)


def backfill_mailbox(mailbox_id: int) -> None:
    """Read the next page of old mail, then queue the page after it.

    Where it stands is in the database: after a crash the sweep rings, and the same page goes again.
    """
    mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
    if mailbox is None or mailbox.state != MailboxState.CONNECTED or mailbox.backfilled_at:
        return
    try:
        with opened(mailbox) as gmail:
            query = f"newer_than:{settings().backfill_days}d"
            ids, following = gmail.search(query, mailbox.backfill_token)
            found = take_in(mailbox, gmail, ids, None)
    except GmailError as fault:
        log.warning(event("backfill.failed", mailbox=mailbox_id, fault=type(fault).__name__))
        if not fault.permanent:
            raise
        return
    at = now()
    Mailbox.update(
        backfill_token=following,
        backfill_found=Mailbox.backfill_found + found,
        backfill_at=at,
        backfilled_at=None if following else at,
    ).where(Mailbox.id == mailbox_id).execute()
    User.touch(mailbox.user_id)
    if following:
        queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())
