"""The campaign: whatever Google does to us, the end is that of a run to which nothing was done."""

from collections.abc import Callable
from typing import Any

import pytest

from hearback.gmail import client as gmail_client
from hearback.models import HistoryGap, Mailbox, MailboxState, Message
from jobs import sync_mailbox as sync_module
from jobs import take_in
from jobs.connect_mailbox import connect_mailbox
from jobs.queues import queues, tried_again
from jobs.replay import replay
from jobs.scan import scan_all
from jobs.sync_mailbox import sync_mailbox
from jobs.watch import renew_watch
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
    troubles,
    watched,
)
from tests.support.forked import Point, run_worker, was_killed
from tests.support.service import ADDRESS, Service


@pytest.fixture(autouse=True)
def _hurry(made: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


def third_fails(made: Service) -> None:
    """Three of ten calls fail: requests in four ways, the calls of a batch in the two that they can."""
    for endpoint in ("batch", "history.list", "messages.list", "getProfile"):
        for number, kind in enumerate(("429", "500", "reset", "hang")):
            # Half of what hangs breaks before we give up, the other half after it.
            seconds = {"hang": 0.1, "429": 1}.get(kind, 0)
            made.google.fault(endpoint, kind, probability=0.075, seed=number, seconds=seconds)
        made.google.fault(endpoint, "hang", probability=0.03, seed=7, seconds=5)
    made.google.fault("messages.get", "429", probability=0.15, seed=8)
    made.google.fault("messages.get", "500", probability=0.15, seed=9)


def under_fire(made: Service, count: int) -> None:
    wanted = expected(made, count)
    mailbox = watched(made)
    third_fails(made)
    ids = []
    for first in range(0, count, count // 4):
        ids += deliver(made, count // 4, first=first)
        push(made)
        run_worker(prepare=campaign.hasty)
    settle()
    failed = sum(fault["hits"] for fault in made.google.faults())
    made.google.clear_faults()
    assert failed > count // 4
    check(made, mailbox, ids, wanted)


@on_both
def test_three_of_ten_calls_fail(made: Service) -> None:
    under_fire(made, 120)


@pytest.mark.long
@on_both
def test_three_of_ten_calls_fail_over_a_thousand_mails(made: Service) -> None:
    under_fire(made, 1_000)


RECOVERY = [
    None,
    Point(take_in, "store", after=True, nth=2),
    Point(gmail_client.Gmail, "search", nth=3),
    # The long form alone kills at the other steps too.
    Point(HistoryGap, "opened", after=True),
    Point(take_in, "store"),
    Point(Mailbox, "advance"),
]


@on_sqlite
@pytest.mark.parametrize("point", RECOVERY[:3], ids=str)
def test_history_expired_while_mail_came(made: Service, point: Point | None) -> None:
    """The search begins with the newest mail, so a run that is killed has left the older part of the gap."""
    recovered(made, 40, point)


@pytest.mark.long
@on_both
@pytest.mark.parametrize("point", RECOVERY, ids=str)
def test_history_expired_while_two_hundred_mails_came(made: Service, point: Point | None) -> None:
    recovered(made, 200, point)


def recovered(made: Service, count: int, point: Point | None) -> None:
    # Mails that lie further apart than the margin of a search for a gap.
    step = 2 * sync_module.GAP_MARGIN.total_seconds() / count
    wanted = expected(made, count, step)
    mailbox = watched(made)
    ids = deliver(made, count, step=step)
    made.google.expire_history(ADDRESS)
    push(made)
    assert was_killed(run_worker(point, small_pages)) is (point is not None)
    settle(small_pages)
    check(made, mailbox, ids, wanted)
    gap = HistoryGap.get()
    assert gap.to_history_id <= Mailbox.get_by_id(mailbox.id).history_id
    assert gap.found == count


@on_sqlite
def test_a_grant_revoked_midway_is_told_once_and_ends_all_calls(made: Service) -> None:
    wanted = expected(made, 30)
    mailbox = watched(made)
    ids = deliver(made, 30)
    push(made)
    run_worker(prepare=midway(lambda: made.google.revoke(ADDRESS)))
    settle(small_pages)
    assert 0 < Message.select().where(Message.mailbox == mailbox.id).count() < 30
    assert Mailbox.get_by_id(mailbox.id).state == MailboxState.DISCONNECTED
    assert len(troubles(mailbox)) == 1
    made.google.clear_calls()
    push(made)
    for job in (sync_mailbox, renew_watch, connect_mailbox):
        queues.mail.enqueue(job, mailbox.id, **tried_again())
    scan_all()
    settle(small_pages)
    assert made.google.calls(ADDRESS)["calls"] == {}
    assert made.google.calls("")["calls"] == {}
    assert len(troubles(mailbox)) == 1
    connect_again(made, mailbox)
    settle(small_pages)
    check(made, mailbox, ids, wanted)


def connect_again(made: Service, mailbox: Mailbox) -> None:
    """What the sign-in stores, and the job that it queues."""
    tokens = made.google.grant(ADDRESS)
    Mailbox.update(
        refresh_token=tokens.refresh_token,
        access_token=None,
        state=MailboxState.CONNECTED,
        last_error=None,
        watch_tried_at=None,
    ).where(Mailbox.id == mailbox.id).execute()
    queues.default.enqueue(connect_mailbox, mailbox.id, **tried_again())


def midway(act: Callable[[], object], nth: int = 1) -> Callable[[], None]:
    """Pages are small, and `act` is done once, after the `nth` of them is stored."""

    def prepare() -> None:
        small_pages()
        original = take_in.take_in
        calls = 0

        def acting(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            found = original(*args, **kwargs)
            calls += 1
            if calls == nth:
                act()
            return found

        sync_module.take_in = acting

    return prepare


@on_sqlite
def test_an_access_token_that_ends_midway_is_renewed(made: Service) -> None:
    wanted = expected(made, 30)
    mailbox = watched(made)
    ids = deliver(made, 30)
    push(made)
    run_worker(prepare=midway(lambda: made.google.expire_tokens(ADDRESS)))
    made.google.clear_calls()
    settle(small_pages)
    check(made, mailbox, ids, wanted)
    assert made.google.calls("")["calls"]["oauth.token"] == 1
    assert troubles(mailbox) == []


# The charset is one that Python knows and that no mail can have: reading it fails in the library.
UNREADABLE = b"""From: Acme Robotics Recruiting <jobs@acmerobotics.com>
To: robin@example.com
Subject: Your application
Content-Type: text/plain; charset=punycode

Unfortunately \xff
"""


@on_both
def test_a_mail_that_cannot_be_parsed_is_set_aside_and_counts_once_when_it_can(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = watched(made)
    ids = deliver(made, 25)
    made.google.deliver(ADDRESS, raw=UNREADABLE)
    broken = made.google.messages(ADDRESS, limit=1)[0]["id"]
    ids += [broken, *deliver(made, 25, first=25)]
    push(made)
    settle(small_pages)
    check_counted(made, mailbox, ids, aside=broken)
    aside = Message.get(Message.gmail_id == broken)
    # Where it cannot be read yet, it stays; whoever asks twice counts it once.
    for _ in range(2):
        replay(Message.get(Message.gmail_id == broken).id)
    assert Message.get(Message.gmail_id == broken).state == "quarantined"
    original = take_in.read

    def mended(arrived: Any, look: Any = None) -> Any:
        raw = arrived.raw.replace(b"punycode", b"utf-8").replace(b"Unfortunately", REFUSAL)
        return original(type(arrived)(**{**vars(arrived), "raw": raw}), look)

    monkeypatch.setattr(take_in, "read", mended)
    again = Message.get(Message.gmail_id == broken)
    queues.default.enqueue(replay, again.id, **tried_again())
    queues.default.enqueue(replay, again.id, **tried_again())
    settle()
    replay(aside.id)
    check_counted(made, mailbox, ids)
    assert made.counted().count(broken) == 1


REFUSAL = b"Thank you for applying to Acme Robotics. Unfortunately, we have decided not to move forward."


def check_counted(made: Service, mailbox: Mailbox, ids: list[str], aside: str | None = None) -> None:
    rows = Message.select().where(Message.mailbox == mailbox.id)
    assert sorted(m.gmail_id for m in rows) == sorted(ids)
    assert [m.gmail_id for m in rows if m.state == "quarantined"] == ([aside] if aside else [])
    assert len(made.counted()) == len(set(made.counted()))
    assert Mailbox.get_by_id(mailbox.id).history_id >= newest(made)


@on_sqlite
def test_a_mail_deleted_between_history_and_get_is_skipped(made: Service) -> None:
    mailbox = watched(made)
    ids = deliver(made, 30)
    gone = {ids[3], ids[14], ids[29]}

    def prepare() -> None:
        small_pages()
        original = gmail_client.Gmail.history

        def deleting(self: gmail_client.Gmail, *args: Any) -> Any:
            page = original(self, *args)
            for gmail_id in gone & set(page.message_ids):
                made.google.delete(ADDRESS, gmail_id)
            return page

        gmail_client.Gmail.history = deleting  # type: ignore[method-assign]

    push(made)
    run_worker(prepare=prepare)
    # The deletions are history too.
    push(made)
    settle(small_pages)
    check_counted(made, mailbox, [i for i in ids if i not in gone])
