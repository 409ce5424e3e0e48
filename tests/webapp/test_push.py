"""The webhook: what is forged gets nothing, what is broken harms nothing, what is good is durable."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from hearback.models import Mailbox, User, database
from jobs.queues import queues
from tests.support import product, push_keys
from tests.support.service import ADDRESS, body
from webapp import create_app

KEY = push_keys.new_key()
CERTIFICATE = push_keys.certificate(KEY)


def claims(**changed: Any) -> dict[str, Any]:
    at = int(time.time())
    good = {"iss": "https://accounts.google.com", "aud": product.BASE["PUSH_AUDIENCE"], "sub": "1"}
    good |= {"email": product.BASE["PUSH_SERVICE_ACCOUNT"], "email_verified": True}
    return {**good, "iat": at, "exp": at + 3600, **changed}


@dataclass
class Hook:
    """The webhook, and what it could change."""

    browser: FlaskClient

    def push(self, data: bytes, token: str | None = None) -> int:
        token = push_keys.token(KEY, claims()) if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.browser.post("/push/gmail", data=data, headers=headers).status_code

    def untouched(self) -> bool:
        with database.connection_context():
            announced = Mailbox.get().notified_history_id
        return bool(queues.mail.is_empty() and announced == 0)


@pytest.fixture
def hook(database_url: str, redis_url: str) -> Iterator[Hook]:
    with push_keys.published({"k1": CERTIFICATE}) as certs:
        env = product.environment(database_url, redis_url) | {"PUSH_CERTS_URL": certs.url}
        with product.running(env):
            with database.connection_context():
                Mailbox.create(user=User.create(email=ADDRESS), address=ADDRESS, history_id=10)
            yield Hook(create_app().test_client())


FORGED = {
    "no token": (401, ""),
    "alg none": (401, push_keys.unsigned_token(claims())),
    "HS256 with the public key": (401, push_keys.hs256_token(CERTIFICATE.encode(), claims())),
    "another key": (401, push_keys.token(push_keys.new_key(), claims())),
    "wrong issuer": (401, push_keys.token(KEY, claims(iss="https://evil.example"))),
    "wrong audience": (403, push_keys.token(KEY, claims(aud="https://evil.example"))),
    "wrong account": (403, push_keys.token(KEY, claims(email="evil@example.com"))),
    "unverified account": (403, push_keys.token(KEY, claims(email_verified=False))),
    "expired": (401, push_keys.token(KEY, claims(iat=1, exp=2))),
}


def test_forged_pushes_are_refused_and_change_nothing(hook: Hook) -> None:
    for name, (status, token) in FORGED.items():
        assert hook.push(body(ADDRESS, 20), token) == status, name
    assert hook.untouched()


BAD = {
    "not JSON": b"hello",
    "no message": b"{}",
    "data is not base64": b'{"message": {"data": "%%%"}}',
    "data is not JSON": b'{"message": {"data": "aGVsbG8="}}',
    "unknown address": body("nobody@example.com", 20),
    "negative": body(ADDRESS, -5),
    "text": body(ADDRESS, "many"),
    "enormous": body(ADDRESS, 10**40),
    "empty": b"",
}


def test_broken_pushes_are_answered_once_and_for_all_with_one_log_line(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "webapp.push")
    logging.getLogger().addHandler(caplog.handler)
    for name, data in BAD.items():
        caplog.clear()
        assert hook.push(data) == 204, name
        lines = [r.getMessage() for r in caplog.records if r.name == "webapp.push"]
        assert len(lines) == 1, name
        assert "example.com" not in lines[0], "an address stands in the log"
    assert hook.untouched()


def test_a_body_over_a_megabyte_is_refused_unread(hook: Hook) -> None:
    assert hook.push(b"x" * (1024 * 1024 + 1)) == 413
    assert hook.untouched()


def test_a_good_push_is_in_the_database_and_on_the_queue(hook: Hook) -> None:
    assert hook.push(body(ADDRESS.upper(), "20")) == 204
    with database.connection_context():
        assert Mailbox.get().notified_history_id == 20
    assert [job.args for job in queues.mail.get_jobs()] == [[Mailbox.get().id]]


def test_an_older_push_lowers_nothing(hook: Hook, redis_url: str) -> None:
    hook.push(body(ADDRESS, 30))
    with Redis.from_url(redis_url) as client:
        client.flushall()
    assert hook.push(body(ADDRESS, 20)) == 204
    assert hook.push(body(ADDRESS, 5)) == 204
    with database.connection_context():
        assert Mailbox.get().notified_history_id == 30


def test_without_redis_the_push_shall_come_again(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    product.forget()
    assert hook.push(body(ADDRESS, 20)) == 503


def test_without_the_database_the_push_shall_come_again(hook: Hook, tmp_path: Any) -> None:
    with database.connection_context():
        database.execute_sql("ALTER TABLE mailboxes RENAME TO mailboxes_gone")
    assert hook.push(body(ADDRESS, 20)) == 503
    with database.connection_context():
        database.execute_sql("ALTER TABLE mailboxes_gone RENAME TO mailboxes")
    assert hook.untouched()


def test_readiness_names_what_is_missing(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = hook.browser.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": "ready", "redis": "ready"})
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")
    product.forget()
    answer = hook.browser.get("/readyz")
    assert (answer.status_code, json.loads(answer.data)["redis"]) == (503, "does not answer")
    assert hook.browser.get("/healthz").status_code == 200


def test_a_push_asks_google_for_nothing_but_certificates(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: Any) -> str:
        raise AssertionError("the answer to a push waited for Google")

    monkeypatch.setattr("webapp.signin.content_security_policy", asked)
    assert hook.push(body(ADDRESS, 20)) == 204
