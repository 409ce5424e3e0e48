"""Messages that Gmail fails to give each time: after a while they are set aside, so that the rest goes on."""

import datetime as dt
import logging
from collections.abc import Sequence

from hearback.gmail.client import Gmail
from hearback.gmail.errors import Transient
from hearback.logs import event
from hearback.mail.verdict import Category
from hearback.models import Mailbox, Message, now
from jobs import metrics
from jobs.queues import redis
from jobs.reading import Reading

log = logging.getLogger(__name__)

# So long a message may fail before it is given up, to be read again when an operator asks.
PATIENCE = dt.timedelta(hours=1)
REMEMBERED_SECONDS = 24 * 3600
REASON = "Gmail could not give it, again and again"
# So many known messages are asked for, to see whether Gmail gives any: some may have been deleted.
PROBES = 3


def given_up(mailbox: Mailbox, gmail: Gmail, gmail_ids: Sequence[str]) -> list[Reading]:
    """Readings in quarantine for those of `gmail_ids` that failed for long while Gmail gives others.

    Since when they fail is kept in Redis: losing it costs them patience and nothing else.
    """
    at = now()
    old = [gmail_id for gmail_id in gmail_ids if _failing_since(mailbox.id, gmail_id, at) <= at - PATIENCE]
    if not old or not _gives(mailbox, gmail):
        return []
    metrics.count("quarantined_total", len(old))
    log.error(event("mail.stuck", mailbox=mailbox.id, messages=len(old)))
    return [Reading(gmail_id, at, Category.other, quarantined=REASON) for gmail_id in old]


def _failing_since(mailbox_id: int, gmail_id: str, at: dt.datetime) -> dt.datetime:
    key = f"hearback:stuck:{mailbox_id}:{gmail_id}"
    redis().set(key, at.timestamp(), ex=REMEMBERED_SECONDS, nx=True)
    since = redis().get(key)
    return dt.datetime.fromtimestamp(float(since), dt.UTC) if since else at


def _gives(mailbox: Mailbox, gmail: Gmail) -> bool:
    """Whether Gmail gives messages that it gave before; if not, it is ill and not the message."""
    known = Message.select(Message.gmail_id).where(Message.mailbox == mailbox.id)
    latest = known.order_by(Message.received_at.desc()).limit(PROBES)
    try:
        return any(mails for mails in gmail.messages([row.gmail_id for row in latest]))
    except Transient:
        return False
