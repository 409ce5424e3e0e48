"""The fallback scan looks at every mailbox once, costs an idle one a single call, and keeps a record."""

import datetime as dt

import pytest

from hearback.models import Mailbox, ScanRun, database, now
from jobs import patience, scan
from jobs.queues import queues
from jobs.scan import scan_all, scan_chunk
from jobs.sync_mailbox import sync_mailbox
from tests.support.forked import run_worker
from tests.support.service import ACKNOWLEDGED, ADDRESS, Service, connect

IDLE = [f"idle{number}@example.com" for number in range(5)]


def ready(made: Service, address: str = ADDRESS) -> Mailbox:
    """A mailbox that has read everything, and whose watch stands."""
    mailbox = connect(made, address)
    Mailbox.update(backfilled_at=now(), watch_expires_at=now() + dt.timedelta(days=7)).execute()
    sync_mailbox(mailbox.id)
    return Mailbox.get_by_id(mailbox.id)


def scanned() -> ScanRun:
    """One whole scan by a worker; its record."""
    scan_all()
    run_worker()
    return ScanRun.last(1)[0]


def test_an_idle_mailbox_costs_one_call(made: Service) -> None:
    boxes = [ready(made, address) for address in IDLE]
    before = Mailbox.get_by_id(boxes[0].id).last_sync_at
    made.google.clear_calls()
    run = scanned()
    assert (run.mailboxes, run.scanned, run.updated, run.failed) == (5, 5, 0, 0)
    assert run.finished_at is not None
    assert made.google.calls()["calls"] == {"history.list": 5}
    assert Mailbox.get_by_id(boxes[0].id).last_sync_at > before


def test_one_that_fails_is_counted_and_looked_at_again_alone(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "delay", lambda tried: 0.0)
    ready(made)
    for address in IDLE:
        ready(made, address)
    gmail_id = made.tell("We got your application", ACKNOWLEDGED)
    made.google.fault("history.list", "429", count=1, address=ADDRESS, seconds=0)
    run = scanned()
    assert (run.scanned, run.updated, run.failed) == (6, 0, 1)
    assert made.counted() == []
    # Google asked for a second of patience; the job that waits for it is the mailbox's own.
    with database.connection_context():
        assert queues.default.scheduled_job_registry.count == 1
    made.google.clear_faults()
    sync_after_pause()
    assert made.counted() == [gmail_id]


def sync_after_pause() -> None:
    """The pause is over and the scheduled job is due."""
    registry = queues.default.scheduled_job_registry
    connection = registry.connection
    for key in connection.scan_iter("hearback:pause:*"):
        connection.delete(key)
    for job_id in registry.get_job_ids():
        connection.zadd(registry.key, {job_id: 0})
    run_worker()


def test_a_scan_of_nothing_ends_at_once(made: Service) -> None:
    run = scanned()
    assert (run.mailboxes, run.chunks, run.scanned) == (0, 0, 0)
    assert run.finished_at is not None


def test_a_large_scan_is_cut_and_finished_by_its_last_chunk(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "CHUNK", 2)
    monkeypatch.setattr(scan, "CHUNKS_A_SECOND", 1000.0)
    for address in IDLE:
        ready(made, address)
    scan_all()
    (run,) = ScanRun.last(1)
    assert (run.chunks, run.chunks_done, run.finished_at) == (3, 0, None)
    run_worker()
    (run,) = ScanRun.last(1)
    assert (run.chunks_done, run.scanned) == (3, 5)
    assert run.finished_at is not None


def test_mailboxes_whose_pushes_work_can_rest(made: Service) -> None:
    heard, silent, unwatched = (ready(made, address) for address in IDLE[:3])
    at = now()
    Mailbox.update(notified_at=at, last_sync_at=at).execute()
    Mailbox.update(missed_at=at + dt.timedelta(seconds=1)).where(Mailbox.id == silent.id).execute()
    Mailbox.update(watch_expires_at=None).where(Mailbox.id == unwatched.id).execute()
    rested = at - dt.timedelta(hours=6)
    assert list(Mailbox.ids_for_scan(rested)) == [silent.id, unwatched.id]
    assert Mailbox.count_for_scan(rested) == 2
    assert list(Mailbox.ids_for_scan(at + dt.timedelta(seconds=1))) == [heard.id, silent.id, unwatched.id]
    assert list(Mailbox.ids_for_scan(None)) == [heard.id, silent.id, unwatched.id]


def test_mail_that_no_push_told_of_shows_that_the_watch_is_silent(made: Service) -> None:
    mailbox = ready(made)
    # The sandbox's clock dates the mail: it came some minutes ago, and no push did.
    old = int((now() - dt.timedelta(minutes=10)).timestamp() * 1000)
    made.tell("We got your application", ACKNOWLEDGED, internal_date=old)
    made.google.clear_calls()
    run = scanned()
    assert run.updated == 1
    assert Mailbox.get_by_id(mailbox.id).missed_at is not None
    assert made.google.calls()["calls"]["watch"] == 1


def test_mail_of_this_minute_may_still_be_announced(made: Service) -> None:
    mailbox = ready(made)
    made.tell("We got your application", ACKNOWLEDGED)
    assert scanned().updated == 1
    assert Mailbox.get_by_id(mailbox.id).missed_at is None


def test_a_mailbox_that_was_disconnected_meanwhile_is_left_alone(made: Service) -> None:
    mailbox = ready(made)
    run = ScanRun.create(started_at=now())
    Mailbox.update(state="disconnected", last_error="invalid_grant").execute()
    made.google.clear_calls()
    scan_chunk(run.id, [mailbox.id])
    assert made.google.calls()["calls"] == {}
    assert Mailbox.get_by_id(mailbox.id).last_error == "invalid_grant"
