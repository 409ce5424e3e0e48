"""The table of periodic jobs ends up in rq-scheduler, exactly, and each row proves that it ran."""

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes

import pytest
from redis import Redis
from rq_scheduler import Scheduler

import scheduler as house
from hearback.mail.own import signed_by_us
from hearback.models import Heartbeat, PeriodicRun, database
from jobs import periodic
from jobs.overdue import tell_overdue
from jobs.periodic import TABLE, Periodic, tick
from jobs.queues import queues, redis
from tests.support import product
from tests.support.forked import run_worker
from tests.support.listeners import post
from tests.support.servers import wait_until

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def nothing() -> None:
    """Do nothing."""


def row(name: str, minutes: int = 5) -> Periodic:
    return Periodic(name, nothing, f"*/{minutes} * * * *", "for this test")


@pytest.fixture
def made(sqlite_url: str, redis_url: str) -> Iterator[Scheduler]:
    with product.running(product.environment(sqlite_url, redis_url)):
        database.connect(reuse_if_open=True)
        yield house.make_scheduler(redis())


def ids(made: Scheduler) -> set[str]:
    return {job.id for job in made.get_jobs()}


def test_a_new_row_is_added(made: Scheduler) -> None:
    changed = house.reconcile(made, (row("a"), row("b")), NOW)
    assert ids(made) == {house.job_id(row("a")), house.job_id(row("b"))}
    assert (len(changed["added"]), changed["removed"]) == (2, [])


def test_an_unchanged_row_keeps_its_time(made: Scheduler) -> None:
    house.reconcile(made, (row("a"),), NOW)
    house.reconcile(made, (row("a"),), NOW + dt.timedelta(minutes=3))
    times = [moment for _, moment in made.get_jobs(with_times=True)]
    assert times == [NOW.replace(tzinfo=None)]


def test_after_an_outage_of_redis_a_row_runs_when_its_ledger_says(made: Scheduler) -> None:
    PeriodicRun.started("a", NOW - HOUR, NOW - HOUR / 2)
    PeriodicRun.started("b", NOW - HOUR / 60, NOW + HOUR / 15)
    house.reconcile(made, (row("a"), row("b"), row("c")), NOW)
    times = {job.args[0]: moment for job, moment in made.get_jobs(with_times=True)}
    at, later = NOW.replace(tzinfo=None), (NOW + HOUR / 12).replace(tzinfo=None)
    # Missed, in time, and never run: what was missed is made up for once.
    assert times == {"a": at, "b": later, "c": at}


def test_a_clock_set_back_an_hour_stops_no_row(made: Scheduler) -> None:
    house.reconcile(made, (row("a"),), NOW)
    house.reconcile(made, (row("a"),), NOW - HOUR)
    times = [moment for _, moment in made.get_jobs(with_times=True)]
    assert times == [(NOW - HOUR * 11 / 12).replace(tzinfo=None)]


def test_a_modified_row_replaces_the_old_one(made: Scheduler) -> None:
    house.reconcile(made, (row("a", minutes=5),), NOW)
    changed = house.reconcile(made, (row("a", minutes=7),), NOW)
    assert ids(made) == {house.job_id(row("a", minutes=7))}
    assert (len(changed["added"]), len(changed["removed"])) == (1, 1)


def test_a_removed_row_is_cancelled_and_others_jobs_are_left(made: Scheduler) -> None:
    house.reconcile(made, (row("a"), row("b")), NOW)
    made.schedule(scheduled_time=NOW, func=tick, args=["x"], id="somebody-elses")
    house.reconcile(made, (row("b"),), NOW)
    assert ids(made) == {house.job_id(row("b")), "somebody-elses"}


def test_a_flushed_redis_gets_the_table_again(made: Scheduler, redis_url: str) -> None:
    house.reconcile(made, TABLE, NOW)
    with Redis.from_url(redis_url) as client:
        client.flushall()
    house.reconcile(made, TABLE, NOW)
    assert ids(made) == {house.job_id(r) for r in TABLE}


