"""Reading a mailbox as Gmail really behaves, over HTTP and against the sandbox."""

import datetime as dt
from email.message import EmailMessage

import pytest

from hearback.config import settings
from hearback.gmail import client as gmail_client
from hearback.gmail.client import QUICK_TRIES
from hearback.gmail.errors import Transient
from hearback.mail import own
from hearback.models import Application, Event, HistoryGap, Mailbox, MailboxState, Message, Notification, now
from jobs import sync_mailbox as module
from jobs.backfill import backfill_mailbox
from jobs.connect_mailbox import connect_mailbox
from jobs.queues import redis
from jobs.sync_mailbox import sync_mailbox
from tests.support.forked import run_worker
from tests.support.service import ACKNOWLEDGED, ADDRESS, INVITED, REJECTED, Service, connect


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking again follows at once; the order of things is what counts here."""
    monkeypatch.setattr(module.time, "sleep", lambda _: None)


def ready(made: Service) -> Mailbox:
    mailbox = connect(made)
    Mailbox.update(backfilled_at=now(), watch_expires_at=now() + dt.timedelta(days=7)).execute()
    sync_mailbox(mailbox.id)
    return Mailbox.get_by_id(mailbox.id)


def pauses_pass() -> None:
    """The time for which Google asked us to wait is over."""
    for key in redis().scan_iter("hearback:pause:*"):
        redis().delete(key)


def cursor(mailbox: Mailbox) -> int:
    return int(Mailbox.get_by_id(mailbox.id).history_id)


def test_a_mail_becomes_an_application_with_the_words_that_prove_it(made: Service) -> None:
    mailbox = ready(made)
    gmail_id = made.tell("We got your application", ACKNOWLEDGED)
    sync_mailbox(mailbox.id)
    application = Application.get()
    assert (application.company, application.role, application.status) == (
        "Acme Robotics",
        "Backend Engineer",
        "applied",
    )
    cause = Event.get_by_id(application.status_event_id)
    assert cause.tiebreak == gmail_id
    assert cause.data["evidence"] in ACKNOWLEDGED.replace("\n", " ")
    assert Notification.select().count() == 1


def test_private_mail_leaves_id_date_and_category_alone(made: Service) -> None:
    mailbox = ready(made)
    gmail_id = made.tell(
        "Dinner on Sunday?", "Mum asks whether you bring the salad.", from_="lena@example.net"
    )
    sync_mailbox(mailbox.id)
    message = Message.get()
    assert (message.gmail_id, message.category) == (gmail_id, "other")
    assert Event.select().count() == 0
    columns = set(Message._meta.columns)
    known = {"id", "mailbox_id", "gmail_id", "received_at", "category", "state", "reason"}
    # Where the user has said of such mail that it is not about a job, the id of that word.
    assert columns == known | {"lesson"} and message.lesson is None


def test_mail_that_we_sent_ourselves_is_no_verdict(made: Service) -> None:
    mailbox = ready(made)
    mail = EmailMessage()
    mail["From"], mail["To"] = "news@hearback.example", ADDRESS
    mail["Subject"] = "Acme Robotics turned you down"
    mail.set_content(REJECTED)
    signature = own.sign(mail["From"], mail["To"], mail["Subject"], settings().secret_key.encode())
    mail["X-Hearback-Signature"] = signature
    made.google.deliver(ADDRESS, raw=mail.as_bytes())
    del mail["X-Hearback-Signature"]
    mail["X-Hearback-Signature"] = "v1=" + "0" * 64
    made.google.deliver(ADDRESS, raw=mail.as_bytes())
    sync_mailbox(mailbox.id)
    assert [m.category for m in Message.select().order_by(Message.id)] == ["other", "rejection"]


def test_a_history_that_ended_is_searched_and_the_gap_told(made: Service) -> None:
    mailbox = ready(made)
    made.tell("We got your application", ACKNOWLEDGED)
    sync_mailbox(mailbox.id)
    before = cursor(mailbox)
    ids = [made.tell("Interview", INVITED), made.tell("Your application", REJECTED)]
    made.google.expire_history(ADDRESS)
    sync_mailbox(mailbox.id)
    assert made.statuses() == [("Acme Robotics", "rejected")]
    assert set(ids) <= set(made.counted())
    gap = HistoryGap.get()
    assert (gap.from_history_id, gap.found) == (before, 2)
    assert cursor(mailbox) == gap.to_history_id > before
    # What comes after the gap is read from history again.
    made.tell("Interview after all", INVITED)
    sync_mailbox(mailbox.id)
    assert HistoryGap.select().count() == 1
    assert made.statuses() == [("Acme Robotics", "interview_scheduled")]


def test_a_message_deleted_before_it_is_fetched_is_skipped(made: Service) -> None:
    mailbox = ready(made)
    first = made.tell("We got your application", ACKNOWLEDGED)
    gone = made.tell("Interview", INVITED)
    last = made.tell("Your application", REJECTED)
    made.google.delete(ADDRESS, gone)
    sync_mailbox(mailbox.id)
    assert made.counted() == [first, last]
    assert cursor(mailbox) >= int(made.google.account(ADDRESS)["historyId"])


def test_a_message_that_cannot_be_read_is_set_aside_and_blocks_nobody(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = ready(made)
    first = made.tell("We got your application", ACKNOWLEDGED)
    broken = made.tell("Broken", "x")
    last = made.tell("Your application", REJECTED)
    original = gmail_client.raw_mail

    def without_bytes(answer: dict[str, str]) -> gmail_client.RawMail:
        return original({**answer, "raw": ""} if answer["id"] == broken else answer)  # type: ignore[arg-type]

    monkeypatch.setattr(gmail_client, "raw_mail", without_bytes)
    sync_mailbox(mailbox.id)
    assert made.counted() == [first, last]
    aside = Message.get(Message.gmail_id == broken)
    assert (aside.state, aside.reason) == ("quarantined", "the message is empty")


@pytest.mark.parametrize("kind", ["429", "500", "503", "403", "reset", "401"])
def test_a_passing_fault_holds_the_cursor_and_a_retry_reads_all(made: Service, kind: str) -> None:
    mailbox = ready(made)
    ids = [made.tell("We got your application", ACKNOWLEDGED), made.tell("Your application", REJECTED)]
    before = cursor(mailbox)
    # What may be over at once is tried so often at once; the HTTP library itself doubles a reset.
    count = {"500": QUICK_TRIES, "503": QUICK_TRIES, "reset": 2 * QUICK_TRIES}.get(kind, 1)
    made.google.fault("history.list", kind, count=count)
    with pytest.raises(Transient):
        sync_mailbox(mailbox.id)
    assert cursor(mailbox) == before
    pauses_pass()
    sync_mailbox(mailbox.id)
    assert made.counted() == ids


def test_a_batch_that_fails_in_part_keeps_what_it_read(made: Service) -> None:
    mailbox = ready(made)
    ids = [made.tell("We got your application", ACKNOWLEDGED), made.tell("Your application", REJECTED)]
    before = cursor(mailbox)
    made.google.fault("messages.get", "429", count=1)
    with pytest.raises(Transient):
        sync_mailbox(mailbox.id)
    assert len(made.counted()) == 1
    assert cursor(mailbox) == before
    pauses_pass()
    sync_mailbox(mailbox.id)
    assert made.counted() == ids


def test_a_revoked_grant_is_told_to_the_user_and_ends_the_calls(made: Service) -> None:
    mailbox = ready(made)
    made.google.revoke(ADDRESS)
    Mailbox.update(access_token=None).execute()
    made.tell("Your application", REJECTED)
    sync_mailbox(mailbox.id)
    assert Mailbox.get_by_id(mailbox.id).state == MailboxState.DISCONNECTED
    made.google.clear_calls()
    sync_mailbox(mailbox.id)
    assert made.google.calls()["calls"] == {}


def test_history_that_lags_behind_its_push_is_looked_at_again(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = ready(made)
    made.google.settings(history_lag=60)
    gmail_id = made.tell("We got your application", ACKNOWLEDGED)
    announced = int(made.google.account(ADDRESS)["historyId"])
    Mailbox.update(notified_history_id=announced).execute()
    before = cursor(mailbox)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            assert cursor(mailbox) <= before
            made.google.advance_clock(61)

    monkeypatch.setattr(module.time, "sleep", wait)
    sync_mailbox(mailbox.id)
    assert made.counted() == [gmail_id]
    assert len(waits) == 2


def test_connecting_reads_old_mail_newest_first_and_page_by_page(
    made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gmail_client, "PAGE", 2)
    mailbox = connect(made)
    ids = [
        made.tell("We got your application", ACKNOWLEDGED),
        made.tell("Interview", INVITED),
        made.tell("Your application", REJECTED),
    ]
    connect_mailbox(mailbox.id)
    assert Mailbox.get_by_id(mailbox.id).watch_expires_at > now()
    backfill_mailbox(mailbox.id)
    assert made.counted() == ids[1:]
    run_worker()
    assert made.counted() == ids
    done = Mailbox.get_by_id(mailbox.id)
    assert (done.backfill_found, done.backfilled_at is not None) == (3, True)
    assert made.statuses() == [("Acme Robotics", "rejected")]
