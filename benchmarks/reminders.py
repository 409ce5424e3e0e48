"""What the 09:00 tick costs: what it reads, in how much memory, and how soon everybody is reminded."""

import datetime as dt
import sys
import time
import tracemalloc
from contextlib import ExitStack

from peewee import SqliteDatabase

from benchmarks.report import Row, Section
from benchmarks.webs import Databases
from hearback.models import Application, Notification, User, database, now
from jobs.due import due, queue_due
from jobs.follow_ups import remind, remind_all
from jobs.queues import queues
from tests.support import product, servers

USERS = 100_000
# Of each user's applications one is due.
EACH = 10
WORKERS = 2
TEXT = """\
One tick of the follow-up reminders at a moment at which it is 09:00 for all: 100,000 users, 1,000,000
applications, of which 100,000 are due. The tick queues them in chunks, and a pool of two workers on the same
cores writes the notifications. *Rows read* are what Postgres' own statistics count in the table and its
indexes while the due ones are found; SQLite has no such count, and its plan must name the index. The memory
is what Python allocated at most in the process that queues, against half as many that are due."""

# Whatever a text or a number needs to be, in both databases; `n` counts from 1.
NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) SELECT "
)
PAST, NINE, LATER = (
    f"'{moment}.000000'" for moment in ("2026-05-01 12:00:00", "2026-05-08 09:00:00", "2099-01-01 00:00:00")
)


def measure(databases: Databases, redis_server: str) -> Section:
    """Run all on both databases; about ten minutes."""
    section = Section("Reminders at 09:00", TEXT)
    for number, kind in enumerate(("Postgres", "SQLite")):
        with ExitStack() as stack:
            url = stack.enter_context(databases.fresh(kind))
            env = product.environment(url, f"{redis_server}/{20 + number}")
            stack.enter_context(product.running({**env, "PROCESSES": str(WORKERS)}))
            stack.enter_context(database.connection_context())
            _fill()
            _find(section, kind)
            log = databases.folder / f"reminders-{kind}.log"
            _remind(section, kind, log, env)
    return section


def _fill() -> None:
    """Users and applications, written by the database itself."""
    user, count = f"(n - 1) / {EACH} + 1", USERS * EACH
    with database.atomic():
        _insert(
            "users",
            "email, name, timezone, timezone_chosen, version, second_look, reminder_hour, summary_hour,"
            " report_hour, follow_up_days, next_summary_at, next_report_at, created_at, hour_before",
            f"'u' || n || '@example.com', '', 'UTC', {_no()}, 0, {_no()}, '09:00', '10:00',"
            f" '10:00', 7, {LATER}, {LATER}, {PAST}, {_no()}",
            USERS,
        )
        _insert("mail_groups", "user_id", "n", USERS)
        _insert(
            "events",
            "user_id, group_id, kind, happened_at, tiebreak, data, standing, created_at",
            f"{user}, {user}, 'created', {PAST}, 'e' || n, '{{}}', 'counts', {PAST}",
            count,
        )
        _insert(
            "applications",
            "user_id, group_id, anchor_id, company, status, status_at, began_at, last_event_at, interviews,"
            " completed_at, changed_at, follow_up_at",
            f"{user}, {user}, n, 'Company ' || n, 'applied', {PAST}, {PAST}, {PAST}, '[]', '[]', {PAST},"
            f" CASE WHEN n = n / {EACH} * {EACH} THEN {NINE} ELSE {LATER} END",
            count,
        )
    database.execute_sql("ANALYZE")


def _insert(table: str, columns: str, values: str, count: int) -> None:
    if _is_postgres():
        # What is selected has a type of its own there.
        for moment in (PAST, NINE, LATER):
            values = values.replace(moment, f"timestamp {moment}")
        values = values.replace("'{}'", "'{}'::jsonb").replace("'[]'", "'[]'::jsonb")
    database.execute_sql(
        f"INSERT INTO {table} ({columns}) {NUMBERS.format(count=count)} {values} FROM numbers"
    )


def _no() -> str:
    return "false" if _is_postgres() else "0"


