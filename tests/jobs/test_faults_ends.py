"""What could end the reading of a mailbox for good: refusals, a first reading cut short, one sick mail."""

import datetime as dt

import pytest
from peewee import DataError

from hearback import config
from hearback.gmail import client as gmail_client
from hearback.models import Mailbox, MailboxState, Message, now
from jobs import backfill as backfill_module
from jobs import take_in
from jobs.backfill import backfill_mailbox
from jobs.connect_mailbox import connect_mailbox
from jobs.queues import queues, tried_again
from jobs.scan import scan_all
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox
from jobs.watch import renew_watch
from tests.support import campaign
from tests.support.campaign import (
    budget,
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
    troubles,
    watched,
)
from tests.support.forked import Point, run_worker, was_killed
from tests.support.service import ADDRESS, INVITED, REJECTED, Service, connect


@pytest.fixture(autouse=True)
def _hurry(made: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)


@on_sqlite
@pytest.mark.parametrize("kind", ["domainPolicy", "failedPrecondition"])
def test_a_refusal_is_told_once_and_ends_when_google_lets_us_again(made: Service, kind: str) -> None:
    wanted = expected(made, 12)
    mailbox = watched(made)
    ids = deliver(made, 8)
    made.google.fault("gmail", kind, address=ADDRESS)
    push(made)
    settle()
    stands = Mailbox.get_by_id(mailbox.id)
    assert stands.state == MailboxState.REFUSED
    assert kind in stands.last_error
    assert len(troubles(mailbox)) == 1
    made.google.clear_calls()
    push(made)
    for job in (sync_mailbox, connect_mailbox, backfill_mailbox):
        queues.mail.enqueue(job, mailbox.id, **tried_again())
    scan_all()
    settle()
    assert made.google.calls(ADDRESS)["calls"] == {}
    # The look of each day: as long as it lasts it is one call, and told no more.
    queues.default.enqueue(renew_watch, mailbox.id, **tried_again())
    settle()
    assert made.google.calls(ADDRESS)["calls"] == {"getProfile": 1}
    assert Mailbox.get_by_id(mailbox.id).state == MailboxState.REFUSED
    assert len(troubles(mailbox)) == 1
    ids += deliver(made, 4, first=8)
    made.google.clear_faults()
    queues.default.enqueue(renew_watch, mailbox.id, **tried_again())
    settle()
    assert made.google.account(ADDRESS)["watch"] is not None
    check(made, mailbox, ids, wanted)


@on_sqlite
def test_a_mail_that_the_user_takes_out_of_spam_is_read(made: Service) -> None:
    mailbox = watched(made)
    spam = made.google.deliver(
        ADDRESS, from_="jobs@acmerobotics.com", subject="Interview", text=INVITED, labels=["SPAM", "UNREAD"]
    ).id
    push(made)
    settle()
    assert Message.select().count() == 0
    assert Mailbox.get_by_id(mailbox.id).history_id >= newest(made)
    made.google.change_labels(ADDRESS, spam, add=["INBOX"], remove=["SPAM"])
    push(made)
    settle()
    assert made.counted() == [spam]
    # There and back again counts no second time.
    made.google.change_labels(ADDRESS, spam, add=["SPAM"], remove=["INBOX"])
    made.google.change_labels(ADDRESS, spam, remove=["SPAM"])
    push(made)
    settle()
    assert made.counted() == [spam]


@on_sqlite
def test_a_mail_that_a_filter_archived_is_read(made: Service) -> None:
    watched(made)
    mail = {"from_": "jobs@acmerobotics.com", "subject": "Your application", "text": REJECTED}
    archived = made.google.deliver(ADDRESS, **mail, labels=["UNREAD", "Jobs"]).id
    push(made)
    settle()
    assert made.counted() == [archived]
    assert made.statuses() == [("Acme Robotics", "rejected")]


def connected(made: Service) -> Mailbox:
    """A mailbox just connected, with all of its mail still to be read."""
    mailbox = connect(made)
    Mailbox.update(connected_at=now() - dt.timedelta(days=1)).where(Mailbox.id == mailbox.id).execute()
    queues.default.enqueue(connect_mailbox, mailbox.id, **tried_again())
    return mailbox


def filled(made: Service, mailbox: Mailbox, ids: list[str], wanted: campaign.State) -> None:
    done = Mailbox.get_by_id(mailbox.id)
    assert state(mailbox, ids) == wanted
    assert done.backfilled_at is not None
    assert (done.backfill_done, done.backfill_total) == (len(ids), len(ids))
    assert done.backfill_found == len([event for event in wanted.events if event[1] == "mail"])


