"""From "this mailbox changed" to changed applications: the job that everything else leads to.

Pushes, pull, fallback scan and backfill all end here. What makes it right is in the database: a
mail is unique, the cursor moves in the transaction of the mail it covers, and the fold does not
depend on the order of arrival. The lock and the marks in Redis only save work.
"""

import datetime as dt
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from hearback.config import settings
from hearback.gmail.client import Gmail
from hearback.gmail.errors import Gone
from hearback.logs import event
from hearback.models import HistoryGap, Mailbox, MailboxState, Message, now
from jobs import marks, metrics
from jobs.gmail_access import opened
from jobs.patience import patiently
from jobs.queues import queues, tried_again
from jobs.quota import Priority
from jobs.reading import Reading
from jobs.take_in import Tally, take_in

log = logging.getLogger(__name__)

# Gmail's history can lag behind its push: seconds to wait before each further look. What is not
# there after them is left to the sweep.
LOOKS = (0.1, 0.3, 0.9)
# A gap is searched from somewhat before the last known mail: mail does not arrive in its own order.
GAP_MARGIN = dt.timedelta(hours=1)
# A look that has lasted so long ends with its page, and another job goes on: well before RQ ends a job,
# and soon for a scan, which has other mailboxes to look at.
ROUND_SECONDS = {Priority.PUSH: 120.0, Priority.SCAN: 20.0}


@dataclass
class Looked:
    """What came of a look at a mailbox. `busy`: another works on it; `closed`: Gmail does not let us."""

    busy: bool = False
    closed: bool = False
    found: int = 0
    oldest: dt.datetime | None = None

    def add(self, readings: Sequence[Reading]) -> None:
        """Count what was read; `oldest` is when the first of all new mails came in."""
        self.found += len(readings)
        moments = [reading.received_at for reading in readings]
        self.oldest = min([*moments, *([self.oldest] if self.oldest else [])], default=None)


@dataclass
class _Round:
    """One look under way: whose it is, how far it must reach, and when it has lasted long enough."""

    mailbox: Mailbox
    gmail: Gmail
    held: marks.Held
    priority: Priority
    until: float
    looked: Looked = field(default_factory=Looked)

    def over(self) -> bool:
        """Whether to leave the rest to another job."""
        return time.monotonic() > self.until


def sync_mailbox(mailbox_id: int) -> None:
    """Read what is new in one mailbox and take it in.

    Raises Transient when Gmail fails for a time: RQ tries again, then the sweep does. A permanent
    fault is recorded on the mailbox and ends the job.
    """
    with patiently("sync", mailbox=mailbox_id):
        wanted = marks.take(mailbox_id)
        if look_at(mailbox_id, wanted).busy:
            marks.leave(mailbox_id, wanted)
            # The holder may have looked for marks just before we left ours; then nobody would come.
            look_at(mailbox_id, wanted)


def look_at(mailbox_id: int, wanted: int = 0, priority: Priority = Priority.PUSH) -> Looked:
    """Read a mailbox's news under its lock, and again while more is announced. Raises GmailError."""
    total = Looked()
    until = time.monotonic() + ROUND_SECONDS[priority]
    while True:
        with marks.lock(mailbox_id) as held:
            if held is None:
                return Looked(busy=True)
            mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
            if mailbox is None or mailbox.state != MailboxState.CONNECTED:
                return Looked(closed=True)
            wanted = max(wanted, marks.take(mailbox_id), mailbox.notified_history_id)
            started = time.perf_counter()
            with opened(mailbox, priority) as gmail:
                whole = _sync(_Round(mailbox, gmail, held, priority, until, total), wanted)
            metrics.observe("sync_seconds", time.perf_counter() - started)
        if not whole:
            # The rest is as urgent as new mail: it is new mail.
            queues.mail.enqueue(sync_mailbox, mailbox_id, **tried_again())
            return total
        if _announced(mailbox_id) <= wanted:
            _measure_lag(mailbox, total)
            return total


