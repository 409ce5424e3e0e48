"""The worker pool: one parent that has loaded everything, and forked workers that share its memory."""

import gc
import logging
import os
import signal
import socket
import sys
import time
from types import FrameType

from redis import Redis
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from hearback import logs
from hearback.config import at_start, settings
from hearback.models import Heartbeat, connect, database, now
from jobs import periodic, reading
from jobs.overdue import tell_overdue
from jobs.queues import RESULT_SECONDS, Queues

log = logging.getLogger(__name__)

# RQ then wakes an idle worker twice a minute, which is when it beats and looks for its parent.
WORKER_TTL_SECONDS = 45
BEAT_SECONDS = 30
# A worker that dies at once is not restarted in a tight loop.
RESTART_SECONDS = 1.0

# Every job's module is loaded here, in the parent: what a child needs is shared, not loaded again.
LOADED = periodic.TABLE


class Worker(SimpleWorker):
    """Runs jobs in its own process, with a database connection that lasts as long as the job.

    A job that only reads mail needs no process of its own; a fork for each would cost more than it.
    """

    parent = 0
    beaten = 0.0

    def heartbeat(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Beat in Redis for RQ, and in the database for those who watch; stop when orphaned."""
        super().heartbeat(*args, **kwargs)
        if os.getppid() != self.parent:
            # The parent was killed; another one starts its own workers.
            self._stop_requested = True
        if time.monotonic() - self.beaten >= BEAT_SECONDS:
            first, self.beaten = not self.beaten, time.monotonic()
            with database.connection_context():
                Heartbeat.beat(self.name, now())
                if not first:
                    # The scheduler looks too, but may be what has stopped.
                    tell_overdue(now())

    def perform_job(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Run one job with the database open."""
        with database.connection_context():
            return super().perform_job(*args, **kwargs)


def work(number: int, parent: int, burst: bool = False) -> None:
    """Be worker `number` until told to stop. The first one also brings back jobs to be retried."""
    connection = Redis.from_url(settings().redis_url, socket_connect_timeout=5)
    worker = Worker(
        list(Queues.names),
        connection=connection,
        name=f"{socket.gethostname()}-{os.getpid()}",
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        default_result_ttl=RESULT_SECONDS,
        log_job_description=False,
    )
    worker.parent = parent
    worker.work(burst=burst, logging_level="WARNING", with_scheduler=number == 0)


class Pool:
    """Keeps a number of workers alive, and takes them along when it is told to stop."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.children: dict[int, int] = {}
        self.stopping = False

    def run(self) -> None:
        """Fork the workers, replace those that die, and return when all have ended after a signal."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        reading.load()
        # What is loaded by now is never collected, so that a collection copies no shared page.
        gc.collect()
        gc.freeze()
        for number in range(self.size):
            self._fork(number)
        while self.children:
            pid, status = os.wait()
            died = self.children.pop(pid, None)
            if died is None or self.stopping:
                continue
            log.warning(logs.event("worker.died", number=died, status=status))
            time.sleep(RESTART_SECONDS)
            if not self.stopping:
                self._fork(died)

    def _fork(self, number: int) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            self.children[pid] = number
            return
        for caught in (signal.SIGTERM, signal.SIGINT):
            signal.signal(caught, signal.SIG_DFL)
        work(number, parent)
        sys.exit(0)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        # Workers finish the job in hand first. A second signal ends them at once, as RQ does.
        self.stopping = True
        for pid in list(self.children):
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                # It ended just now, and the wait will say so.
                continue


def main() -> None:
    """Start the pool with PROCESSES workers."""
    logs.set_up()
    connect(at_start().database_url)
    log.info(logs.event("worker.started", processes=settings().processes, rows=len(LOADED)))
    Pool(settings().processes).run()


if __name__ == "__main__":
    main()
