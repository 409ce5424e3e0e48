"""The first reading of many mailboxes: what it costs, how fast it goes, and that it keeps to the quota."""

import math
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.google import addresses, connect
from benchmarks.mails import write_mbox
from benchmarks.report import Row, Section
from benchmarks.webs import Databases
from hearback.config import settings
from hearback.models import Mailbox, Message
from jobs.backfill import backfill_mailbox
from jobs.queues import queues, tried_again
from jobs.quota import Priority, room
from sandbox.client import SandboxControl
from tests.support import product, servers

MAILBOXES = 20
EACH = 500
LOOK_SECONDS = 2.0
WORKERS = 2
TEXT = """\
20 mailboxes of 20 users with 500 mails each, read by two workers within Google's 6,000 units a minute for a
user, of which the first reading may take what new mail leaves. Units are those that the sandbox counted at
Google's prices; the most in a minute is that of any mailbox in any sixty seconds, looked at every two."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Run it once; about three minutes, which is what the quota allows."""
    section = Section("First reading", TEXT)
    with ExitStack() as stack:
        google_url = stack.enter_context(servers.sandbox_server())
        google = SandboxControl(google_url)
        stack.callback(google.close)
        url = stack.enter_context(databases.fresh("SQLite"))
        env = {**product.environment(url, f"{redis_server}/7", google_url), "PROCESSES": str(WORKERS)}
        stack.enter_context(product.running(env))
        wanted = addresses(MAILBOXES)
        ids = connect(google, wanted)
        box = databases.folder / "old.mbox"
        write_mbox(box, EACH)
        for address in wanted:
            google.deliver_mbox(address, box, own_dates=False)
        Mailbox.update(backfilled_at=None).execute()
        google.clear_calls()
        log = databases.folder / "backfill-worker.log"
        stack.enter_context(servers.process([sys.executable, "-m", "jobs.worker"], log, env=env))
        started = time.perf_counter()
        for mailbox_id in ids:
            queues.backfill.enqueue(backfill_mailbox, mailbox_id, **tried_again())
        spent = _watch(google, wanted)
        seconds = time.perf_counter() - started
        read = Message.select().count()
        if read != MAILBOXES * EACH:
            raise RuntimeError(f"{read} of {MAILBOXES * EACH} mails were read")
        _report(section, seconds, spent)
    return section


def _watch(google: SandboxControl, wanted: Sequence[str]) -> list[tuple[float, dict[str, int]]]:
    """Units spent by each mailbox, looked at again and again until all are read."""
    looks: list[tuple[float, dict[str, int]]] = [(time.perf_counter(), dict.fromkeys(wanted, 0))]

    def all_read() -> bool:
        time.sleep(LOOK_SECONDS)
        units = {address: int(google.calls(address)["units"]) for address in wanted}
        looks.append((time.perf_counter(), units))
        return not Mailbox.select().where(Mailbox.backfilled_at.is_null()).exists()

    servers.wait_until(all_read, "the end of the first reading", seconds=900)
    return looks


def _report(section: Section, seconds: float, looks: list[tuple[float, dict[str, int]]]) -> None:
    mails = MAILBOXES * EACH
    section.add(Row("Mails", [mails / seconds], "/s"))
    units = sum(looks[-1][1].values())
    section.add(Row("Units a mail", [units / mails], at_most=20 * 1.1))
    most = max(
        after[address] - before[address]
        for n, (began, before) in enumerate(looks)
        for ended, after in looks[n:]
        for address in after
        if ended - began <= 60
    )
    limit = settings().quota_user_minute
    section.add(Row("Most units of a mailbox in a minute", [most], at_most=limit))
    # What the quota allows: its share at once, and as much again whenever a minute has passed.
    share = room(limit, Priority.BACKFILL)
    fastest = (math.ceil(units / MAILBOXES / share) - 1) * 60.0
    section.add(Row("Time, of the least that the quota allows", [seconds / fastest], at_most=1.3))
