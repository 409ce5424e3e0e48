"""Pushes that are lost, doubled and mixed up, and backlogs that outlast a job: the end is the same."""

import datetime as dt
import signal
from typing import Any

import pytest
from rq.registry import FailedJobRegistry

from hearback.models import Mailbox, Message, ScanRun, database, now
from jobs import sync_mailbox as sync_module
from jobs import take_in
from jobs.queues import TRIES, queues, tried_again
from jobs.quota import Priority
from jobs.scan import scan_all
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox
from sandbox.client import SandboxControl
from tests.support import campaign
from tests.support.campaign import (
    check,
    deliver,
    expected,
    hurry,
    newest,
    on_both,
    on_sqlite,
    push,
    settle,
    small_pages,
    state,
    time_passes,
    watched,
)
from tests.support.forked import run_worker
from tests.support.servers import wait_until
from tests.support.service import ADDRESS, Service, service


@pytest.fixture(autouse=True)
def _hurry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "made" in request.fixturenames:
        request.getfixturevalue("made")
        hurry(monkeypatch)


@on_both
def test_the_scan_alone_finds_all_when_every_push_is_lost(made: Service) -> None:
    step = 10.0
    wanted = expected(made, 24, step)
    silent, idle, failing = (watched(made, who) for who in (ADDRESS, "idle@example.com", "sick@example.com"))
    made.google.settings(push_coalesce=False, push_url="http://127.0.0.1:9/push")
    made.google.fault("push", "drop")
    ids = deliver(made, 24, step=step)
    made.google.wait_idle()
    assert {entry["outcome"] for entry in made.google.pushes(ADDRESS)} <= {"dropped"}
    deliver(made, 4, address=failing.address, step=step)
    made.google.fault("history.list", "500", address=failing.address)
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)
    Mailbox.update(watch_expires_at=expires).execute()
    begun = now()
    scan_all()
    run_worker(prepare=small_pages)
    run = ScanRun.get()
    assert (run.mailboxes, run.scanned, run.updated, run.failed) == (3, 3, 1, 1)
    assert run.finished_at is not None
    check(made, silent, ids, wanted)
    found = Mailbox.get_by_id(silent.id)
    assert found.missed_at >= begun, "mail without a push says that the watch is silent"
    assert found.watch_expires_at > expires + dt.timedelta(days=6), "and the watch is renewed at once"
    rested = Mailbox.get_by_id(idle.id)
    assert (rested.missed_at, rested.watch_expires_at) == (None, expires)
    assert rested.last_sync_at >= begun
    # The one that failed has a job of its own, and once Gmail is well all of its mail is there.
    made.google.clear_faults()
    settle(small_pages)
    assert Message.select().where(Message.mailbox == failing.id).count() == 4


@on_sqlite
def test_a_scan_whose_jobs_fail_to_the_last_try_is_made_good_by_the_next(made: Service) -> None:
    """The chunk's own retry and that of its mailboxes are used up; nothing is left but the clock."""
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 8)
    made.google.fault("gmail", "503")
    scan_all()
    settle()
    assert FailedJobRegistry(queue=queues.default).count == 1
    assert Message.select().where(Message.mailbox == mailbox.id).count() == 0
    made.google.clear_faults()
    scan_all()
    settle()
    check(made, mailbox, ids, wanted)
    assert [row.failed for row in ScanRun.last()] == [0, 1]


@on_both
def test_pushes_that_google_doubles_mixes_up_and_loses(
    database_url: str, redis_url: str, sandbox: SandboxControl
) -> None:
    """The product's own processes: web, workers, and a push for each mail."""
    with service(database_url, redis_url, sandbox.url, workers=2) as made:
        database.connect(reuse_if_open=True)
        wanted = expected(made, 24)
        mailbox = watched(made)
        sandbox.settings(push_coalesce=False, push_backoff_min=0.05, push_backoff_max=0.2)
        campaign.ask_for_watch(mailbox)
        for seed, kind in enumerate(("double", "reorder", "drop")):
            sandbox.fault("push", kind, probability=0.4, seed=seed, seconds=0.2, address=ADDRESS)
        with made.worker():
            ids: list[str] = []
            for number in range(24):
                ids += deliver(made, 1, first=number)
            assert sandbox.wait_idle(20)
            # The last push may be among the lost ones; any other one brings its mail along.
            sandbox.clear_faults()
            push(made)
            wait_until(lambda: Mailbox.get_by_id(mailbox.id).history_id >= newest(made), "all mail is read")
        entries = sandbox.pushes(ADDRESS)
        attempts = [entry for entry in entries if entry["outcome"] != "dropped"]
        numbers = [int(entry["historyId"]) for entry in attempts]
        assert len(attempts) < len(entries), "some were lost"
        assert len(numbers) > len(set(numbers)), "some came twice"
        assert numbers != sorted(numbers), "some came in another order"
        assert all(entry["acknowledged"] for entry in attempts)
        assert state(mailbox, ids) == wanted


