"""What follows when a user lets us read a mailbox: cursor, watch, first reading."""

import logging

from hearback.config import settings
from hearback.gmail.errors import GmailError
from hearback.logs import event
from hearback.models import Mailbox, MailboxState, User
from jobs.backfill import backfill_mailbox
from jobs.gmail_access import opened
from jobs.queues import queues, tried_again

log = logging.getLogger(__name__)


def connect_mailbox(mailbox_id: int) -> None:
    """Set the cursor, ask Gmail to watch, and begin to read old mail.

    The cursor is set first, so that mail which comes during the first reading is not lost between
    the two. Doing it again changes nothing but the watch's end.
    """
    mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
    if mailbox is None or mailbox.state != MailboxState.CONNECTED:
        return
    try:
        with opened(mailbox) as gmail:
            if mailbox.history_id is None:
                Mailbox.advance(mailbox_id, gmail.profile().history_id)
            watch = gmail.watch(settings().pubsub_topic)
    except GmailError as fault:
        log.warning(event("connect.failed", mailbox=mailbox_id, fault=type(fault).__name__))
        if not fault.permanent:
            raise
        return
    Mailbox.update(watch_expires_at=watch.expires_at, last_error=None).where(
        Mailbox.id == mailbox_id
    ).execute()
    User.touch(mailbox.user_id)
    if mailbox.backfilled_at is None:
        queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())