def test_every_row_of_the_house_runs_on_a_worker_and_says_so(made: Scheduler) -> None:
    house.reconcile(made, TABLE, dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    house.look(made)

    def ran() -> bool:
        run_worker()
        return PeriodicRun.select().where(PeriodicRun.succeeded_at.is_null(False)).count() == len(TABLE)

    wait_until(ran, "each row's success in the ledger")
    for line in PeriodicRun.select():
        assert line.started_at <= line.succeeded_at
        assert line.due_at == periodic.ROWS[line.name].after(line.started_at)
        assert line.failed_at is None
    assert Heartbeat.select().count() >= 1
    # The next round is due one interval later, not lost with its result.
    assert ids(made) == {house.job_id(r) for r in TABLE}


def test_a_second_look_before_the_next_round_queues_nothing(made: Scheduler) -> None:
    house.reconcile(made, TABLE, dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    house.look(made)
    queued = queues.default.count
    house.look(house.make_scheduler(redis()))
    assert queues.default.count == queued == len(TABLE)


def test_a_failure_is_in_the_ledger_and_in_rq(made: Scheduler, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the reason")

    failing = Periodic("sweep", broken, "* * * * *", "for this test")
    monkeypatch.setitem(periodic.ROWS, "sweep", failing)
    with pytest.raises(RuntimeError):
        periodic.run("sweep")
    line = PeriodicRun.get(PeriodicRun.name == "sweep")
    assert line.failed_at is not None
    assert line.succeeded_at is None


def test_a_row_that_left_the_table_ends_quietly(made: Scheduler) -> None:
    periodic.run("no such row")
    assert PeriodicRun.select().count() == 0


def test_the_table_is_printed_with_the_next_runs(made: Scheduler, capsys: pytest.CaptureFixture[str]) -> None:
    house.show(made)
    assert "not scheduled yet" in capsys.readouterr().out
    house.reconcile(made, TABLE, NOW)
    house.show(made)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [r.name for r in TABLE]
    assert all(
        "2026-05-04 12:00:00 UTC" in line and r.why in line for line, r in zip(lines, TABLE, strict=True)
    )


def test_operators_are_told_of_a_missed_row_once_for_each_outage(made: Scheduler) -> None:
    minute = HOUR / 60
    PeriodicRun.expect("sweep", NOW)
    assert tell_overdue(NOW + 2 * minute) == []
    assert tell_overdue(NOW + 3 * minute) == ["sweep"]
    assert tell_overdue(NOW + 4 * minute) == tell_overdue(NOW + HOUR) == []
    PeriodicRun.started("sweep", NOW + HOUR, NOW + HOUR + minute)
    assert tell_overdue(NOW + HOUR + 2 * minute) == []
    assert tell_overdue(NOW + 2 * HOUR) == ["sweep"]


def test_a_row_that_left_the_table_is_not_missed(made: Scheduler) -> None:
    PeriodicRun.expect("gone", NOW)
    assert tell_overdue(NOW + 99 * HOUR) == []


def test_operators_get_one_mail_of_an_outage_once_their_server_takes_it(
    made: Scheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post() as server:
        monkeypatch.setenv("SMTP_URL", server.url)
        monkeypatch.setenv("MAIL_FROM", "hearback@example.com")
        product.forget()
        for name in ("sweep", "follow_ups"):
            PeriodicRun.expect(name, NOW)
        server.answers.append("451 Not now")
        assert tell_overdue(NOW + HOUR) == []
        assert tell_overdue(NOW + HOUR) == ["sweep", "follow_ups"]
        assert tell_overdue(NOW + 2 * HOUR) == []
    assert server.recipients == ["robin@example.com"]
    (mail,) = [message_from_bytes(raw) for raw in server.mails]
    assert mail["Subject"] == "Hearback: the sweep and 1 more job does not run"
    assert "- follow ups: due 2026-05-04 12:00 UTC" in mail.get_payload()
    assert signed_by_us(
        {name.lower(): text for name, text in mail.items()}, product.BASE["SECRET_KEY"].encode()
    )
