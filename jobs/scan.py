"""The fallback scan: a look at every mailbox, for the pushes that never came."""

import logging

from rq import Queue

from hearback.logs import event
from hearback.models import Mailbox
from jobs.queues import FAILURE_SECONDS, queues
from jobs.sync_mailbox import sync_mailbox

log = logging.getLogger(__name__)

# So many jobs go to Redis in one trip.
CHUNK = 500


def scan_all() -> None:
    """Queue a look at every connected mailbox, in bulk."""
    ids = Mailbox.connected_ids()
    for start in range(0, len(ids), CHUNK):
        queues.default.enqueue_many(
            [
                Queue.prepare_data(sync_mailbox, (mailbox_id,), failure_ttl=FAILURE_SECONDS)
                for mailbox_id in ids[start : start + CHUNK]
            ]
        )
    log.info(event("scan.queued", mailboxes=len(ids)))