def _is_postgres() -> bool:
    return not isinstance(database.obj, SqliteDatabase)


def _find(section: Section, kind: str) -> None:
    """Finding what is due: how many rows that reads, how long it takes, and how long where nothing is."""
    at = now()
    before = _rows_read()
    started = time.perf_counter()
    found = sum(1 for _ in due(Application.follow_up_at, at))
    section.add(Row(f"{kind}: finding {found:,} due", [time.perf_counter() - started], " s"))
    if found != USERS:
        raise RuntimeError(f"{found} are due; {USERS} should be")
    if _is_postgres():
        read = (_rows_read() - before) / found
        section.add(Row(f"{kind}: rows read / rows due", [read], at_most=1.1))
    else:
        _check_plan(at)
    idle = dt.datetime(2026, 5, 8, 8, 55, tzinfo=dt.UTC)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        if any(due(Application.follow_up_at, idle)):
            raise RuntimeError("five minutes before, nothing is due")
        took.append((time.perf_counter() - started) * 1000)
    section.add(Row(f"{kind}: a tick with nothing due", took, " ms"))
    whole, half = _peak(at), _peak(at, half=True)
    section.add(Row(f"{kind}: memory, all / half as many due", [whole / half], at_most=1.2))


def _rows_read() -> int:
    """Rows of `applications` that were read by now, in the table and by its indexes, on Postgres."""
    if not _is_postgres():
        return 0
    database.execute_sql("SELECT pg_stat_force_next_flush()")
    database.execute_sql("SELECT 1")
    table = database.execute_sql(
        "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'applications'"
    ).fetchone()[0]
    indexes = database.execute_sql(
        "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'applications'"
    ).fetchone()[0]
    return int(table) + int(indexes)


def _check_plan(at: dt.datetime) -> None:
    """The plan of a page must be a search in the index, and no sort."""
    which = Application.follow_up_at <= at
    page = Application.select(Application.id).where(which).order_by(Application.follow_up_at, Application.id)
    sql, parameters = page.limit(10).sql()
    plan = " ".join(row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", parameters))
    if "COVERING INDEX applications_follow_up_at_id" not in plan or "TEMP B-TREE" in plan:
        raise RuntimeError(f"SQLite does not read the index: {plan}")


def _peak(at: dt.datetime, half: bool = False) -> float:
    """Bytes that Python held at most while so many were queued; nobody works on them."""
    first_half = Application.id <= USERS * EACH // 2
    every_tenth = Application.id == Application.id / EACH * EACH
    if half:
        Application.update(follow_up_at=None).where(first_half).execute()
    tracemalloc.start()
    queue_due(Application.follow_up_at, remind)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    queues.default.empty()
    if half:
        Application.update(follow_up_at=at - dt.timedelta(days=1)).where(first_half & every_tenth).execute()
    return float(peak)


def _remind(section: Section, kind: str, log: object, env: dict[str, str]) -> None:
    """The tick itself, and the pool that works it off."""
    # Seven days after the last word, and so due just now.
    last = now() - dt.timedelta(days=8)
    Application.update(last_event_at=last).execute()
    started = time.perf_counter()
    remind_all()
    section.add(Row(f"{kind}: queueing them", [time.perf_counter() - started], " s"))
    command = [sys.executable, "-m", "jobs.worker"]
    with servers.process(command, log, env={**env, "PROCESSES": str(WORKERS)}):  # type: ignore[arg-type]
        servers.wait_until(lambda: Notification.select().exists(), "the first reminder", seconds=120)
        begun, had = time.perf_counter(), Notification.select().count()

        def all_told() -> bool:
            time.sleep(0.5)
            return bool(Notification.select().count() >= USERS)

        servers.wait_until(all_told, "all reminders", seconds=3600)
        pace = (USERS - had) / (time.perf_counter() - begun)
    if Notification.select().count() != USERS or User.select().where(User.version == 0).exists():
        raise RuntimeError("somebody was reminded twice, or not at all")
    section.add(Row(f"{kind}: reminders by {WORKERS} workers", [pace], "/s"))
