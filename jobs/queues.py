"""The queues, named by purpose, and the one way to put work on them.

Arguments are ids and plain values in JSON: a pickle would run whatever was written into Redis.
"""

from functools import cache, cached_property
from typing import Any

from redis import Redis
from rq import Queue, Retry
from rq.job import Job
from rq.serializers import JSONSerializer

from hearback.config import settings

# Long enough for a page of large mails; what is longer goes page by page as jobs of its own.
JOB_SECONDS = 300
# So often a job is tried again.
TRIES = 5
# Nobody reads results: what a job did stands in the database. Failures stay to be looked at.
RESULT_SECONDS = 60
FAILURE_SECONDS = 7 * 24 * 3600


@cache
def redis() -> Redis:
    """This process's Redis. It connects on first use, and again after a fork."""
    return Redis.from_url(
        settings().redis_url, socket_timeout=15, socket_connect_timeout=5, health_check_interval=30
    )


def tried_again() -> dict[str, Any]:
    """Options of a job that is tried again when it fails for a time; then the sweep takes over.

    How long it waits each time, jobs/patience.py decides; a job that was killed comes back at once.
    """
    return {"retry": Retry(max=TRIES, interval=1), "failure_ttl": FAILURE_SECONDS}


class JsonJob(Job):
    """A job for those parts of rq-scheduler and of the dashboard that name no serializer; ours is JSON."""

    @classmethod
    def create(cls, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().create(*args, **{**kwargs, "serializer": JSONSerializer})

    @classmethod
    def fetch(cls, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().fetch(*args, **{**kwargs, "serializer": JSONSerializer})


class Queues:
    """`mail` before `default` before `backfill`: new mail never waits behind old."""

    names = ("mail", "default", "backfill")

    @cached_property
    def mail(self) -> Queue:
        """New mail: someone is waiting for it."""
        return self._queue("mail")

    @cached_property
    def default(self) -> Queue:
        """Everything that is not urgent and not long."""
        return self._queue("default")

    @cached_property
    def backfill(self) -> Queue:
        """Old mail, page by page."""
        return self._queue("backfill")

    def all(self) -> list[Queue]:
        """Every queue, most urgent first."""
        return [self.mail, self.default, self.backfill]

    def _queue(self, name: str) -> Queue:
        return Queue(
            name,
            connection=redis(),
            serializer=JSONSerializer,
            default_timeout=JOB_SECONDS,
        )


queues = Queues()
