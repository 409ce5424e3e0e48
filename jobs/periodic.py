"""What the scheduler rings: a thin tick that queues the real job, whose runs the ledger keeps."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from crontab import CronTab

from hearback.logs import event
from hearback.models import PeriodicRun, now
from jobs.follow_ups import remind_all
from jobs.job_ends import expire_jobs
from jobs.job_matches import match_missed, tell_all
from jobs.queues import queues, tried_again
from jobs.reminders import remind_a_day_before, remind_an_hour_before, write_reports, write_summaries
from jobs.retention import drop_deleted, drop_old_notifications
from jobs.saved_searches_paste import read_waiting
from jobs.scan import scan_all
from jobs.scrape import (
    clean_board_cache,
    ring_late,
    scrape_first_default,
    scrape_saved_searches,
    scrape_second_default,
)
from jobs.sweep import sweep
from jobs.watch import renew_watches

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """A row of the schedule: what runs, when (five fields of cron, in UTC), on which queue, and why."""

    name: str
    function: Callable[[], None]
    when: str
    why: str
    queue: str = "default"

    def after(self, at: dt.datetime) -> dt.datetime:
        """The first moment after `at` at which this runs."""
        found: dt.datetime = CronTab(self.when).next(now=at.astimezone(dt.UTC), return_datetime=True)
        return found

    @property
    def period(self) -> dt.timedelta:
        """From one run to the next; no row has runs of uneven distance."""
        first = self.after(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return self.after(first) - first


TABLE = (
    Periodic("sweep", sweep, "* * * * *", "finds work that a crash or a flush left"),
    Periodic("fallback_scan", scan_all, "*/30 * * * *", "finds mail whose push never came"),
    Periodic("watch_renewal", renew_watches, "0 4 * * *", "Gmail's watch ends after seven days"),
    Periodic("interview_reminders", remind_a_day_before, "0 * * * *", "interviews 20 to 28 hours away"),
    Periodic("last_hour_reminders", remind_an_hour_before, "*/5 * * * *", "interviews within the hour"),
    Periodic("follow_ups", remind_all, "*/5 * * * *", "nobody has answered for days; at each user's hour"),
    Periodic("weekly_summaries", write_summaries, "*/5 * * * *", "Mondays, at each user's hour"),
    Periodic("monthly_reports", write_reports, "*/5 * * * *", "the 1st, at each user's hour"),
    Periodic("scrape_saved_searches", scrape_saved_searches, "0 */6 * * *", "boards have new jobs"),
    Periodic("scrape_first_default", scrape_first_default, "15 */6 * * *", "the first search of everybody"),
    Periodic("scrape_second_default", scrape_second_default, "30 */6 * * *", "the second, a while later"),
    Periodic("late_boards", ring_late, "*/10 * * * *", "finds boards that a crash or a flush left"),
    Periodic("expire_jobs", expire_jobs, "0 2 * * *", "jobs end: too old, past their date"),
    Periodic("board_cache_clean_up", clean_board_cache, "0 3 * * *", "old answers are of no use"),
    Periodic("job_matches", tell_all, "*/5 * * * *", "new jobs for saved searches, gathered by search"),
    Periodic("missed_matches", match_missed, "*/10 * * * *", "new jobs that a crash or a flush left"),
    Periodic("pasted_postings", read_waiting, "*/5 * * * *", "postings that users brought, not read yet"),
    Periodic("notification_clean_up", drop_old_notifications, "0 2 * * 0", "90 days are enough"),
    Periodic("document_clean_up", drop_deleted, "30 * * * *", "what was deleted a day ago goes for good"),
)

ROWS = {row.name: row for row in TABLE}


def tick(name: str) -> None:
    """Queue one run of a row.

    rq-scheduler's own jobs know no retry, so a tick does nothing that could fail but this.
    """
    row = ROWS.get(name)
    queue = getattr(queues, row.queue) if row is not None else queues.default
    queue.enqueue(run, name, at_front=True, **tried_again())


def run(name: str) -> None:
    """Run one row and keep account of it; a failure is noted and then raised, for RQ to try again."""
    row = ROWS.get(name)
    if row is None:
        # The row left the table while its tick was on the way.
        log.warning(event("periodic.unknown", row=name))
        return
    at = now()
    PeriodicRun.started(name, at, row.after(at))
    finished = False
    try:
        row.function()
        finished = True
    finally:
        if finished:
            PeriodicRun.succeeded(name, now())
        else:
            PeriodicRun.failed(name, now(), "raised; the worker's log has the reason")
