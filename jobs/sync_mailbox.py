"""From "this mailbox changed" to changed applications: the job that everything else leads to.

Pushes, pull, fallback scan and backfill all end here. What makes it right is in the database: a
mail is unique, the cursor moves in the transaction of the mail it covers, and the fold does not
depend on the order of arrival. The lock and the marks in Redis only save work.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterable, Sequence

from hearback.config import settings
from hearback.gmail.client import Gmail, RawMail
from hearback.gmail.errors import GmailError, Gone, Transient
from hearback.logs import event
from hearback.mail import match
from hearback.models import (
    Event,
    HistoryGap,
    Mailbox,
    MailboxState,
    Message,
    Notification,
    User,
    database,
    join_group,
    now,
)
from hearback.models.application import Change, refold
from jobs import marks
from jobs.gmail_access import opened
from jobs.reading import NOT_READ, Arrived, Reading, read

log = logging.getLogger(__name__)

# Gmail's history can lag behind its push: seconds to wait before each further look. What is not
# there after them is left to the sweep.
LOOKS = (0.1, 0.3, 0.9)
# A gap is searched from somewhat before the last known mail: mail does not arrive in its own order.
GAP_MARGIN = dt.timedelta(hours=1)


def sync_mailbox(mailbox_id: int) -> None:
    """Read what is new in one mailbox and take it in.

    Raises Transient when Gmail fails for a time: RQ tries again, then the sweep does. A permanent
    fault is recorded on the mailbox and ends the job.
    """
    wanted = marks.take(mailbox_id)
    try:
        if not _sync_alone(mailbox_id, wanted):
            marks.leave(mailbox_id, wanted)
            # The holder may have looked for marks just before we left ours; then nobody would come.
            _sync_alone(mailbox_id, wanted)
    except GmailError as fault:
        log.warning(event("sync.failed", mailbox=mailbox_id, fault=type(fault).__name__))
        if not fault.permanent:
            raise


def _sync_alone(mailbox_id: int, wanted: int) -> bool:
    """Sync under the lock, and again while more is announced; False when another holds the lock."""
    while True:
        with marks.lock(mailbox_id) as held:
            if held is None:
                return False
            mailbox = Mailbox.get_or_none(Mailbox.id == mailbox_id)
            if mailbox is None or mailbox.state != MailboxState.CONNECTED:
                return True
            wanted = max(wanted, marks.take(mailbox_id), mailbox.notified_history_id)
            _sync(mailbox, wanted, held)
        if _announced(mailbox_id) <= wanted:
            return True


def _announced(mailbox_id: int) -> int:
    """The newest history id that anyone spoke of, asked after the lock was given back."""
    row = Mailbox.select(Mailbox.notified_history_id).where(Mailbox.id == mailbox_id).scalar()
    return max(row or 0, marks.look(mailbox_id))


def _sync(mailbox: Mailbox, wanted: int, held: marks.Held) -> None:
    with opened(mailbox) as gmail:
        if mailbox.history_id is None:
            # The cursor is taken before old mail is read, so that nothing falls in between.
            Mailbox.advance(mailbox.id, gmail.profile().history_id)
            mailbox = Mailbox.get_by_id(mailbox.id)
        for pause in (*LOOKS, None):
            newest = _walk(gmail, mailbox, held, wanted if pause else 0)
            if newest >= wanted or pause is None:
                break
            time.sleep(pause)
    Mailbox.update(last_sync_at=now(), last_error=None).where(Mailbox.id == mailbox.id).execute()


def _walk(gmail: Gmail, mailbox: Mailbox, held: marks.Held, wanted: int) -> int:
    """Go through history from the cursor, page by page; return the newest id that Gmail names.

    `startHistoryId` stays the same across pages. An empty answer older than `wanted` moves no cursor:
    Gmail lags, and the mail that was announced is yet to appear.
    """
    start, page = Mailbox.get_by_id(mailbox.id).history_id, None
    while True:
        held.renew()
        try:
            listed = gmail.history(start, page)
        except Gone:
            return _recover(gmail, mailbox, held, start)
        last = listed.next_page is None
        lagging = last and listed.reached is None and listed.newest < wanted
        cursor = listed.newest if last else listed.reached
        take_in(mailbox, gmail, listed.message_ids, None if lagging else cursor, held)
        if last:
            return listed.newest
        page = listed.next_page


def _recover(gmail: Gmail, mailbox: Mailbox, held: marks.Held, start: int) -> int:
    """Gmail forgot `start`: search for what came since the last known mail, then go on from today.

    The newest id is asked for first, so that what comes during the search is history's to tell.
    """
    newest = gmail.profile().history_id
    at = now()
    known: dt.datetime = Message.newest(mailbox.id) or mailbox.connected_at
    since = known - GAP_MARGIN
    found, page = 0, None
    while True:
        held.renew()
        ids, page = gmail.search(f"after:{int(since.timestamp())}", page)
        found += take_in(mailbox, gmail, ids, None, held)
        if page is None:
            break
    with database.atomic():
        HistoryGap.insert(
            mailbox=mailbox.id,
            from_history_id=start,
            to_history_id=newest,
            from_at=since,
            to_at=at,
            found=found,
        ).on_conflict_ignore().execute()
        Mailbox.advance(mailbox.id, newest)
    log.warning(event("history.gap", mailbox=mailbox.id, found=found))
    return newest


def take_in(
    mailbox: Mailbox,
    gmail: Gmail,
    gmail_ids: Sequence[str],
    cursor: int | None,
    held: marks.Held | None = None,
) -> int:
    """Fetch, read and store the unknown ones of `gmail_ids`, then move the cursor; return how many.

    When Gmail fails midway, what was read is stored, the cursor stays, and the fault goes on.
    """
    known = Message.known(mailbox.id, gmail_ids)
    readings: list[Reading] = []
    fault: Transient | None = None
    try:
        for mails in gmail.messages([i for i in gmail_ids if i not in known]):
            readings += _read_all(mailbox, mails)
            if held is not None:
                held.renew()
    except Transient as caught:
        fault = caught
    store(mailbox, readings, None if fault else cursor)
    if fault is not None:
        raise fault
    return len(readings)


def _read_all(mailbox: Mailbox, mails: Iterable[RawMail]) -> list[Reading]:
    readings = []
    for mail in mails:
        if mail.labels & NOT_READ:
            continue
        started = time.perf_counter()
        thread = f"{mailbox.id}.{mail.thread_id}"
        arrived = Arrived(mail.gmail_id, thread, mail.received_at, mail.raw, "SENT" in mail.labels)
        reading = read(arrived)
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        name = "mail.quarantined" if reading.quarantined else "mail.classified"
        log.info(event(name, mailbox=mailbox.id, category=reading.category, ms=milliseconds))
        readings.append(reading)
    return readings


def store(mailbox: Mailbox, readings: Sequence[Reading], cursor: int | None = None) -> list[Change]:
    """Store what was read, fold what it touches and move the cursor, all in one transaction."""
    at = now()
    changes: list[Change] = []
    with database.atomic():
        # Also orders those who insert the same mail, so that no two wait for each other.
        User.lock(mailbox.user_id)
        events = [i for reading in readings if (i := _add(mailbox, reading)) is not None]
        groups = Event.select(Event.group).where(Event.id.in_(events)).distinct().tuples()
        for (group_id,) in list(groups) if events else []:
            changes += refold(group_id, match.place, settings().confidence_threshold, at)
        for change in changes:
            _tell(mailbox, change)
        if events:
            User.touch(mailbox.user_id)
        if cursor is not None:
            Mailbox.advance(mailbox.id, cursor)
    for change in changes:
        log.info(event("status.changed", application=change.application_id, status=change.status))
    return changes


def _add(mailbox: Mailbox, reading: Reading) -> int | None:
    """Insert one mail; return its event's id, None when it was here or leaves no event."""
    message_id = Message.add(
        mailbox.id, reading.gmail_id, reading.received_at, reading.category, reading.quarantined
    )
    if message_id is None or reading.data is None:
        return None
    created = Event.create(
        user=mailbox.user_id,
        group=join_group(mailbox.user_id, reading.keys),
        kind=reading.kind,
        happened_at=reading.received_at,
        tiebreak=reading.gmail_id,
        message=message_id,
        data=reading.data,
    )
    return int(created.id)


def _tell(mailbox: Mailbox, change: Change) -> None:
    """Tell the user of a change, unless its mail is older than the connection: that is no news."""
    caused = Event.get_by_id(change.event_id)
    if caused.happened_at >= mailbox.connected_at and mailbox.state == MailboxState.CONNECTED:
        key = f"{change.event_id}:{change.status}"
        Notification.tell(
            mailbox.user_id,
            "status_change",
            key,
            change.application_id,
            change.event_id,
            change.status,
        )
