"""`flask gmail status | watch | sync`: each mailbox is named with what came of it."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from hearback.models import Mailbox, MailboxState, User
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


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["gmail", *arguments])
    return result.exit_code, result.output


def test_news_are_read_and_the_watch_is_asked_for(app: Flask, made: Service) -> None:
    connect(made)
    assert run(app, "watch") == (0, f"{ADDRESS}: watched\n")
    made.tell("We got your application", ACKNOWLEDGED)
    assert run(app, "sync", "--user", ADDRESS) == (0, f"{ADDRESS}: read\n")
    assert made.statuses() == [("Acme Robotics", "applied")]
    code, output = run(app, "status", "--json")
    shown = json.loads(output)
    assert (code, shown["state"], shown["quarantined"], shown["last_error"]) == (0, "connected", 0, None)
    assert shown["watch_until"]


def test_a_refused_watch_is_said_and_ends_with_one(app: Flask, made: Service) -> None:
    connect(made)
    made.google.fault("watch", "domainPolicy")
    code, output = run(app, "watch")
    assert code == 1
    assert output == f"{ADDRESS}: not watched: HTTP 403 domainPolicy\n"


def test_a_grant_that_is_gone_is_said(app: Flask, made: Service) -> None:
    connect(made)
    made.google.revoke(ADDRESS)
    assert run(app, "sync") == (1, f"{ADDRESS}: not read: invalid_grant\n")
    # From now on nobody asks Google, and the command says why.
    made.google.clear_calls()
    assert run(app, "sync") == (0, f"{ADDRESS}: not read: it is disconnected\n")
    assert made.google.calls()["calls"] == {}


def test_one_mailbox_in_trouble_does_not_hide_the_others(app: Flask, made: Service) -> None:
    connect(made, "kim@example.com")
    connect(made)
    made.google.fault("history.list", "429", address="kim@example.com")
    code, output = run(app, "sync")
    assert code == 1
    assert "kim@example.com: not read: HTTP 429" in output
    assert f"{ADDRESS}: read" in output


def test_a_mailbox_that_was_left_is_not_asked_for(app: Flask, made: Service) -> None:
    user = User.create(email="lee@example.com")
    Mailbox.create(user=user, address="lee@example.com", state=MailboxState.LEFT)
    assert run(app, "watch") == (0, "lee@example.com: not watched: it is left\n")
