"""Postgres ends its connections when it restarts: pages notice before they use one, pushes come again."""

import time
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient

from hearback.models import Mailbox, User, database, release
from jobs.queues import redis
from tests.support import product, push_keys
from tests.support.servers import wait_until
from tests.support.service import ADDRESS, body
from webapp import create_app

KEY = push_keys.new_key()


@pytest.fixture
def browser(postgres_url: str, redis_url: str) -> Iterator[FlaskClient]:
    with push_keys.published({"k1": push_keys.certificate(KEY)}) as certs:
        env = product.environment(postgres_url, redis_url) | {"PUSH_CERTS_URL": certs.url}
        with product.running(env):
            with database.connection_context():
                Mailbox.create(user=User.create(email=ADDRESS), address=ADDRESS, history_id=10)
            yield create_app().test_client()


def end_connections(url: str) -> None:
    """Do to all connections what a restart does, and wait until each has heard of it."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")

        def gone() -> bool:
            row = connection.execute(f"SELECT count(*) {others}").fetchone()
            return row is not None and row[0] == 0

        wait_until(gone, "the end of all connections")


def push(browser: FlaskClient, history_id: int) -> int:
    at = int(time.time())
    claims = {"iss": "https://accounts.google.com", "aud": product.BASE["PUSH_AUDIENCE"], "sub": "1"}
    claims |= {"email": product.BASE["PUSH_SERVICE_ACCOUNT"], "email_verified": True}
    token = push_keys.token(KEY, {**claims, "iat": at, "exp": at + 3600})
    headers = {"Authorization": f"Bearer {token}"}
    return browser.post("/push/gmail", data=body(ADDRESS, history_id), headers=headers).status_code


def test_a_page_after_a_restart_is_as_good_as_before(browser: FlaskClient, postgres_url: str) -> None:
    assert browser.get("/sign-in").status_code == 200
    for _ in range(3):
        end_connections(postgres_url)
        assert browser.get("/sign-in").status_code == 200
        assert browser.get("/readyz").status_code == 200


def test_a_push_that_meets_a_dead_connection_comes_again_and_counts(
    browser: FlaskClient, postgres_url: str
) -> None:
    assert push(browser, 20) == 204
    end_connections(postgres_url)
    # Without its mark in Redis the next push goes to the database, by the connection that its thread kept.
    redis().flushdb()
    assert push(browser, 500) == 503
    assert push(browser, 500) == 204
    release()
    with database.connection_context():
        assert Mailbox.get().notified_history_id == 500


def test_a_page_does_not_inherit_a_dead_connection_from_a_push(
    browser: FlaskClient, postgres_url: str
) -> None:
    assert push(browser, 20) == 204
    end_connections(postgres_url)
    assert browser.get("/sign-in").status_code == 200
