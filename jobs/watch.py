"""Gmail's watch, which ends after seven days: asked for when a mailbox is connected, and renewed each day."""

import datetime as dt
import logging

from hearback.config import settings
from hearback.gmail.client import Gmail
from hearback.gmail.errors import BadRequest, Gone, Refused
from hearback.logs import event
from hearback.models import Mailbox, MailboxState, Notification, User, now
from jobs import metrics
from jobs.fan_out import fan_out
from jobs.gmail_access import TROUBLE, opened
from jobs.patience import patiently
from jobs.queues import queues, tried_again
from jobs.quota import Priority
from jobs.sync_mailbox import sync_mailbox

log = logging.getLogger(__name__)

# So many renewals a second, which is a twentieth of the project's units.
A_SECOND = 10
# A watch that was refused is asked for again after so long, and when a day has passed.
AGAIN = dt.timedelta(minutes=15)


def renew_watches() -> None:
    """Queue a renewal for every mailbox, in bulk. Google asks for one a day."""
    ids = Mailbox.ids_in(MailboxState.CONNECTED, MailboxState.REFUSED)
    count = fan_out(queues.default, renew_watch, ((mailbox_id,) for mailbox_id in ids), A_SECOND)
    log.info(event("watches.queued", mailboxes=count))


def renew_watch(mailbox_id: int) -> None:
    """Ask Gmail to go on watching one mailbox. Where it was refused before, find out whether that ended."""
    mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
    if mailbox is None or mailbox.state not in {MailboxState.CONNECTED, MailboxState.REFUSED}:
        return
    with patiently("watch", mailbox=mailbox_id), opened(mailbox, Priority.SCAN) as gmail:
        if mailbox.state == MailboxState.REFUSED:
            gmail.profile()
            Mailbox.update(state=MailboxState.CONNECTED, last_error=None).where(
                (Mailbox.id == mailbox_id) & (Mailbox.state == MailboxState.REFUSED)
            ).execute()
            queues.mail.enqueue(sync_mailbox, mailbox_id, **tried_again())
        watch(mailbox, gmail)


def watch(mailbox: Mailbox, gmail: Gmail) -> None:
    """Ask for the watch and note what came of it, on every row of this address: Google has but one.

    A refusal does not end the reading of the mailbox: scans find its mail. Its user and /metrics are told.
    """
    at = now()
    try:
        granted = gmail.watch(settings().pubsub_topic)
    except (Refused, BadRequest, Gone) as fault:
        Mailbox.update(watch_tried_at=at, watch_error=str(fault)).where(Mailbox.id == mailbox.id).execute()
        _alert(mailbox, "watch_refused", at)
        metrics.count("watch_renewals_total", outcome="refused")
        log.warning(event("watch.refused", mailbox=mailbox.id, fault=type(fault).__name__))
        return
    Mailbox.update(watch_expires_at=granted.expires_at, watch_tried_at=at, watch_error=None).where(
        (Mailbox.address == mailbox.address) & (Mailbox.state == MailboxState.CONNECTED)
    ).execute()
    metrics.count("watch_renewals_total", outcome="renewed")
    User.touch(mailbox.user_id)


def care_for_watches(at: dt.datetime) -> int:
    """Ask again for watches that are missing or have run out, and alert; return how many."""
    rows = list(
        Mailbox.select().where(
            (Mailbox.state == MailboxState.CONNECTED)
            & (Mailbox.watch_expires_at.is_null() | (Mailbox.watch_expires_at < at))
            & (Mailbox.watch_tried_at.is_null() | (Mailbox.watch_tried_at < at - AGAIN))
        )
    )
    for mailbox in rows:
        if mailbox.watch_expires_at is not None:
            _alert(mailbox, "watch_lapsed", mailbox.watch_expires_at)
        Mailbox.update(watch_tried_at=at).where(Mailbox.id == mailbox.id).execute()
        queues.default.enqueue(renew_watch, mailbox.id, **tried_again())
    return len(rows)


def _alert(mailbox: Mailbox, what: str, at: dt.datetime) -> None:
    """Tell the user once a day at most; pages and /metrics show it as long as it lasts."""
    if Notification.tell(mailbox.user_id, TROUBLE, f"{what}:{mailbox.id}:{at:%Y%m%d}"):
        User.touch(mailbox.user_id)
