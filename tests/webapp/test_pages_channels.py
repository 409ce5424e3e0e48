"""Users choose how news reaches them, see whether it does, and end it from any mail."""

from collections.abc import Iterator

import pytest
from flask import Flask

from hearback.gmail.oauth import SEND
from hearback.models import Channel, Delivery, Manner, Notification, Preference, User
from jobs import unsubscribe
from jobs.deliver import deliver
from tests.support import product
from tests.support.listeners import Post, Web, post, web
from tests.webapp import story
from tests.webapp.reader import Reader

PAGE = "/settings/notifications"
TOKEN = "AAsecretsecretsecretsecretsecretsec"


@pytest.fixture
def server(app: Flask, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A mail server that the operator has set up; users may have private addresses."""
    with post() as listening:
        monkeypatch.setenv("REDIS_URL", redis_url)
        monkeypatch.setenv("SMTP_URL", listening.url)
        monkeypatch.setenv("MAIL_FROM", "news@hearback.example")
        monkeypatch.setenv("ALLOW_PRIVATE_ADDRESSES", "1")
        product.forget()
        yield listening


@pytest.fixture
def hook() -> Iterator[Web]:
    """A webhook."""
    with web() as listening:
        yield listening


def test_the_settings_lead_there(robin: Reader) -> None:
    links = [a.attributes["href"] for a in robin.see("/settings").css("main a")]
    assert PAGE in links


def test_without_a_channel_the_page_says_so(robin: Reader) -> None:
    assert "News waits for you on these pages alone." in robin.read(PAGE)


def test_mail_is_there_by_itself_and_stays_off_when_switched_off(robin: Reader, server: Post) -> None:
    assert f"{robin.user.email} By mail from this service." in robin.read(PAGE)
    assert "News waits for you on these pages alone." in robin.press(None, "Switch off")
    Notification.tell(robin.user.id, "interview", "1", data={"subject": "S", "intro": "I"})
    assert Delivery.select().count() == 0
    assert "News reaches you one way" in robin.press(None, "Switch on")


def test_a_chat_service_is_added_tried_and_removed(robin: Reader, server: Post, hook: Web) -> None:
    answer = robin.post(f"{PAGE}/chat", address=hook.hook, label="My hook")
    assert answer.headers["Location"] == PAGE
    assert "My hook (A webhook at 127.0.0.1)" in robin.read(PAGE)
    channel = Channel.get(Channel.kind == "chat")
    assert "A test is on its way" in _press_of(robin, channel, "test")
    assert "Test: on its way." in robin.read(PAGE)
    deliver(channel.id)
    assert "Test: accepted at" in robin.read(PAGE)
    assert b"This is the test that you asked for" in hook.bodies[0]
    hook.status = 403
    _press_of(robin, channel, "test")
    deliver(channel.id)
    text = robin.read(PAGE)
    assert "Test: it failed. The service refused the message (HTTP 403)." in text
    assert "News does not reach My hook" in text
    assert "Nothing more goes to My hook" in _press_of(robin, channel, "remove")
    assert not Channel.select().where(Channel.kind == "chat").exists()


def _press_of(reader: Reader, channel: Channel, act: str) -> str:
    answer = reader.post(f"{PAGE}/{channel.id}/{act}")
    assert answer.status_code == 303, answer.text
    return reader.read(PAGE)


def test_no_page_shows_a_token(robin: Reader) -> None:
    robin.post(f"{PAGE}/chat", address=f"tgram://123456789:{TOKEN}/12315544", label="")
    text = robin.client.get(PAGE).text
    assert "Telegram" in text and "secret" not in text


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "mailto://a:b@example.com", "x" * 2000])
def test_a_wrong_address_is_told_and_kept(robin: Reader, address: str) -> None:
    answer = robin.post(f"{PAGE}/chat", address=address, label="Mine")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text and 'value="Mine"' in answer.text
    assert f'value="{address}"' in answer.text
    assert Channel.select().count() == 0


def test_there_is_an_end_to_channels(robin: Reader) -> None:
    for number in range(11):
        answer = robin.post(f"{PAGE}/chat", address=f"ntfy://topic{number}")
    assert "10 ways to reach you already" in answer.text
    assert Channel.select().count() == 10


def test_another_users_channel_is_not_there(robin: Reader, mallory: Reader) -> None:
    robin.post(f"{PAGE}/chat", address="ntfy://secrettopic")
    channel = Channel.get()
    for act in ("test", "remove", "on"):
        assert mallory.post(f"{PAGE}/{channel.id}/{act}").status_code == 404
    mallory.post(f"{PAGE}/table", way=[channel.id], goes=[f"{channel.id}:interview"])
    assert Preference.select().count() == 0
    assert "Ntfy" not in mallory.read(PAGE)
    box = story.mailbox(robin.user, scopes=SEND)
    assert mallory.post(f"{PAGE}/gmail", mailbox_id=box.id).status_code == 404


def test_a_mailbox_that_we_may_send_from_writes_to_itself(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    assert f"Allow sending from {box.address}" in robin.read(PAGE)
    assert robin.post(f"{PAGE}/gmail", mailbox_id=box.id).status_code == 400
    box.scopes = SEND
    box.save()
    assert "By mail from this Gmail to itself." in robin.press(PAGE, f"Send from {box.address}")


def test_what_goes_where_is_a_table_of_boxes(robin: Reader, server: Post) -> None:
    robin.see(PAGE)
    channel = Channel.get()
    boxes = robin.page.css("input[name=goes]")
    ticked = {box.attributes["value"] for box in boxes if "checked" in box.attributes}
    assert f"{channel.id}:interview" in ticked and f"{channel.id}:status_change" not in ticked
    robin.post(f"{PAGE}/table", way=[channel.id], goes=[f"{channel.id}:status_change"])
    Notification.tell(robin.user.id, "interview", "1", data={"subject": "S", "intro": "I"})
    assert Delivery.select().count() == 0
    Notification.tell(robin.user.id, "status_change", "2", data={"subject": "S", "intro": "I"})
    assert Delivery.select().count() == 1


def test_a_way_that_an_older_page_did_not_show_keeps_what_it_does(robin: Reader, server: Post) -> None:
    robin.see(PAGE)
    shown = [box.attributes["value"] for box in robin.page.css("input[name=way]")]
    assert shown == [str(Channel.get().id)]
    robin.post(f"{PAGE}/chat", address="ntfy://topic")
    robin.post(f"{PAGE}/table", way=shown, goes=[])
    added = Channel.get(Channel.kind == "chat")
    assert "interview" in Preference.table([added])[added.id]


def test_what_is_switched_off_is_not_tried(robin: Reader, server: Post) -> None:
    robin.see(PAGE)
    channel = Channel.get()
    robin.post(f"{PAGE}/{channel.id}/remove")
    answer = robin.post(f"{PAGE}/{channel.id}/test")
    assert answer.status_code == 400 and "It is switched off. Switch it on first." in answer.text
    assert server.mails == []


def test_quiet_hours_and_digest(robin: Reader) -> None:
    robin.post(f"{PAGE}/manner", quiet_from="22:00", quiet_until="07:00", digest_at="18:00")
    manner, _ = Manner.of(robin.user.id)
    assert (manner.quiet_from, manner.quiet_until, manner.digest_at) == ("22:00", "07:00", "18:00")
    robin.post(f"{PAGE}/manner", quiet_from="", quiet_until="", digest_at="")
    assert Manner.of(robin.user.id)[0].quiet_from is None
    for wrong in (
        {"quiet_from": "25:00", "quiet_until": "07:00"},
        {"quiet_from": "22:00"},
        {"digest_at": "six"},
    ):
        answer = robin.post(f"{PAGE}/manner", **wrong)
        assert answer.status_code == 400, wrong


def test_the_time_zone_is_guessed_until_it_is_chosen(robin: Reader) -> None:
    robin.post("/preferences/timezone", timezone="Asia/Tokyo")
    assert "As my browser says (Asia/Tokyo now)" in robin.read(PAGE)
    robin.post(f"{PAGE}/timezone", timezone="America/St_Johns")
    robin.post("/preferences/timezone", timezone="Asia/Tokyo")
    assert User.get_by_id(robin.user.id).timezone == "America/St_Johns"
    robin.post(f"{PAGE}/timezone", timezone="")
    robin.post("/preferences/timezone", timezone="Asia/Tokyo")
    assert User.get_by_id(robin.user.id).timezone == "Asia/Tokyo"
    assert robin.post(f"{PAGE}/timezone", timezone="Mars/Base").status_code == 400


def test_the_link_in_a_mail_ends_that_kind_without_signing_in(robin: Reader, server: Post) -> None:
    channel = Channel.of(robin.user.id)[0]
    path = unsubscribe.path_for(channel.id, "summary")
    stranger = robin.app.test_client()
    seen = stranger.get(path)
    assert "The weekly summary." in seen.text and "No more such mail" in seen.text
    # Mail scanners open every link: looking ends nothing.
    assert "summary" in Preference.table([channel])[channel.id]
    done = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200 and "no more" in done.text
    wanted = Preference.table([channel])[channel.id]
    assert "summary" not in wanted and "report" in wanted


def test_a_forged_link_ends_nothing(robin: Reader, server: Post) -> None:
    channel = Channel.of(robin.user.id)[0]
    path = unsubscribe.path_for(channel.id, "summary")
    for wrong in (f"{path}x", "/unsubscribe/nonsense", path[:-4]):
        assert robin.app.test_client().post(wrong).status_code == 404
    assert Preference.select().count() == 0
