"""The table of periodic jobs, reconciled into rq-scheduler, which rings them."""

import argparse
import datetime as dt
import hashlib
import logging
import os
import sys
import time
import warnings

from redis import Redis
from redis.exceptions import RedisError
from rq_scheduler import Scheduler

from hearback import logs
from hearback.config import at_start
from hearback.models import Heartbeat, PeriodicRun, connect, database, now
from jobs.overdue import tell_overdue
from jobs.periodic import TABLE, Periodic, tick
from jobs.queues import JsonJob, queues, redis

log = logging.getLogger(__name__)

# How often due ticks are looked for, and how often the table is held against Redis.
LOOK_SECONDS = 5
RECONCILE_SECONDS = 60


def job_id(row: Periodic) -> str:
    """A row's id in Redis: a hash of its definition, so that a changed row is another job."""
    definition = f"{row.name} {row.when} {row.queue}"
    return f"periodic-{row.name}-{hashlib.sha256(definition.encode()).hexdigest()[:12]}"


def make_scheduler(connection: Redis) -> Scheduler:
    """rq-scheduler on our queues and serializer."""
    return Scheduler(
        queue_name=queues.default.name,
        connection=connection,
        interval=LOOK_SECONDS,
        job_class=JsonJob,
    )


def reconcile(scheduler: Scheduler, table: tuple[Periodic, ...], at: dt.datetime) -> dict[str, list[str]]:
    """Make Redis hold exactly the rows of `table`: add new ones, cancel old ones, leave the rest.

    Returns the ids of what was added and removed. The ledger says when a new row is due: at once if it
    never ran, or should have run by now. A row whose time lies further off than its next round had it set
    by a clock that was wrong.
    """
    wanted = {job_id(row): row for row in table}
    present = {job.id: moment.replace(tzinfo=dt.UTC) for job, moment in scheduler.get_jobs(with_times=True)}
    due = {run.name: run.due_at for run in PeriodicRun.select()}
    added = [i for i in wanted if i not in present]
    removed = [i for i in present if i.startswith("periodic-") and i not in wanted]
    for i in removed:
        scheduler.cancel(i)
    for i in added:
        row = wanted[i]
        PeriodicRun.expect(row.name, at)
        late = due.get(row.name) is None or due[row.name] <= at
        scheduler.schedule(
            scheduled_time=at.astimezone(dt.UTC) if late else row.after(at),
            func=tick,
            args=[row.name],
            # As `Scheduler.cron` writes it, which would reckon the first time by the real clock.
            meta={"cron_string": row.when, "use_local_timezone": False},
            # A result that ends before the next round would take the periodic job with it.
            result_ttl=-1,
            id=i,
        )
    for i, moment in present.items():
        if i in wanted and moment > (following := wanted[i].after(at)):
            scheduler.connection.zadd(scheduler.scheduled_jobs_key, {i: following.timestamp()}, xx=True)
    return {"added": added, "removed": removed}


def main() -> None:
    """Run until stopped. A second scheduler waits for the first: rq-scheduler locks each look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print", action="store_true", help="show the table with next run times")
    arguments = parser.parse_args()
    # rq-scheduler reckons in the process's local time; the whole house reckons in UTC.
    os.environ["TZ"] = "UTC"
    time.tzset()
    logs.set_up()
    connect(at_start().database_url)
    # rq-scheduler reckons the next round in its own time, and this library warns of that each time.
    warnings.filterwarnings("ignore", category=FutureWarning, module="rq_scheduler")
    scheduler = make_scheduler(redis())
    if arguments.print:
        show(scheduler)
        return
    serve(scheduler)


def show(scheduler: Scheduler) -> None:
    """Print each row: when it runs next, how often, and why."""
    try:
        times = {job.id: moment for job, moment in scheduler.get_jobs(with_times=True)}
    except RedisError:
        sys.exit("Redis at REDIS_URL does not answer, so nobody knows when what runs next.")
    for row in TABLE:
        moment = times.get(job_id(row))
        due = f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "not scheduled yet"
        print(f"{row.name:<24}{due:<26}{row.when:<14}{row.queue:<10}{row.why}")  # noqa: T201


def serve(scheduler: Scheduler) -> None:
    """Look for due ticks for ever; hold the table against Redis once a minute."""
    scheduler.register_birth()
    scheduler._install_signal_handlers()
    checked = reconciled = 0.0
    while True:
        if time.monotonic() - checked >= RECONCILE_SECONDS or not checked:
            with database.connection_context():
                Heartbeat.beat("scheduler", now())
                if checked:
                    # What was late at the start is being run just now.
                    tell_overdue(now())
            checked = time.monotonic()
        try:
            if time.monotonic() - reconciled >= RECONCILE_SECONDS or not reconciled:
                with database.connection_context():
                    changed = reconcile(scheduler, TABLE, now())
                reconciled = time.monotonic()
                if changed["added"] or changed["removed"]:
                    log.info(logs.event("schedule.reconciled", **{k: len(v) for k, v in changed.items()}))
            look(scheduler)
        except RedisError as fault:
            # Redis comes back, perhaps empty: then the table is written into it anew.
            log.warning(logs.event("schedule.no_redis", fault=type(fault).__name__))
            reconciled = 0.0
        time.sleep(LOOK_SECONDS)


def look(scheduler: Scheduler) -> None:
    """Queue every tick that is due, unless another scheduler is doing so."""
    scheduler.heartbeat()
    if scheduler.acquire_lock():
        try:
            scheduler.enqueue_jobs()
        finally:
            scheduler.remove_lock()


if __name__ == "__main__":
    main()
