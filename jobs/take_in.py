"""From Gmail ids to stored events: fetched, read, folded and committed, together with the cursor."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence

from peewee import DataError

from hearback.config import settings
from hearback.gmail.answers import RawMail
from hearback.gmail.client import Gmail
from hearback.gmail.errors import Stuck, Transient
from hearback.logs import event
from hearback.mail import match
from hearback.mail.verdict import KEEPS_CONTENT
from hearback.models import (
    Event,
    Kind,
    Mailbox,
    MailboxState,
    Message,
    MessageState,
    Notification,
    User,
    database,
    join_group,
    lesson_for,
    now,
)
from hearback.models.application import Change, refold
from jobs import deliver, interview_news, marks, metrics, second_look
from jobs.reading import NOT_READ, Arrived, Reading, SecondLook, read
from jobs.stuck import given_up

log = logging.getLogger(__name__)

# What a value raises that no database keeps: half a character, a number too large.
UNSTORABLE = (DataError, UnicodeError, OverflowError)

# Counts what was read, in the transaction that stores it: so a kill can neither lose nor double a count.
Tally = Callable[[Sequence[Reading]], None]


def take_in(
    mailbox: Mailbox,
    gmail: Gmail,
    gmail_ids: Sequence[str],
    cursor: int | None,
    held: marks.Held,
    tally: Tally | None = None,
) -> list[Reading]:
    """Fetch, read and store the unknown ones of `gmail_ids`, then move the cursor; return the readings.

    When Gmail fails midway, what was read is stored, the cursor stays, and the fault goes on.
    """
    known = Message.known(mailbox.id, gmail_ids)
    readings: list[Reading] = []
    fault: Transient | None = None
    look = second_look.looker(mailbox, held)
    try:
        for mails in gmail.messages([i for i in gmail_ids if i not in known]):
            readings += read_all(mailbox, mails, look)
            held.renew()
    except Stuck as caught:
        aside = given_up(mailbox, gmail, caught.gmail_ids)
        readings += aside
        fault = caught if len(aside) < len(caught.gmail_ids) else None
    except Transient as caught:
        fault = caught
    _store(mailbox, readings, None if fault else cursor, tally=tally)
    if fault is not None:
        raise fault
    return readings


def _store(mailbox: Mailbox, readings: Sequence[Reading], cursor: int | None, tally: Tally | None) -> None:
    """Store what was read. Where the database does not take what a mail says, that mail is set aside."""
    try:
        store(mailbox, readings, cursor, tally=tally)
    except UNSTORABLE as fault:
        log.error(event("mail.unstorable", mailbox=mailbox.id, fault=type(fault).__name__))
        for reading in readings:
            try:
                store(mailbox, [reading], tally=tally)
            except UNSTORABLE:
                aside = Reading(
                    reading.gmail_id, reading.received_at, reading.category, quarantined="cannot be stored"
                )
                store(mailbox, [aside], tally=tally)
        store(mailbox, [], cursor)


def read_all(mailbox: Mailbox, mails: Iterable[RawMail], look: SecondLook | None) -> list[Reading]:
    """Read mails as Gmail gave them, without those that Gmail keeps beside the mailbox.

    No transaction may be open: a `look` asks over the network.
    """
    readings = []
    for mail in mails:
        if mail.labels & NOT_READ:
            continue
        started = time.perf_counter()
        thread = f"{mailbox.id}.{mail.thread_id}"
        arrived = Arrived(mail.gmail_id, thread, mail.received_at, mail.raw, "SENT" in mail.labels)
        reading = read(arrived, look)
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        name = "mail.quarantined" if reading.quarantined else "mail.classified"
        metrics.count("mails_total", category=reading.category)
        metrics.count("quarantined_total", 1 if reading.quarantined else 0)
        log.info(event(name, mailbox=mailbox.id, category=reading.category, ms=milliseconds))
        readings.append(reading)
    return readings


def store(
    mailbox: Mailbox,
    readings: Sequence[Reading],
    cursor: int | None = None,
    again: Sequence[int] = (),
    tally: Tally | None = None,
) -> list[Change]:
    """Store what was read, fold what it touches and move the cursor, all in one transaction.

    `again` are ids of messages in quarantine that `readings` take the place of.
    """
    if not readings and cursor is None:
        return []
    at = now()
    changes: list[Change] = []
    with database.atomic():
        # Also orders those who insert the same mail, so that no two wait for each other.
        User.lock(mailbox.user_id)
        if not Mailbox.select().where(Mailbox.id == mailbox.id).exists():
            # Its user had it erased while we read; nothing of it is to be kept.
            return []
        if again:
            aside = Message.id.in_(again) & (Message.state == MessageState.QUARANTINED)
            Message.delete().where(aside).execute()
        events = [i for reading in readings if (i := _add(mailbox, reading)) is not None]
        groups = Event.select(Event.group).where(Event.id.in_(events)).distinct().tuples()
        for (group_id,) in list(groups) if events else []:
            changes += refold(group_id, match.place, settings().confidence_threshold, at)
        heard = interview_news.tell(mailbox, events, at)
        # News of an interview says all that the new status would.
        for change in (one for one in changes if one.event_id not in heard):
            _tell(mailbox, change)
        if events:
            User.touch(mailbox.user_id)
        if tally is not None:
            tally(readings)
        if cursor is not None:
            Mailbox.advance(mailbox.id, cursor)
    for change in changes:
        log.info(event("status.changed", application=change.application_id, status=change.status))
    if events:
        deliver.ring_for(mailbox.user_id)
    return changes


def _add(mailbox: Mailbox, reading: Reading) -> int | None:
    """Insert one mail; return its event's id, None when it was here or leaves no event."""
    told = None
    if reading.data is not None and reading.kind is Kind.MAIL:
        told = lesson_for(mailbox.user_id, reading.received_at, reading.data, settings().confidence_threshold)
    if told is not None and not told.contested and told.category not in KEEPS_CONTENT:
        # The user said of such mail that it is not about a job: nothing of it is kept.
        at, correction = reading.received_at, told.correction
        Message.add(mailbox.id, reading.gmail_id, at, told.category, lesson=correction)
        return None
    message_id = Message.add(
        mailbox.id, reading.gmail_id, reading.received_at, reading.category, reading.quarantined
    )
    if message_id is None or reading.data is None:
        return None
    learnt = match.keys({"company": told.company}) if told else set()
    created = Event.create(
        user=mailbox.user_id,
        group=join_group(mailbox.user_id, reading.keys | learnt),
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
