"""The fallback scan: a look at every mailbox, for the pushes that never came."""

import datetime as dt
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hearback.chunks import chunks
from hearback.config import settings
from hearback.gmail.errors import GmailError
from hearback.logs import event
from hearback.models import Mailbox, ScanRun, database, now
from jobs.fan_out import fan_out
from jobs.patience import wait
from jobs.queues import queues, tried_again
from jobs.quota import Priority
from jobs.sync_mailbox import Looked, look_at, sync_mailbox
from jobs.watch import renew_watch

log = logging.getLogger(__name__)

EVERY = dt.timedelta(minutes=30)
# So many mailboxes are one job: it looks at several at once, since nearly all of its time is waiting.
# More at once would leave nothing for a second pool of workers to gain on the same cores.
CHUNK = 50
SIDE_BY_SIDE = 3
# The chunks of a large service are spread over so much of the time until the next scan; those of a
# small one come as fast as this.
SPREAD = EVERY * 0.8
CHUNKS_A_SECOND = 2.0
# Mail younger than this may still be announced by a push.
PUSH_PATIENCE = dt.timedelta(minutes=2)


def scan_all() -> None:
    """Queue a look at every connected mailbox, in bulk, and begin the record of it."""
    at = now()
    quiet = dt.timedelta(minutes=settings().scan_pushed_minutes)
    rested = at - quiet if quiet > EVERY else None
    run = ScanRun.create(started_at=at)
    total = Mailbox.count_for_scan(rested)
    a_second = max(CHUNKS_A_SECOND, total / CHUNK / SPREAD.total_seconds())
    cut = ((run.id, chunk) for chunk in chunks(Mailbox.ids_for_scan(rested), CHUNK))
    made = fan_out(queues.default, scan_chunk, cut, a_second)
    run.close(made, total, now())
    log.info(event("scan.queued", scan=run.id, mailboxes=total))


@dataclass
class _Count:
    """What a chunk's looks came to."""

    idle: list[int]
    updated: int = 0
    failed: int = 0


def scan_chunk(run_id: int, mailbox_ids: Sequence[int]) -> None:
    """Look at each of these mailboxes, several at once, and report to the scan's record.

    Where Gmail fails for a time the mailbox gets a job of its own; the others go on.
    """
    count = _Count(idle=[])
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        for mailbox_id, looked in zip(mailbox_ids, threads.map(_look, mailbox_ids), strict=True):
            _add(count, mailbox_id, looked)
    at = now()
    with database.atomic():
        Mailbox.update(last_sync_at=at, last_error=None).where(Mailbox.id.in_(count.idle or [0])).execute()
        ScanRun.report(run_id, len(mailbox_ids), count.updated, count.failed, at)
    log.info(
        event(
            "scan.chunk",
            scan=run_id,
            scanned=len(mailbox_ids),
            updated=count.updated,
            failed=count.failed,
        )
    )


def _look(mailbox_id: int) -> Looked | GmailError:
    """One look in a thread of its own, with a database connection of its own."""
    with database.connection_context():
        try:
            return look_at(mailbox_id, priority=Priority.SCAN)
        except GmailError as fault:
            return fault


def _add(count: _Count, mailbox_id: int, looked: Looked | GmailError) -> None:
    if isinstance(looked, GmailError):
        count.failed += 1
        log.warning(event("scan.failed", mailbox=mailbox_id, fault=type(looked).__name__))
        if not looked.permanent:
            later = dt.timedelta(seconds=wait(looked, tried=1))
            queues.default.enqueue_in(later, sync_mailbox, mailbox_id, **tried_again())
    elif looked.busy or looked.closed:
        # Another works on it just now, or it was disconnected meanwhile.
        return
    elif looked.found:
        count.updated += 1
        _ask_why(mailbox_id, looked)
    else:
        count.idle.append(mailbox_id)


def _ask_why(mailbox_id: int, looked: Looked) -> None:
    """Where mail came that no push told of, its watch may be silent: note it, and renew the watch at once."""
    at = now()
    if looked.oldest is None or looked.oldest > at - PUSH_PATIENCE:
        return
    silent = Mailbox.notified_at.is_null() | (Mailbox.notified_at < looked.oldest)
    if Mailbox.update(missed_at=at).where((Mailbox.id == mailbox_id) & silent).execute():
        log.warning(event("push.missed", mailbox=mailbox_id))
        queues.default.enqueue(renew_watch, mailbox_id, **tried_again())
