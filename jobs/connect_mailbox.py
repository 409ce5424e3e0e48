"""What follows when a user lets us read a mailbox: cursor, watch, first reading."""

from hearback.models import Mailbox, MailboxState
from jobs.backfill import backfill_mailbox
from jobs.gmail_access import opened
from jobs.patience import patiently
from jobs.queues import queues, tried_again
from jobs.sync_mailbox import sync_mailbox
from jobs.watch import watch


def connect_mailbox(mailbox_id: int) -> None:
    """Set the cursor, ask Gmail to watch, and begin to read old mail.

    The cursor is set first, so that mail which comes during the first reading is not lost between
    the two. A mailbox that was connected before goes on from where its cursor stands. Doing it again
    changes nothing but the watch's end.
    """
    mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
    if mailbox is None or mailbox.state != MailboxState.CONNECTED:
        return
    with patiently("connect", mailbox=mailbox_id), opened(mailbox) as gmail:
        if mailbox.history_id is None:
            Mailbox.advance(mailbox_id, gmail.profile().history_id)
        watch(mailbox, gmail)
        if mailbox.history_id is not None:
            queues.mail.enqueue(sync_mailbox, mailbox_id, **tried_again())
        if mailbox.backfilled_at is None:
            queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())