PAGES = [
    Point(gmail_client.Gmail, "tally", after=True),
    Point(backfill_module, "_count", after=True),
    Point(take_in, "store", nth=2),
    Point(take_in, "store", after=True, nth=2),
    Point(backfill_module, "_read_page", after=True, nth=2),
]


@on_sqlite
@pytest.mark.parametrize("point", PAGES, ids=str)
def test_a_first_reading_that_is_killed_between_pages_goes_on(
    made: Service, point: Point, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = expected(made, 36)
    made.google.create_account(ADDRESS)
    ids = deliver(made, 36)
    mailbox = connected(made)
    assert was_killed(run_worker(point, small_pages))
    # The sweep finds a first reading that has not moved for a while.
    monkeypatch.setattr("jobs.sweep.QUIET", dt.timedelta(0))
    settle(small_pages)
    filled(made, mailbox, ids, wanted)


@on_sqlite
def test_a_first_reading_whose_page_token_grew_too_old_begins_anew(made: Service) -> None:
    wanted = expected(made, 36)
    made.google.create_account(ADDRESS)
    ids = deliver(made, 36)
    made.google.fault("messages.list", "badPageToken", count=2, address=ADDRESS)
    mailbox = connected(made)
    settle(small_pages)
    assert made.google.faults()[0]["hits"] == 2
    filled(made, mailbox, ids, wanted)


@on_both
def test_a_first_reading_while_calls_fail(made: Service) -> None:
    wanted = expected(made, 48)
    made.google.create_account(ADDRESS)
    ids = deliver(made, 48)
    for number, kind in enumerate(("429", "500", "reset")):
        made.google.fault("messages.list", kind, probability=0.1, seed=number)
        made.google.fault("batch", kind, probability=0.1, seed=number)
    made.google.fault("messages.get", "429", probability=0.1, seed=5)
    mailbox = connected(made)
    settle(small_pages)
    made.google.clear_faults()
    filled(made, mailbox, ids, wanted)


def counts_small_pages() -> None:
    small_pages()
    gmail_client.COUNT_PAGE = 1  # type: ignore[misc]


@on_sqlite
def test_a_first_reading_with_few_units_waits_for_them_in_the_queue(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minute has fewer units than counting the mailbox costs, and enough for two mails."""
    wanted = expected(made, 12)
    made.google.create_account(ADDRESS)
    ids = deliver(made, 12)
    budget(monkeypatch, 60)
    monkeypatch.setenv("QUOTA_PROJECT_DAY", "1000000")
    config.settings.cache_clear()
    mailbox = connected(made)
    made.google.clear_calls()
    assert settle(counts_small_pages) > 6, "it waited in the queue, again and again"
    assert made.google.calls(ADDRESS)["calls"]["messages.get"] == 12
    filled(made, mailbox, ids, wanted)


@on_sqlite
def test_a_first_reading_that_waits_is_not_queued_again_by_each_sweep(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.google.create_account(ADDRESS)
    deliver(made, 4)
    mailbox = connected(made)
    queues.default.empty()
    monkeypatch.setattr("jobs.sweep.QUIET", dt.timedelta(0))
    Mailbox.update(history_id=1, watch_expires_at=now() + dt.timedelta(days=7)).where(
        Mailbox.id == mailbox.id
    ).execute()
    for _ in range(3):
        sweep()
    assert queues.backfill.count == 1
    job = queues.backfill.get_jobs()[0]
    queues.backfill.empty()
    queues.backfill.enqueue_in(dt.timedelta(hours=1), backfill_mailbox, *job.args)
    for _ in range(3):
        sweep()
    assert queues.backfill.count == 0, "one that waits for its units waits too"


# A header in UTF-7 that holds half of a pair: no character, and nothing that a database would keep.
HALF = b"""From: Acme Robotics Recruiting <jobs@acmerobotics.com>
To: robin@example.com
Subject: =?utf-7?q?+2AA-?= Your application
Content-Type: text/plain; charset=utf-8

"""


@on_both
def test_a_mail_with_letters_that_are_none_holds_nobody_up(made: Service) -> None:
    mailbox = watched(made)
    ids = deliver(made, 4)
    made.google.deliver(ADDRESS, raw=HALF + REJECTED.encode())
    half = made.google.messages(ADDRESS, limit=1)[0]["id"]
    ids += [half, *deliver(made, 4, first=4)]
    push(made)
    settle()
    rows = list(Message.select().where(Message.mailbox == mailbox.id))
    assert sorted(row.gmail_id for row in rows) == sorted(ids)
    assert half in made.counted()
    assert Mailbox.get_by_id(mailbox.id).history_id >= newest(made)


@on_both
def test_a_mail_that_the_database_does_not_take_is_set_aside(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else a mail may say that cannot be stored: it alone stays out."""
    original = take_in._add

    def refusing(mailbox: Mailbox, reading: take_in.Reading) -> int | None:
        if reading.gmail_id == sick and not reading.quarantined:
            raise DataError("a value out of range")
        return original(mailbox, reading)

    mailbox = watched(made)
    ids = deliver(made, 8)
    sick = ids[3]
    monkeypatch.setattr(take_in, "_add", refusing)
    push(made)
    settle(small_pages)
    rows = {row.gmail_id: row.state for row in Message.select().where(Message.mailbox == mailbox.id)}
    assert rows == {gmail_id: "quarantined" if gmail_id == sick else "read" for gmail_id in ids}
    assert Mailbox.get_by_id(mailbox.id).history_id >= newest(made)


@on_sqlite
def test_a_mail_that_gmail_can_never_give_is_set_aside_after_a_while(made: Service) -> None:
    """Gmail has messages that it answers with 500 each time; they must not hold the rest for ever."""
    mailbox = watched(made)
    ids = deliver(made, 30)
    sick = ids[4]
    made.google.fault("messages.get", "500", message=sick)
    push(made)
    run_worker(prepare=small_pages)
    others = [i for i in ids[:10] if i != sick]
    assert {row.gmail_id for row in Message.select()} == set(others), "the rest of the page is read at once"
    campaign.an_hour_passes()
    settle(small_pages)
    assert Message.get(Message.gmail_id == sick).state == "quarantined"
    assert {row.gmail_id for row in Message.select()} == set(ids)
    assert Mailbox.get_by_id(mailbox.id).history_id >= newest(made)


@on_sqlite
def test_an_outage_of_an_hour_sets_nothing_aside(made: Service) -> None:
    wanted = expected(made, 12)
    mailbox = watched(made)
    ids = deliver(made, 4)
    push(made)
    settle()
    ids += deliver(made, 8, first=4)
    made.google.fault("messages.get", "500", address=ADDRESS)
    push(made)
    run_worker(prepare=campaign.hasty)
    campaign.an_hour_passes()
    time_passes()
    run_worker(prepare=campaign.hasty)
    made.google.clear_faults()
    settle()
    check(made, mailbox, ids, wanted)


@on_sqlite
def test_a_bad_request_ends_the_job_and_not_the_mailbox(made: Service) -> None:
    """Nobody knows what Google means by it; the sweep asks again, and once it is over all is there."""
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 8)
    made.google.fault("history.list", "badRequest", count=3, address=ADDRESS)
    push(made)
    run_worker(prepare=campaign.hasty)
    assert Message.select().where(Message.mailbox == mailbox.id).count() == 0
    assert queues.mail.is_empty()
    assert not time_passes(), "what is no passing fault is not tried again by itself"
    assert Mailbox.get_by_id(mailbox.id).last_error == "HTTP 400 badRequest"
    settle()
    check(made, mailbox, ids, wanted)


@on_sqlite
@pytest.mark.parametrize("kind", ["429", "reset"])
def test_a_sign_in_that_fails_for_a_time_only_delays(made: Service, kind: str) -> None:
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 8)
    Mailbox.update(access_token=None).where(Mailbox.id == mailbox.id).execute()
    made.google.fault("oauth.token", kind, count=3, seconds=0.1)
    push(made)
    settle()
    check(made, mailbox, ids, wanted)
    assert troubles(mailbox) == []


@on_sqlite
@pytest.mark.parametrize("kind", ["401", "403"])
def test_a_sign_in_that_refuses_us_is_not_laid_on_the_user(made: Service, kind: str) -> None:
    """Our secret is wrong (invalid_client) or we are too many (rate_limit_exceeded): the grant is good."""
    wanted = expected(made, 8)
    mailbox = watched(made)
    ids = deliver(made, 8)
    Mailbox.update(access_token=None).where(Mailbox.id == mailbox.id).execute()
    made.google.fault("oauth.token", kind, count=2)
    push(made)
    settle()
    check(made, mailbox, ids, wanted)
    assert troubles(mailbox) == []
