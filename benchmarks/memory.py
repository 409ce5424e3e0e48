"""What a further worker process costs in memory."""

import sys
from contextlib import ExitStack

import psutil

from benchmarks.google import addresses, connect
from benchmarks.report import Row, Section
from benchmarks.webs import Databases
from hearback.models import Message
from jobs.queues import queues, tried_again
from jobs.sync_mailbox import sync_mailbox
from sandbox.client import SandboxControl
from tests.support import product, servers
from tests.support.service import ACKNOWLEDGED

WORKERS = 4
MAILS = 200
TEXT = """\
Memory that only one worker of the pool has (its unique set size, as `psutil` reads it), after the pool has
read 200 mails in 20 mailboxes. What they share with their parent is there once, however many there are."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Let a pool work, then look at each of its processes."""
    section = Section("Memory of a worker", TEXT)
    with ExitStack() as stack:
        google_url = stack.enter_context(servers.sandbox_server())
        google = SandboxControl(google_url)
        stack.callback(google.close)
        url = stack.enter_context(databases.fresh("SQLite"))
        env = {**product.environment(url, f"{redis_server}/8", google_url), "PROCESSES": str(WORKERS)}
        stack.enter_context(product.running(env))
        wanted = addresses(20)
        ids = connect(google, wanted)
        for number in range(MAILS):
            google.deliver(
                wanted[number % len(wanted)],
                from_="jobs@acmerobotics.com",
                subject=f"Your application {number}",
                text=ACKNOWLEDGED,
            )
        log = databases.folder / "memory-worker.log"
        pool = stack.enter_context(servers.process([sys.executable, "-m", "jobs.worker"], log, env=env))
        for mailbox_id in ids:
            queues.mail.enqueue(sync_mailbox, mailbox_id, **tried_again())

        def all_read() -> bool:
            return bool(Message.select().count() == MAILS)

        servers.wait_until(all_read, "the mails to be read", seconds=60)
        workers = psutil.Process(pool.pid).children()
        own = [worker.memory_full_info().uss / 2**20 for worker in workers]
        section.add(Row("Unique memory of a worker", own, " MiB", at_most=30))
    return section
