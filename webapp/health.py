"""Whether the process is up, and whether everything it needs answers."""

import logging

from flask import Blueprint, Response, jsonify
from peewee import PeeweeException
from redis.exceptions import RedisError

from hearback.logs import event
from hearback.models import database, pending_migrations
from jobs.queues import redis

log = logging.getLogger(__name__)

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    """The process is up; asks nothing of anyone."""
    return jsonify(status="up")


@pages.get("/readyz")
def ready() -> tuple[Response, int]:
    """Database, Redis and schema are ready; otherwise 503 with which one is not."""
    checks = {"database": _database(), "redis": _redis()}
    failed = [name for name, answer in checks.items() if answer != "ready"]
    if failed:
        log.warning(event("ready.not", failed=",".join(failed)))
    return jsonify(checks), 503 if failed else 200


def _database() -> str:
    try:
        with database.connection_context():
            pending = pending_migrations()
    except PeeweeException:
        return "does not answer"
    return f"waits for migrations: {', '.join(pending)}" if pending else "ready"


def _redis() -> str:
    try:
        redis().ping()
    except RedisError:
        return "does not answer"
    return "ready"
