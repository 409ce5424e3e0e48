"""Finding work that nobody does any more, each minute: the reason why Redis may lose everything."""

import datetime as dt
import logging
from collections.abc import Callable

from rq import Queue
from rq.registry import ScheduledJobRegistry, StartedJobRegistry

from hearback.config import settings
from hearback.logs import event
from hearback.mail import match
from hearback.models import Application, Heartbeat, Mailbox, User, database, now
from hearback.models.application import refold
from jobs import lessons
from jobs.backfill import backfill_mailbox
from jobs.calendar import unwritten, write_calendar
from jobs.connect_mailbox import connect_mailbox
from jobs.deliver import ring_all
from jobs.leave_mailbox import leave_mailbox, unfinished_leaving
from jobs.queues import queues, tried_again
from jobs.read_document import read_document, unread
from jobs.replay import replay
from jobs.ring import ring
from jobs.scrape import fetch_feed, never_scraped, scrape_saved_searches
from jobs.sync_mailbox import sync_mailbox
from jobs.tailor import make_tailoring, unmade
from jobs.watch import care_for_watches

log = logging.getLogger(__name__)

# An announced id that Gmail's history did not show this long after its push is not coming.
PATIENCE = dt.timedelta(minutes=10)
# A process that has not beaten for so long was replaced by another of another name.
FORGOTTEN = dt.timedelta(days=7)
# A first reading that has not moved for so long has lost its job.
QUIET = dt.timedelta(minutes=2)


def sweep() -> None:
    """Ring for mailboxes with unread announcements or an unfinished start, and let the clock pass."""
    at = now()
    waiting = _waiting_for(queues.mail, sync_mailbox)
    rung = 0
    for mailbox_id, announced in Mailbox.unfinished(at, PATIENCE):
        if mailbox_id not in waiting:
            ring(mailbox_id, announced)
            rung += 1
    filling = _waiting_for(queues.backfill, backfill_mailbox)
    for mailbox_id in Mailbox.unfilled(at - QUIET):
        if mailbox_id not in filling:
            queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())
    for mailbox_id in Mailbox.without_cursor():
        queues.default.enqueue(connect_mailbox, mailbox_id, **tried_again())
    for mailbox_id in unfinished_leaving():
        queues.default.enqueue(leave_mailbox, mailbox_id, **tried_again())
    for mailbox_id in unwritten(at):
        queues.default.enqueue(write_calendar, mailbox_id, **tried_again())
    for found, function in ((unread(at), read_document), (unmade(at), make_tailoring)):
        waiting_now = _waiting_for(queues.default, function) if found else set()
        for row_id in found:
            if row_id not in waiting_now:
                queues.default.enqueue(function, row_id, **tried_again())
    replaying = _waiting_for(queues.default, replay)
    lessons.fetch_again([message_id for message_id in lessons.to_fetch() if message_id not in replaying])
    watches = care_for_watches(at)
    deliveries = ring_all(at)
    if never_scraped() and not _waiting_for(queues.backfill, fetch_feed):
        scrape_saved_searches()
    Heartbeat.forget(at - FORGOTTEN)
    clocks = pass_clocks(at)
    log.info(event("sweep.done", rung=rung, watches=watches, deliveries=deliveries, clocks=clocks))


def pass_clocks(at: dt.datetime) -> int:
    """Fold again the applications whose last interview has ended by `at`; return how many."""
    due = list(
        Application.select(Application.user, Application.group)
        .where(Application.clock_due_at <= at)
        .distinct()
        .tuples()
    )
    for user_id, group_id in due:
        with database.atomic():
            User.lock(user_id)
            refold(group_id, match.place, settings().confidence_threshold, at)
            User.touch(user_id)
    return len(due)


def _waiting_for(queue: Queue, function: Callable[[int], None]) -> set[int]:
    """Rows for which such a job surely waits, so that a long queue is not made longer.

    Jobs that a worker has begun do not count: the worker may be dead, and if not, the ring for it
    only comes after its lock.
    """
    jobs = queue.get_jobs()
    scheduled = ScheduledJobRegistry(queue=queue).get_job_ids()
    fetched = queue.job_class.fetch_many(scheduled, queue.connection, queue.serializer)
    jobs += [job for job in fetched if job is not None]
    started = set(StartedJobRegistry(queue=queue).get_job_ids())
    name = f"{function.__module__}.{function.__qualname__}"
    return {job.args[0] for job in jobs if job.func_name == name and job.id not in started}
