"""What an operator must know of the service, asked in a few queries: for /metrics and for /admin."""

import datetime as dt
from dataclasses import dataclass

from peewee import SQL, Case, Expression, fn
from rq.job import Job
from rq.registry import FailedJobRegistry, ScheduledJobRegistry
from rq.serializers import JSONSerializer

from hearback.models import (
    SET_ASIDE,
    Heartbeat,
    HistoryGap,
    Mailbox,
    MailboxState,
    Message,
    PeriodicRun,
    ScanRun,
)
from jobs.periodic import TABLE
from jobs.queues import JOB_SECONDS, queues, redis

DAY = dt.timedelta(days=1)
# The scheduler looks every few seconds, and a worker may be busy: so late is not yet overdue.
LEAST_GRACE = dt.timedelta(minutes=1)
# The scheduler beats each minute. A worker beats between jobs, and a job may take so long.
SILENT_AFTER = {
    "scheduler": dt.timedelta(minutes=3),
    "pull": dt.timedelta(minutes=3),
    "worker": dt.timedelta(seconds=JOB_SECONDS + 60),
}
# A mailbox that was connected just now has no watch yet, and a push that came just now is being read.
PATIENCE = dt.timedelta(minutes=5)
# Jobs may be put in front, so the oldest one need not be the first; it is among the first few.
LOOKED_AT = 32


@dataclass(frozen=True)
class Mailboxes:
    """All mailboxes in numbers. `unread_since` is the oldest announcement that no look has followed."""

    states: dict[str, int]
    expiring: int
    lapsed: int
    behind: int
    unread_since: dt.datetime | None


@dataclass(frozen=True)
class Row:
    """A periodic job: what its row in the ledger says, None where it never ran."""

    name: str
    why: str
    started_at: dt.datetime | None
    succeeded_at: dt.datetime | None
    failed_at: dt.datetime | None
    due_at: dt.datetime | None
    overdue: bool

    @property
    def failing(self) -> bool:
        """Whether the last run that ended has failed."""
        return self.failed_at is not None and (self.succeeded_at or self.failed_at) <= self.failed_at


@dataclass(frozen=True)
class Beat:
    """A process that said that it lives, and whether it has been silent for too long.

    It was replaced where another of its kind is alive: a deploy or a restart.
    """

    name: str
    kind: str
    at: dt.datetime
    silent: bool
    replaced: bool


@dataclass(frozen=True)
class Waiting:
    """A queue: jobs that wait, since when the oldest one does, those to come later, and the failed ones."""

    name: str
    depth: int
    oldest_at: dt.datetime | None
    scheduled: int
    failed: int


def mailboxes(at: dt.datetime) -> Mailboxes:
    """Count the mailboxes, in three queries."""
    states = dict(Mailbox.select(Mailbox.state, fn.COUNT(SQL("*"))).group_by(Mailbox.state).tuples())
    connected, ends = Mailbox.state == MailboxState.CONNECTED, Mailbox.watch_expires_at
    expiring, lapsed, late = (
        Mailbox.select(_count((ends >= at) & (ends < at + DAY)), _count(unwatched(at)), _count(behind()))
        .where(connected)
        .tuples()
        .first()
    )
    since = (
        Mailbox.select(Mailbox.notified_at)
        .where(connected & behind() & unread())
        .order_by(Mailbox.notified_at)
        .limit(1)
        .scalar()
    )
    return Mailboxes({str(k): n for k, n in states.items()}, expiring or 0, lapsed or 0, late or 0, since)


def behind() -> Expression:
    """That a push announced more than was read."""
    return Mailbox.notified_history_id > fn.COALESCE(Mailbox.history_id, 0)


def unwatched(at: dt.datetime) -> Expression:
    """That Gmail tells nobody of new mail there."""
    never = Mailbox.watch_expires_at.is_null() & (Mailbox.connected_at < at - PATIENCE)
    return never | (Mailbox.watch_expires_at < at)


def unread() -> Expression:
    """That no look has followed the last announcement."""
    return Mailbox.last_sync_at.is_null() | (Mailbox.last_sync_at < Mailbox.notified_at)


def quarantined() -> int:
    """How many mails are set aside."""
    return int(Message.select().where(SET_ASIDE).count())


def gaps() -> int:
    """How many stretches Gmail's history no longer held, ever."""
    return int(HistoryGap.select().count())


def last_scan() -> ScanRun | None:
    """The last fallback scan that has ended; None before the first."""
    found: ScanRun | None = (
        ScanRun.select().where(ScanRun.finished_at.is_null(False)).order_by(ScanRun.started_at.desc()).first()
    )
    return found


def ledger(at: dt.datetime) -> list[Row]:
    """Every row of the schedule, in its order."""
    runs = {run.name: run for run in PeriodicRun.select()}
    found = []
    for row in TABLE:
        run = runs.get(row.name) or PeriodicRun(name=row.name)
        overdue = run.due_at is None or at - run.due_at > max(LEAST_GRACE, row.period / 4)
        moments = (run.started_at, run.succeeded_at, run.failed_at, run.due_at)
        found.append(Row(row.name, row.why, *moments, overdue))
    return found


def beats(at: dt.datetime) -> list[Beat]:
    """Processes that beat within the last day, newest first. A worker's name is its machine's and number."""
    rows = Heartbeat.select().where(Heartbeat.beat_at > at - DAY).order_by(Heartbeat.beat_at.desc())
    found: list[Beat] = []
    for row in rows:
        kind = row.name if row.name in SILENT_AFTER else "worker"
        silent = at - row.beat_at > SILENT_AFTER[kind]
        alive = any(beat.kind == kind and not beat.silent for beat in found)
        found.append(Beat(row.name, kind, row.beat_at, silent, silent and alive))
    return found


def waiting() -> list[Waiting]:
    """Every queue, most urgent first. Raises RedisError."""
    found = []
    for queue in queues.all():
        first = queue.get_job_ids(0, LOOKED_AT)
        jobs = Job.fetch_many(first, redis(), JSONSerializer)
        moments = [job.enqueued_at for job in jobs if job is not None and job.enqueued_at is not None]
        found.append(
            Waiting(
                queue.name,
                queue.count,
                min(moments, default=None),
                ScheduledJobRegistry(queue=queue).get_job_count(cleanup=False),
                FailedJobRegistry(queue=queue).get_job_count(cleanup=False),
            )
        )
    return found


def _count(condition: Expression) -> Expression:
    return fn.SUM(Case(None, [(condition, 1)], 0))
