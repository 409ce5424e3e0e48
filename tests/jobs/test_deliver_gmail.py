"""News from the user's own Gmail to itself: it arrives, and it is never read as an employer's mail."""

import base64
import datetime as dt

import pytest

from hearback.gmail.oauth import READONLY, SEND
from hearback.models import (
    Application,
    Channel,
    Delivery,
    Event,
    Mailbox,
    MailboxState,
    Message,
    Notification,
    now,
)
from hearback.notify.letter import Letter
from jobs.acts import BadAct
from jobs.channels import add_gmail
from jobs.deliver import deliver
from jobs.sync_mailbox import sync_mailbox
from tests.support.service import ADDRESS, REJECTED, Service, connect

# What a careless reader would take for an employer's rejection.
LETTER = Letter("Acme Robotics decided not to go on with your application", REJECTED)


@pytest.fixture
def box(made: Service) -> Mailbox:
    """A connected mailbox, which we may send from."""
    mailbox = connect(made)
    soon = now() + dt.timedelta(days=7)
    Mailbox.update(scopes=f"{READONLY} {SEND}", backfilled_at=now(), watch_expires_at=soon).execute()
    sync_mailbox(mailbox.id)
    return Mailbox.get_by_id(mailbox.id)


def tell(box: Mailbox) -> Channel:
    """Let there be news for the channel, which is made."""
    channel = add_gmail(box.user_id, box.id)
    Notification.tell(box.user_id, "interview", "1", data=LETTER.to_json())
    return channel


def test_it_arrives_and_is_not_news_to_ourselves(made: Service, box: Mailbox) -> None:
    deliver(tell(box).id)
    assert Delivery.get().state == "sent"
    (mail,) = made.google.messages(ADDRESS, raw=True)
    raw = base64.urlsafe_b64decode(mail["raw"] + "==")
    assert b"Subject: Acme Robotics decided" in raw and b"List-Unsubscribe-Post" in raw
    sync_mailbox(box.id)
    assert Message.select().where(Message.gmail_id == mail["id"]).count() == 1
    assert (Application.select().count(), Event.select().count()) == (0, 0)
    assert Notification.select().count() == 1


def test_that_gmail_ended_the_grant_is_told_and_ends_no_reading(made: Service, box: Mailbox) -> None:
    channel = tell(box)
    Mailbox.update(access_token=None).execute()
    made.google.revoke(ADDRESS)
    deliver(channel.id)
    assert Delivery.get().state == "failed"
    assert "Gmail does not let us send from this mailbox." in Channel.get_by_id(channel.id).error
    # What it means for reading, reading finds out.
    assert Mailbox.get_by_id(box.id).state == MailboxState.CONNECTED


def test_a_gmail_that_fails_for_a_time_is_asked_again(made: Service, box: Mailbox) -> None:
    channel = tell(box)
    made.google.fault("messages.send", "503", count=1)
    deliver(channel.id)
    assert Delivery.get().state == "waiting"
    deliver(channel.id, now() + dt.timedelta(minutes=2))
    assert Delivery.get().state == "sent"
    assert len(made.google.messages(ADDRESS)) == 1


def test_without_the_permission_there_is_no_such_way(box: Mailbox) -> None:
    Mailbox.update(scopes=READONLY).execute()
    with pytest.raises(BadAct, match="We may not send from"):
        add_gmail(box.user_id, box.id)
