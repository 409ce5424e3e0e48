"""Lets a server that fails rest for a while, whichever process saw it fail."""

from jobs.queues import redis

FAILURES = 3
# So long failures are remembered, and so long the server rests; then one more failure is enough.
REMEMBERED_SECONDS = 900
REST_SECONDS = 300


class Breaker:
    """One server, by a name of ours. What is known of it is kept in Redis; losing that costs a try."""

    def __init__(self, name: str) -> None:
        self._failures = f"hearback:breaker:{name}:failures"
        self._rest = f"hearback:breaker:{name}:rest"

    def resting(self) -> bool:
        """Whether it is to be left alone now."""
        return bool(redis().exists(self._rest))

    def told(self, answered: bool) -> None:
        """Note how a call ended."""
        if answered:
            redis().delete(self._failures)
            return
        with redis().pipeline() as pipe:
            pipe.incr(self._failures)
            pipe.expire(self._failures, REMEMBERED_SECONDS)
            failures, _ = pipe.execute()
        if failures >= FAILURES:
            redis().set(self._rest, 1, ex=REST_SECONDS)
