"""The pull process, for machines that Google cannot reach: takes from the subscription what push would bring.

https://cloud.google.com/pubsub/docs/pull#streamingpull
"""

import datetime as dt
import logging
import queue
import signal
import sys
import threading
import time
from types import FrameType

from peewee import PeeweeException
from redis.exceptions import RedisError

from hearback import logs
from hearback.config import at_start
from hearback.gmail.envelope import UndecodablePush, decode_data
from hearback.gmail.errors import GmailError, Transient
from hearback.gmail.pubsub import Stream
from hearback.logs import event
from hearback.models import Heartbeat, connect, database, now
from jobs import metrics
from jobs.ring import Rung, announce

log = logging.getLogger(__name__)

BEAT_SECONDS = 30.0
# Longer than the callback that waits longest: for Redis, for the database, and before it gives back.
STOP_SECONDS = 45.0
# A subscription without a retry policy brings back at once what we give back.
DEFER_SECONDS = 1.0
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
# Whatever makes a stream fall silent without an error, it is silent for no longer than this.
RENEW_SECONDS = 900.0

DEFERRED = "deferred"


class Stop:
    """Put into the inbox by a signal."""


class Puller:
    """Keeps a stream open until told to stop. All that happens to it comes into one inbox.

    A SimpleQueue may be put into by a signal handler at any moment; events and locks may not.
    """

    def __init__(self, subscription: str) -> None:
        self._subscription = subscription
        self._inbox: queue.SimpleQueue[Stop | BaseException] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._wait = FIRST_WAIT_SECONDS

    def run(self) -> None:
        """Take messages and return after SIGTERM or SIGINT; raise what only a person can mend."""
        signal.signal(signal.SIGTERM, self._told_to_stop)
        signal.signal(signal.SIGINT, self._told_to_stop)
        while True:
            opened_at = time.monotonic()
            stream = Stream(self._subscription, self._take, self._inbox.put)
            log.info(event("pull.opened"))
            found = self._look_after(RENEW_SECONDS)
            if isinstance(found, Stop):
                self._stopping.set()
            finished = stream.stop(STOP_SECONDS)
            if isinstance(found, Transient):
                found = self._pause(found, time.monotonic() - opened_at)
            if isinstance(found, Stop):
                log.info(event("pull.stopped", finished=finished))
                return
            if found is not None:
                raise found

    def _look_after(self, seconds: float) -> Stop | BaseException | None:
        """Beat until something comes into the inbox; None after so long without."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._beat()
            try:
                return self._inbox.get(timeout=min(left, BEAT_SECONDS))
            except queue.Empty:
                continue
        return None

    def _pause(self, fault: BaseException, lasted: float) -> Stop | BaseException | None:
        """Wait before the next stream, longer each time unless the last one held for a while."""
        if lasted > LONGEST_WAIT_SECONDS:
            self._wait = FIRST_WAIT_SECONDS
        log.warning(event("pull.stream_lost", fault=type(fault).__name__, wait=self._wait))
        found = self._look_after(self._wait)
        self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
        return found

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._inbox.put(Stop())

    def _beat(self) -> None:
        try:
            with database.connection_context():
                Heartbeat.beat("pull", now())
        except PeeweeException as fault:
            # Messages say the same of the database, and stay in Pub/Sub meanwhile.
            log.warning(event("pull.no_heartbeat", fault=type(fault).__name__))

    def _take(self, data: bytes, published: dt.datetime) -> bool:
        """Take in one message; True means "never again", so it is only said once the ring is durable."""
        outcome = _taken(data, published)
        metrics.count("pushes_total", outcome=outcome)
        if outcome == DEFERRED:
            self._stopping.wait(DEFER_SECONDS)
        return outcome != DEFERRED


def _taken(data: bytes, published: dt.datetime) -> str:
    """What became of a message, in the webhook's words."""
    try:
        announcement = decode_data(data, published)
    except UndecodablePush as fault:
        # Sending it again would not mend it.
        log.warning(event("pull.undecodable", reason=fault))
        return "undecodable"
    at = now()
    try:
        with database.connection_context():
            rung = announce(announcement.address, announcement.history_id, at)
    except (RedisError, PeeweeException) as fault:
        log.error(event("pull.deferred", fault=type(fault).__name__))
        return DEFERRED
    metrics.observe("lag_publish_accept_seconds", (at - published).total_seconds())
    if rung is Rung.UNKNOWN:
        log.info(event("pull.unknown_address", history=announcement.history_id))
    log.debug("pull.taken outcome=%s history=%s", rung, announcement.history_id)
    return rung.value


def main() -> None:
    """Pull PUBSUB_SUBSCRIPTION until told to stop; end with 1 and the words of what must be mended."""
    logs.set_up()
    # Their own story of each stream and thread; a level of its own also keeps their warnings in our log.
    logging.getLogger("google").setLevel(logging.WARNING)
    known = at_start()
    if not known.pubsub_subscription:
        sys.exit("Missing setting: PUBSUB_SUBSCRIPTION. It names the subscription to pull from.")
    connect(known.database_url)
    try:
        Puller(known.pubsub_subscription).run()
    except GmailError as fault:
        log.error(event("pull.refused", fault=type(fault).__name__))
        sys.exit(f"{fault}\n`flask --app webapp gmail setup --pull` makes and mends the subscription.")


if __name__ == "__main__":
    main()