@on_sqlite
def test_a_backlog_longer_than_a_job_goes_on_in_further_jobs(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = expected(made, 60)
    mailbox = watched(made)
    monkeypatch.setattr(sync_module, "ROUND_SECONDS", dict.fromkeys(Priority, 0.0))
    ids = deliver(made, 60)
    push(made)
    made.google.clear_calls()
    run_worker(prepare=small_pages)
    calls = made.google.calls(ADDRESS)["calls"]
    assert calls["history.list"] == 6, "each job took a page and left the rest to another"
    assert calls["messages.get"] == 60
    check(made, mailbox, ids, wanted)


@on_sqlite
def test_a_gap_longer_than_a_job_goes_on_in_further_jobs(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = 2 * sync_module.GAP_MARGIN.total_seconds() / 60
    wanted = expected(made, 60, step)
    mailbox = watched(made)
    monkeypatch.setattr(sync_module, "ROUND_SECONDS", dict.fromkeys(Priority, 0.0))
    ids = deliver(made, 60, step=step)
    made.google.expire_history(ADDRESS)
    push(made)
    run_worker(prepare=small_pages)
    settle(small_pages)
    check(made, mailbox, ids, wanted)


@pytest.mark.parametrize(
    ("database_url", "where"),
    [("sqlite", "between"), ("sqlite", "within"), ("postgres", "within")],
    indirect=["database_url"],
)
def test_a_job_that_rq_ends_midway_loses_and_doubles_nothing(made: Service, where: str) -> None:
    """RQ's own time-out is raised wherever the job happens to be: between pages or in a transaction."""
    wanted = expected(made, 30)
    mailbox = watched(made)
    ids = deliver(made, 30)

    def slow() -> None:
        small_pages()
        owner, name = (sync_module, "take_in") if where == "between" else (take_in, "refold")
        original = getattr(owner, name)
        calls = 0

        def waiting(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == 2:
                # Until the alarm that RQ has set goes off; its handler raises.
                signal.pause()
            return original(*args, **kwargs)

        setattr(owner, name, waiting)

    announced = newest(made)
    Mailbox.update(notified_history_id=announced, notified_at=now()).execute()
    job = queues.mail.enqueue(sync_mailbox, mailbox.id, job_timeout=1, **tried_again())
    run_worker(prepare=slow)
    job.refresh()
    assert job.retries_left == TRIES - 1
    assert Mailbox.get_by_id(mailbox.id).history_id < announced
    assert time_passes(), "it waits to be tried again"
    settle(small_pages)
    check(made, mailbox, ids, wanted)


@on_sqlite
def test_a_mark_without_a_job_holds_no_mail_back(made: Service) -> None:
    """A worker that was killed before it took the mark; pushes meanwhile are only noted in it."""
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 4)
    push(made)
    queues.mail.empty()
    ids += deliver(made, 4, first=4)
    push(made)
    assert queues.mail.is_empty(), "the mark that was left speaks for a job that is gone"
    sweep()
    settle()
    check(made, mailbox, ids, wanted)


@on_sqlite
def test_retries_that_are_used_up_leave_the_mailbox_to_the_sweep(made: Service) -> None:
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 8)
    made.google.fault("history.list", "503")
    push(made)
    for _ in range(7):
        run_worker(prepare=campaign.hasty)
        time_passes()
    assert FailedJobRegistry(queue=queues.mail).count == 1
    assert queues.mail.is_empty()
    made.google.clear_faults()
    sweep()
    settle()
    check(made, mailbox, ids, wanted)
