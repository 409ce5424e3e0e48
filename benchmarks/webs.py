"""Web processes under load, all served by the product's own gunicorn settings."""

import base64
import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support import product, push_keys, servers
from tests.support.service import answers
from tools.ports import any_free

PRODUCT = "webapp:create_app()"
NAIVE = "benchmarks.naive:create_app()"
KEY = push_keys.new_key()
AUDIENCE = "http://localhost/push/gmail"
TOKEN_SECONDS = 3600


@dataclass(frozen=True)
class Databases:
    """Where databases come from: a file for SQLite, a server that waits for its disk for Postgres."""

    folder: Path
    postgres: servers.Postgres

    @contextmanager
    def fresh(self, kind: str) -> Iterator[str]:
        """The URL of an empty database of `kind`, "SQLite" or "Postgres"."""
        if kind == "SQLite":
            yield f"sqlite:///{quote(str(self.folder / f'{time.monotonic_ns()}.db'))}"
            return
        with self.postgres.database() as url:
            yield url


def environment(database_url: str, redis_url: str, certs_url: str, google_url: str) -> dict[str, str]:
    """The product's settings, with certificates that fit our own tokens."""
    env = product.environment(database_url, redis_url, google_url)
    return {**env, "PUSH_CERTS_URL": certs_url, "PUSH_AUDIENCE": AUDIENCE}


def token() -> str:
    """A token as Google signs it. Pub/Sub sends the same one for up to an hour."""
    at = int(time.time())
    claims = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCE,
        "email": product.BASE["PUSH_SERVICE_ACCOUNT"],
        "email_verified": True,
        "iat": at,
        "exp": at + TOKEN_SECONDS,
    }
    return push_keys.token(KEY, claims)


def push_body(address: str, history_id: int) -> bytes:
    """A push's body as Pub/Sub wraps it."""
    data = base64.b64encode(json.dumps({"emailAddress": address, "historyId": history_id}).encode())
    message = {
        "data": data.decode(),
        "messageId": str(10**15 + history_id),
        "publishTime": "2026-01-01T00:00:00Z",
    }
    return json.dumps({"message": message, "subscription": "projects/p/subscriptions/s"}).encode()


@contextmanager
def certificates() -> Iterator[str]:
    """The address of the certificate that our tokens are checked against."""
    with push_keys.published({"k1": push_keys.certificate(KEY)}) as published:
        yield published.url


@contextmanager
def web(app: str, env: Mapping[str, str], log: Path) -> Iterator[int]:
    """Serve `app` on a free port of loopback, and give the port."""
    port = any_free()
    command = [sys.executable, "-m", "gunicorn", "--config", "webapp/gunicorn.py", app]
    own = {"BIND": "127.0.0.1", "PORT": str(port)}
    with servers.process(command, log, env={**env, **own}) as started:
        servers.await_start(started, log, lambda: answers(f"http://127.0.0.1:{port}/healthz"), f"{app} is up")
        yield port
