"""Chat services and webhooks: what reaches them, what does not, and what the user is told of it."""

import json
import logging
import socket
from collections.abc import Iterator

import pytest

from hearback.notify import chat
from hearback.notify.errors import NotDelivered
from tests.support.listeners import Web, web
from tools.ports import any_free


@pytest.fixture
def hook() -> Iterator[Web]:
    """A webhook on this machine."""
    with web() as listening:
        yield listening


def fault(address: str, allow_private: bool = True) -> NotDelivered:
    """Why nothing can be sent there."""
    with pytest.raises(NotDelivered) as caught:
        chat.send(address, "Title", "Body", allow_private)
    return caught.value


def test_a_webhook_gets_title_and_text(hook: Web) -> None:
    chat.send(hook.hook, "Acme makes you an offer", "It is about Engineer.", allow_private=True)
    sent = json.loads(hook.bodies[0])
    assert (sent["title"], sent["message"]) == ("Acme makes you an offer", "It is about Engineer.")


@pytest.mark.parametrize(
    ("status", "permanent"), [(500, False), (503, False), (429, False), (400, True), (403, True), (404, True)]
)
def test_a_refusal_is_told_with_its_code(hook: Web, status: int, permanent: bool) -> None:
    hook.status = status
    why = fault(hook.hook)
    assert str(why) == f"The service refused the message (HTTP {status})."
    assert why.permanent == permanent


def test_a_service_that_is_down_may_come_back() -> None:
    why = fault(f"json://127.0.0.1:{any_free()}/")
    assert "did not answer" in str(why) and not why.permanent


def test_a_service_that_never_answers_is_left(hook: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "SECONDS", 1.0)
    hook.awake.clear()
    why = fault(f"{hook.hook}?rto=900")
    assert "did not finish" in str(why) and not why.permanent


def test_an_endless_answer_does_not_fill_this_process(hook: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MEMORY_BYTES", 32 * 2**20)
    hook.size = 3 * chat.MEMORY_BYTES
    assert "did not answer as it should" in str(fault(hook.hook))


def forms(port: str) -> list[str]:
    """This machine, written in every way that a resolver takes."""
    names = ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0")
    return [f"json://{name}:{port}/hook" for name in names]


def test_no_form_of_an_address_leads_to_this_machine(hook: Web) -> None:
    for address in forms(hook.url.rpartition(":")[2]):
        try:
            why = fault(address, allow_private=False)
        except chat.BadAddress:
            continue
        assert why.permanent and "private network" in str(why), address
    assert hook.bodies == []


def test_a_name_that_leads_to_this_machine_is_refused_when_it_is_connected_to(
    hook: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(hook.url.rpartition(":")[2])
    # A name whose owner answers with a public address to who checks it, and then with another.
    answers = iter(["93.184.215.14"])

    def resolve(host: str, *rest: object, **more: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    socket.getaddrinfo("rebinding.example", port)
    why = fault(f"json://rebinding.example:{port}/hook", allow_private=False)
    assert "private network" in str(why)
    assert hook.bodies == []


def test_a_redirect_is_not_followed(hook: Web) -> None:
    hook.leads_to = f"{hook.url}/hook"
    why = fault(f"{hook.hook.removesuffix('/hook')}/elsewhere?redirect=yes")
    assert "sent us elsewhere (HTTP 307)" in str(why) and why.permanent
    assert len(hook.bodies) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "dbus://", "gnome://", "syslog://", "windows://", "macosx://"),
        *("mailto://user:password@gmail.com", "smtp://x", "mqtt://localhost", "xmpp://u:p@localhost"),
        *("https://example.com/hook", "apprise://localhost/token", "rsyslog://localhost", "", "nonsense"),
        *("javascript:alert(1)", "json://", "twilio://sid:token@12223334444/12223334444"),
    ],
)
def test_other_ways_are_no_addresses(address: str) -> None:
    with pytest.raises(chat.BadAddress, match="jsons://host/path"):
        chat.name_of(address)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("jsons://user:secret@example.com/secret", "A webhook at example.com"),
        ("tgram://123456789:AAsecretsecretsecretsecretsecretsec/12315544/", "Telegram"),
        ("https://discord.com/api/webhooks/1234567890/secret", "Discord"),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "Slack"),
        ("ntfys://ntfy.sh/secret", "Ntfy at ntfy.sh"),
        ("ntfy://secret", "Ntfy"),
    ],
)
def test_a_name_shows_no_secret(address: str, name: str) -> None:
    assert chat.name_of(address) == name


def test_no_log_line_holds_a_secret(hook: Web, caplog: pytest.LogCaptureFixture) -> None:
    hook.status = 500
    with caplog.at_level(logging.DEBUG):
        fault(hook.hook.replace("json://", "json://user:topsecret@"))
        with pytest.raises(chat.BadAddress):
            chat.name_of("tgram://topsecret")
    assert "topsecret" not in caplog.text
