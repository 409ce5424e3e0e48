"""What survives when a worker, the web process or Redis dies at the worst moment."""

import datetime as dt
from typing import Any

import pytest

from hearback.gmail import client as gmail_client
from hearback.models import Mailbox, Message, Notification, now
from jobs import marks, sync_mailbox, take_in
from jobs import ring as ring_module
from jobs.queues import queues, redis
from jobs.ring import Rung, announce
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox as run_sync
from tests.support.forked import Point, run_worker, was_killed
from tests.support.servers import wait_until
from tests.support.service import ACKNOWLEDGED, ADDRESS, INVITED, REJECTED, Service, connect

EXPECTED = [("Acme Robotics", "rejected")]

POINTS = [
    Point(marks, "take", after=True),
    Point(sync_mailbox, "_sync"),
    Point(gmail_client.Gmail, "history"),
    Point(gmail_client.Gmail, "history", after=True),
    Point(gmail_client.Gmail, "history", nth=2),
    Point(gmail_client.Gmail, "_fetch", after=True),
    Point(take_in, "store"),
    Point(Message, "add", after=True),
    Point(take_in, "refold", after=True),
    Point(Mailbox, "advance"),
    Point(Mailbox, "advance", after=True),
    Point(take_in, "store", after=True),
    Point(take_in, "store", after=True, nth=2),
    Point(sync_mailbox, "_sync", after=True),
    Point(sync_mailbox, "_announced"),
]


def ready(made: Service) -> Mailbox:
    """A connected mailbox that has read everything so far, and has nothing old to read."""
    mailbox = connect(made)
    Mailbox.update(backfilled_at=now(), watch_expires_at=now() + dt.timedelta(days=7)).execute()
    run_sync(mailbox.id)
    return mailbox


def three_mails(made: Service) -> tuple[list[str], int]:
    """Received, invited, rejected; their ids, and the history id that a push would announce."""
    ids = [
        made.tell("We got your application", ACKNOWLEDGED),
        made.tell("Interview", INVITED),
        made.tell("Your application", REJECTED),
    ]
    return ids, int(made.google.account(ADDRESS)["historyId"])


def small_pages() -> None:
    """Two mails a page, so that there is a between; a lock that ends soon, so that tests need not wait."""
    gmail_client.PAGE = 2  # type: ignore[misc]
    marks.LOCK_SECONDS = 0.3  # type: ignore[misc]


def recover(made: Service) -> None:
    """One sweep, and workers that run until its jobs are done."""
    sweep()

    def done() -> bool:
        run_worker(prepare=small_pages)
        return (
            made.statuses() == EXPECTED
            and made.counted().count("x") == 0
            and not Mailbox.unfinished(now(), dt.timedelta(minutes=10))
        )

    wait_until(done, "the state of a run without faults")


def check(made: Service, ids: list[str]) -> None:
    assert made.statuses() == EXPECTED
    assert sorted(made.counted()) == sorted(ids)
    told = [(n.kind, n.status) for n in Notification.select().order_by(Notification.id)]
    assert sorted(set(told)) == sorted(told), "a change was told twice"


# On Postgres the steps within and beside the transaction; the others do not touch the database.
CASES = [("sqlite", point) for point in POINTS]
CASES += [("postgres", point) for point in POINTS if point.owner in (Message, Mailbox, sync_mailbox)]


@pytest.mark.parametrize(("database_url", "point"), CASES, indirect=["database_url"], ids=str)
def test_a_worker_killed_anywhere_loses_and_doubles_nothing(made: Service, point: Point) -> None:
    ready(made)
    ids, history_id = three_mails(made)
    assert announce(ADDRESS, history_id, now()) is Rung.QUEUED
    assert was_killed(run_worker(point, small_pages)), "the worker never came to this step"
    recover(made)
    check(made, ids)


RING_POINTS = [
    Point(Mailbox, "notify"),
    Point(Mailbox, "notify", after=True),
    Point(marks, "put"),
    Point(marks, "put", after=True),
]


@pytest.mark.parametrize("point", RING_POINTS, ids=str)
def test_a_web_process_killed_while_it_rings_strands_nothing(
    made: Service, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(made)
    ids, history_id = three_mails(made)

    class Killed(BaseException):
        pass

    original = getattr(point.owner, point.name)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if point.after:
            original(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(point.owner, point.name, deadly)
    with pytest.raises(Killed):
        announce(ADDRESS, history_id, now())
    monkeypatch.undo()
    if point == RING_POINTS[0]:
        # Nothing was written and nothing was answered, so Pub/Sub sends the push again.
        announce(ADDRESS, history_id, now())
    recover(made)
    check(made, ids)


def test_redis_flushed_between_push_and_work(made: Service) -> None:
    ready(made)
    ids, history_id = three_mails(made)
    announce(ADDRESS, history_id, now())
    redis().flushall()
    assert queues.mail.is_empty()
    recover(made)
    check(made, ids)


def test_a_push_while_a_job_waits_queues_no_second_one(made: Service) -> None:
    ready(made)
    ids, history_id = three_mails(made)
    assert announce(ADDRESS, history_id - 1, now()) is Rung.QUEUED
    assert announce(ADDRESS, history_id, now()) is Rung.COALESCED
    assert queues.mail.count == 1
    assert marks.look(Mailbox.get().id) == history_id
    run_worker()
    check(made, ids)


def test_two_workers_on_one_mailbox_count_each_mail_once(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = ready(made)
    ids, history_id = three_mails(made)
    original = gmail_client.Gmail.messages
    met = False

    def meanwhile(self: gmail_client.Gmail, gmail_ids: list[str]) -> Any:
        nonlocal met
        fetched = list(original(self, gmail_ids))
        if not met:
            met = True
            # The lock was lost, as after a flush: another worker does the same work to its end.
            redis().flushall()
            announce(ADDRESS, history_id, now())
            run_worker()
        return iter(fetched)

    monkeypatch.setattr(gmail_client.Gmail, "messages", meanwhile)
    run_sync(mailbox.id)
    assert met
    check(made, ids)
    assert Mailbox.get_by_id(mailbox.id).history_id >= history_id


def test_who_finds_the_mailbox_locked_leaves_word_for_the_holder(made: Service) -> None:
    mailbox = ready(made)
    ids, history_id = three_mails(made)
    with marks.lock(mailbox.id) as held:
        assert held is not None
        announce(ADDRESS, history_id, now())
        run_worker()
        assert made.counted() == []
        assert marks.look(mailbox.id) == history_id
    run_sync(mailbox.id)
    check(made, ids)


def test_a_push_that_is_older_than_the_cursor_queues_nothing(made: Service) -> None:
    mailbox = ready(made)
    cursor = Mailbox.get_by_id(mailbox.id).history_id
    assert announce(ADDRESS, cursor, now()) is Rung.STALE
    assert queues.mail.is_empty()


def test_an_unknown_address_queues_and_writes_nothing(made: Service) -> None:
    assert announce("nobody@example.com", 5, now()) is ring_module.Rung.UNKNOWN
    assert queues.mail.is_empty()


def test_a_long_queue_is_not_made_longer_by_each_sweep(made: Service) -> None:
    ready(made)
    _, history_id = three_mails(made)
    announce(ADDRESS, history_id, now())
    for _ in range(3):
        sweep()
    assert queues.mail.count == 1
