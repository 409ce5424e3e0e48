"""Disconnecting a mailbox on its page: what will happen is said before, and what happened after."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from hearback.models import Application, Event, Mailbox, Message
from hearback.models.mailbox import import_mailbox
from jobs import acts
from jobs.queues import queues
from tests.support import product
from tests.webapp import story
from tests.webapp.reader import Reader
from webapp import create_app

DAY = dt.timedelta(days=1)


@pytest.fixture
def app(sqlite_url: str, redis_url: str) -> Iterator[Flask]:
    """The application with its queues; no Google is near, because only jobs speak with it."""
    with product.running(product.environment(sqlite_url, redis_url)):
        yield create_app()


def test_the_page_says_what_will_happen(robin: Reader) -> None:
    goes, stays = story.mailbox(robin.user), story.mailbox(robin.user, "second@example.com")
    story.mail(goes, "acknowledgment", 3 * DAY, company="Birch", role=None)
    story.mail(goes, "acknowledgment", 2 * DAY)
    story.mail(stays, "offer", DAY)
    Message.add(goes.id, "private", goes.connected_at, "other")
    assert "Disconnect" in robin.read("/mailboxes")
    text = robin.read(f"/mailboxes/{goes.id}/leave")
    assert "Disconnect robin@example.com?" in text
    assert "We stop reading this mailbox at once" in text
    assert "What we keep of 3 mails is deleted here." in text
    assert "1 application that stands on this mailbox alone disappears from your board." in text
    assert "1 other application loses the mails of this mailbox and stays." in text


def test_keeping_leaves_the_board_as_it_is(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment")
    text = robin.press(f"/mailboxes/{box.id}/leave", "Disconnect and keep")
    assert "Disconnected robin@example.com. What we learnt from it stays on your board." in text
    assert "No mailbox is read now." in text
    assert "Nothing new is read" in text and "Connect again" in text
    assert Application.select().count() == 1
    assert [(job.func_name, job.args) for job in queues.default.get_jobs()] == [
        ("jobs.leave_mailbox.leave_mailbox", [box.id])
    ]
    assert "Acme Robotics" in robin.read("/")


@pytest.mark.parametrize("typed", ["", "robin", "mallory@example.com"])
def test_erasing_asks_for_the_address(robin: Reader, typed: str) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment")
    answer = robin.post(f"/mailboxes/{box.id}/leave", what="erase", typed=typed)
    assert answer.status_code == 400
    assert "To erase, type robin@example.com." in answer.text
    assert f'value="{typed}"' in answer.text
    assert Mailbox.get().state == "connected" and Event.select().count() == 1


@pytest.mark.parametrize("state", ["connected", "left", "disconnected", "refused"])
def test_erasing_takes_the_applications_at_once(robin: Reader, state: str) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment")
    Mailbox.update(state=state).execute()
    answer = robin.post(f"/mailboxes/{box.id}/leave", what="erase", typed=" Robin@Example.com ")
    assert answer.status_code == 303
    text = robin.read("/mailboxes")
    assert "Disconnected robin@example.com, and erased what we learnt from it." in text
    assert "This entry goes as soon as Google has heard of it." in text
    assert not Application.select().exists() and not Message.select().exists()
    assert robin.client.get(f"/mailboxes/{box.id}/leave").status_code == 404


def test_a_mailbox_that_was_left_can_still_be_erased(robin: Reader) -> None:
    box = story.mailbox(robin.user, state="left")
    assert "Erase what was learnt" in robin.read("/mailboxes")
    text = robin.read(f"/mailboxes/{box.id}/leave")
    assert "Erase what we learnt from robin@example.com?" in text
    assert "Disconnect and keep" not in text


@pytest.mark.parametrize("what", ["keep", "erase"])
def test_another_users_mailbox_is_not_there(robin: Reader, mallory: Reader, what: str) -> None:
    box = story.mailbox(robin.user)
    path = f"/mailboxes/{box.id}/leave"
    assert mallory.client.get(path).status_code == 404
    assert mallory.post(path, what=what, typed="robin@example.com").status_code == 404
    assert Mailbox.get().state == "connected"


def test_imported_files_are_no_mailbox_to_leave(robin: Reader) -> None:
    box = import_mailbox(robin.user)
    assert robin.client.get(f"/mailboxes/{box.id}/leave").status_code == 404
    assert "Disconnect" not in robin.read("/mailboxes")


def test_a_form_without_a_choice_changes_nothing(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    answer = robin.post(f"/mailboxes/{box.id}/leave")
    assert answer.status_code == 400 and "choose whether to keep or to erase" in answer.text
    assert robin.client.post(f"/mailboxes/{box.id}/leave", data={"what": "keep"}).status_code == 400
    assert Mailbox.get().state == "connected"


def test_what_the_user_added_by_hand_stays(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "rejection", DAY)
    acts.add(robin.user.id, "Acme Robotics", "Backend Engineer", "applied", "by-hand")
    robin.post(f"/mailboxes/{box.id}/leave", what="erase", typed="robin@example.com")
    assert [(row.company, row.status) for row in Application.select()] == [("Acme Robotics", "applied")]