def _announced(mailbox_id: int) -> int:
    """The newest history id that anyone spoke of, asked after the lock was given back."""
    row = Mailbox.select(Mailbox.notified_history_id).where(Mailbox.id == mailbox_id).scalar()
    return max(row or 0, marks.look(mailbox_id))


def _measure_lag(mailbox: Mailbox, looked: Looked) -> None:
    """From the push to the stored verdict, where a push brought this mail and no scan."""
    if looked.oldest and mailbox.notified_at and mailbox.notified_at >= looked.oldest:
        metrics.observe("lag_accept_analysed_seconds", (now() - mailbox.notified_at).total_seconds())


def _sync(this: _Round, wanted: int) -> bool:
    """Walk until `wanted` is reached or history does not get there; False when the time is over."""
    mailbox = this.mailbox
    if mailbox.history_id is None:
        # The cursor is taken before old mail is read, so that nothing falls in between.
        Mailbox.advance(mailbox.id, this.gmail.profile().history_id)
    for pause in (*LOOKS, None):
        newest = _walk(this, wanted if pause else 0)
        if newest is None:
            return False
        if newest >= wanted or pause is None:
            break
        time.sleep(pause)
    if this.looked.found or this.priority is not Priority.SCAN:
        # A scan itself notes its looks that found nothing, for many mailboxes at once.
        Mailbox.update(last_sync_at=now(), last_error=None).where(Mailbox.id == mailbox.id).execute()
    return True


def _walk(this: _Round, wanted: int) -> int | None:
    """Go through history from the cursor, page by page; return the newest id that Gmail names.

    `startHistoryId` stays the same across pages. An empty answer older than `wanted` moves no cursor:
    Gmail lags, and the mail that was announced is yet to appear. None when the time is over.
    """
    start, page = Mailbox.get_by_id(this.mailbox.id).history_id, None
    while True:
        this.held.renew()
        try:
            listed = this.gmail.history(start, page)
        except Gone:
            return _recover(this, start)
        last = listed.next_page is None
        lagging = last and listed.reached is None and listed.newest < wanted
        cursor = listed.newest if last else listed.reached
        _take_in(this, listed.message_ids, None if lagging or cursor == start else cursor)
        if last:
            return listed.newest
        if this.over():
            return None
        page = listed.next_page


def _recover(this: _Round, start: int) -> int | None:
    """Gmail forgot `start`: search for what came since the last known mail, then go on from today.

    The newest id is asked for first, so that what comes during the search is history's to tell. None
    when the time is over; the next look then goes on with the same gap.
    """
    mailbox, at = this.mailbox, now()
    newest = this.gmail.profile().history_id
    known: dt.datetime = Message.newest(mailbox.id) or mailbox.connected_at
    since = max(known - GAP_MARGIN, at - dt.timedelta(days=settings().backfill_days))
    gap = HistoryGap.opened(mailbox.id, start, newest, since, at)
    page = None
    while True:
        this.held.renew()
        ids, page = this.gmail.search(f"after:{int(gap.from_at.timestamp())}", page)
        found = _take_in(this, ids, None, partial(_count, gap))
        if page is None:
            break
        # Each round reads further than the last: pages that are known by now do not end it.
        if found and this.over():
            return None
    Mailbox.advance(mailbox.id, newest)
    metrics.count("history_gaps_total")
    log.warning(event("history.gap", mailbox=mailbox.id, gap=gap.id))
    return newest


def _count(gap: HistoryGap, readings: Sequence[Reading]) -> None:
    HistoryGap.update(found=HistoryGap.found + len(readings)).where(HistoryGap.id == gap.id).execute()


def _take_in(this: _Round, ids: Sequence[str], cursor: int | None, tally: Tally | None = None) -> int:
    readings = take_in(this.mailbox, this.gmail, ids, cursor, this.held, tally)
    this.looked.add(readings)
    return len(readings)
