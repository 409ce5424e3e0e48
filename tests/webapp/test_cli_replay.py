"""`flask gmail replay`: what was set aside is listed, read again, and what stays aside is said."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from hearback.mail.parse import UnreadableMail
from hearback.models import Event, Mailbox, Message, MessageState, now
from jobs import reading
from jobs.sync_mailbox import sync_mailbox
from sandbox.client import SandboxControl
from tests.support.service import ACKNOWLEDGED, ADDRESS, Service, connect, service
from webapp import create_app


@pytest.fixture
def made(sqlite_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Service]:
    with service(sqlite_url, redis_url, sandbox.url, web=False) as running:
        yield running


@pytest.fixture
def app(made: Service) -> Flask:
    return create_app()


def unreadable(made: Service, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A mail that the reader of today cannot read."""
    mailbox = connect(made)
    Mailbox.update(backfilled_at=now()).execute()
    sync_mailbox(mailbox.id)
    made.tell("We got your application", ACKNOWLEDGED)
    with monkeypatch.context() as broken:

        def fail(raw: bytes) -> None:
            raise UnreadableMail("nobody can read this")

        broken.setattr(reading, "parse", fail)
        sync_mailbox(mailbox.id)
    message: Message = Message.get()
    assert message.state == MessageState.QUARANTINED
    return message


def run(app: Flask, *arguments: str) -> tuple[int, list[dict[str, object]]]:
    result = app.test_cli_runner().invoke(args=["gmail", "replay", "--json", *arguments])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_a_list_reads_nothing(app: Flask, made: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    message = unreadable(made, monkeypatch)
    code, (shown,) = run(app, "--list")
    assert (code, shown["message"], shown["reason"]) == (0, message.id, "nobody can read this")
    assert Message.get().state == MessageState.QUARANTINED


def test_a_mail_that_can_be_read_now_counts_as_if_it_always_could(
    app: Flask, made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable(made, monkeypatch)
    code, (shown,) = run(app, "--user", ADDRESS)
    assert (code, shown["state"]) == (0, MessageState.READ)
    assert made.statuses() == [("Acme Robotics", "applied")]
    assert Event.select().count() == 1
    # There is nothing left to read, and a second run says so by silence.
    assert run(app) == (0, [])


def test_a_mail_that_still_cannot_be_read_stays_aside_and_ends_with_one(
    app: Flask, made: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable(made, monkeypatch)

    def fail(raw: bytes) -> None:
        raise RecursionError("an own fault, whose words nobody shall see")

    monkeypatch.setattr(reading, "parse", fail)
    code, (shown,) = run(app)
    assert (code, shown["state"]) == (1, MessageState.QUARANTINED)
    assert str(shown["reason"]).startswith("RecursionError at test_cli_replay.py:")
    assert "words" not in str(shown["reason"])


def test_a_message_that_is_not_there_is_said(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["gmail", "replay", "--message", "77"])
    assert result.exit_code == 1
    assert "No message 77 is set aside" in result.output
