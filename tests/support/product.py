"""The product within a test's own process: its settings, its database, its queues."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cryptography.fernet import Fernet

from hearback import config
from hearback.models import base
from jobs import metrics, queues

BASE = {
    "SECRET_KEY": "for tests alone",
    "TOKEN_KEYS": Fernet.generate_key().decode(),
    "BASE_URL": "http://localhost:8000",
    "GOOGLE_CLIENT_ID": "sandbox-client",
    "GOOGLE_CLIENT_SECRET": "sandbox-secret",
    "PUBSUB_TOPIC": "projects/sandbox/topics/gmail",
    "PUSH_AUDIENCE": "http://localhost:8000/push/gmail",
    "PUSH_SERVICE_ACCOUNT": "push@sandbox.iam.gserviceaccount.com",
    "ADMIN_EMAILS": "robin@example.com",
}


def environment(database_url: str, redis_url: str, sandbox_url: str = "http://127.0.0.1:9") -> dict[str, str]:
    """Every setting of a product on these servers."""
    return {
        **BASE,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "GMAIL_API_URL": sandbox_url,
        "CALENDAR_API_URL": sandbox_url,
        "GOOGLE_DISCOVERY_URL": f"{sandbox_url}/.well-known/openid-configuration",
        "PUSH_CERTS_URL": f"{sandbox_url}/oauth2/v1/certs",
        # No test asks a job board in the world.
        **{f"{name.upper()}_URL": "http://127.0.0.1:9" for name in config.BOARDS},
    }


def forget() -> None:
    """Drop what a process keeps from its first look at the settings."""
    config.settings.cache_clear()
    base._cipher.cache_clear()
    queues.redis.cache_clear()
    for name in ("mail", "default", "backfill"):
        queues.queues.__dict__.pop(name, None)
    metrics.forget()


@contextmanager
def running(env: Mapping[str, str]) -> Iterator[None]:
    """Be a product process with these settings, on a migrated database."""
    before = dict(os.environ)
    os.environ.update(env)
    forget()
    base.connect(env["DATABASE_URL"])
    base.migrate()
    try:
        yield
    finally:
        if not base.database.is_closed():
            base.database.close()
        base.database.obj.close_all()
        base.database.initialize(None)
        os.environ.clear()
        os.environ.update(before)
        forget()
