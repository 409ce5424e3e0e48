"""Gmail's watch is renewed before it ends, asked for again when it is missing, and never silently lost."""

import datetime as dt
import os

from hearback import config
from hearback.models import Mailbox, MailboxState, Notification, User, now
from jobs.queues import queues
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox
from jobs.watch import AGAIN, care_for_watches, renew_watch, renew_watches
from tests.support.forked import run_worker
from tests.support.service import ADDRESS, Service, connect

WEEK = dt.timedelta(days=7)


def ready(made: Service, address: str = ADDRESS) -> Mailbox:
    """A mailbox that has read everything, and whose watch ends within the hour."""
    mailbox = connect(made, address)
    Mailbox.update(backfilled_at=now(), watch_expires_at=now() + dt.timedelta(hours=1)).execute()
    sync_mailbox(mailbox.id)
    return Mailbox.get_by_id(mailbox.id)


def fresh(mailbox: Mailbox) -> Mailbox:
    return Mailbox.get_by_id(mailbox.id)


def told() -> list[str]:
    """What users were told of their mailboxes, by the first word of the key."""
    return [row.key.split(":")[0] for row in Notification.select().order_by(Notification.id)]


def test_all_watches_are_renewed_in_bulk(made: Service) -> None:
    boxes = [ready(made, f"user{number}@example.com") for number in range(3)]
    renew_watches()
    run_worker()
    for box in boxes:
        assert fresh(box).watch_expires_at > now() + WEEK - dt.timedelta(hours=1)


def test_one_watch_serves_all_rows_of_an_address(made: Service) -> None:
    mailbox = ready(made)
    other = User.create(email="kim@example.com")
    tokens = made.google.grant(ADDRESS)
    second = Mailbox.create(user=other, address=ADDRESS, refresh_token=tokens.refresh_token, history_id=1)
    renew_watch(mailbox.id)
    assert fresh(second).watch_expires_at == fresh(mailbox).watch_expires_at > now() + dt.timedelta(days=6)


def test_a_watch_that_ran_out_is_told_once_and_asked_for_again(made: Service) -> None:
    mailbox = ready(made)
    Mailbox.update(watch_expires_at=now() - dt.timedelta(hours=1)).execute()
    made.google.fault("watch", "500")
    for _ in range(3):
        assert care_for_watches(now() + AGAIN * 2) in {0, 1}
    assert told() == ["watch_lapsed"]
    made.google.clear_faults()
    queues.default.empty()
    Mailbox.update(watch_tried_at=None).execute()
    sweep()
    run_worker()
    assert fresh(mailbox).watch_expires_at > now()


def test_a_watch_is_not_asked_for_each_minute(made: Service) -> None:
    ready(made)
    Mailbox.update(watch_expires_at=None).execute()
    at = now()
    assert care_for_watches(at) == 1
    assert care_for_watches(at + dt.timedelta(minutes=1)) == 0
    assert care_for_watches(at + AGAIN + dt.timedelta(seconds=1)) == 1


def test_a_refused_watch_leaves_the_mailbox_readable_and_says_why(made: Service) -> None:
    mailbox = ready(made)
    renew_elsewhere(mailbox)
    stands = fresh(mailbox)
    assert stands.state == MailboxState.CONNECTED
    assert stands.watch_error
    assert told() == ["watch_refused"]
    # Asked again the same day, it is told once.
    renew_elsewhere(mailbox)
    assert told() == ["watch_refused"]
    renew_watch(mailbox.id)
    assert fresh(mailbox).watch_error is None


def renew_elsewhere(mailbox: Mailbox) -> None:
    """Renew with a topic that is not there, as after a wrong setting."""
    right = os.environ["PUBSUB_TOPIC"]
    os.environ["PUBSUB_TOPIC"] = "projects/sandbox/topics/other"
    config.settings.cache_clear()
    renew_watch(mailbox.id)
    os.environ["PUBSUB_TOPIC"] = right
    config.settings.cache_clear()


def test_a_mailbox_that_was_refused_comes_back_when_google_lets_us(made: Service) -> None:
    mailbox = ready(made)
    Mailbox.update(state=MailboxState.REFUSED, last_error="HTTP 403 domainPolicy").execute()
    renew_watches()
    run_worker()
    stands = fresh(mailbox)
    assert (stands.state, stands.last_error) == (MailboxState.CONNECTED, None)
