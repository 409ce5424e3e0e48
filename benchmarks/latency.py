"""How long after a push was accepted the new status stands in the database."""

import datetime as dt
import http.client
import re
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.mails import company_name
from benchmarks.report import Row, Section, quantile
from benchmarks.webs import PRODUCT, Databases, certificates, environment, push_body, token, web
from hearback.models import Event, Mailbox, Message, User, now
from sandbox.client import SandboxControl
from tests.support import product, servers

ROUNDS = 3
PUSHES_A_SECOND = 20
SECONDS = 30
MAILBOXES = 60
WORKERS = 2
LOOK_SECONDS = 0.002
TEXT = """\
A mail that changes a status lies in the sandbox's Gmail (which adds no latency of its own), and we push: 20
a second for 30 seconds, over 60 mailboxes of 60 users. Half of the mails are acknowledgments that make an
application, half are rejections that end it. The web process and a pool of two workers run as in production,
beside the sandbox, on the same cores. Time runs from the arrival of the 204 at the sender to the line
`status.changed`, which the worker writes right after the commit; it is read from the worker's log every 2 ms
and so counts up to 2 ms too late. Every push must end in its status, or the benchmark fails. The 600 pushes
of each round give one p50 and one p99."""

ACKNOWLEDGED = (
    "Hello Sam,\n\nThank you for applying for the {role} position at {company}. We have received your "
    "application, and our team will review it.\n\nKind regards,\nThe {company} Recruiting Team"
)
REJECTED = (
    "Hello Sam,\n\nThank you for your interest in the {role} position at {company}. Unfortunately, we have "
    "decided not to move forward with your application.\n\nKind regards,\nThe {company} Recruiting Team"
)
KINDS = (
    ("applied", "We received your application", ACKNOWLEDGED),
    ("rejected", "Your application", REJECTED),
)
_CHANGED = re.compile(rb" status\.changed application=(\d+) status=(\w+)")


@dataclass
class Sent:
    """One push: whose mail it told of, the status that must come, and when it was accepted."""

    address: str
    gmail_id: str
    status: str
    accepted: float


@dataclass
class Watch:
    """Notes when each status change stands in the worker's log."""

    log: Path
    seen: dict[tuple[int, str], float] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Follow the log until `ended` is set."""
        with self.log.open("rb") as file:
            rest = b""
            while not self.ended.wait(LOOK_SECONDS):
                text = file.read()
                at = time.monotonic()
                *lines, rest = (rest + text).split(b"\n")
                for line in lines:
                    if found := _CHANGED.search(line):
                        self.seen.setdefault((int(found[1]), found[2].decode()), at)


def measure(databases: Databases, redis_server: str) -> Section:
    """Run the rounds on both databases; about four minutes."""
    section = Section("From push to status", TEXT)
    for number, kind in enumerate(("SQLite", "Postgres")):
        with ExitStack() as stack:
            certs = stack.enter_context(certificates())
            google_url = stack.enter_context(servers.sandbox_server())
            google = SandboxControl(google_url)
            stack.callback(google.close)
            url = stack.enter_context(databases.fresh(kind))
            env = environment(url, f"{redis_server}/{3 + number}", certs, google_url)
            env["PROCESSES"] = str(WORKERS)
            stack.enter_context(product.running(env))
            port = stack.enter_context(web(PRODUCT, env, databases.folder / f"latency-web-{number}.log"))
            worker_log = databases.folder / f"worker-{number}.log"
            stack.enter_context(servers.process([sys.executable, "-m", "jobs.worker"], worker_log, env=env))
            _measure_on(section, kind, google, port, worker_log)
    return section


def _measure_on(section: Section, kind: str, google: SandboxControl, port: int, worker_log: Path) -> None:
    watch = Watch(worker_log)
    follower = threading.Thread(target=watch.run, daemon=True)
    follower.start()
    try:
        sender = _Sender(google, port)
        sender.warm_up()
        medians, slowest = [], []
        for number in range(ROUNDS):
            times = _milliseconds(sender.round(number), watch)
            medians.append(quantile(times, 0.5))
            slowest.append(quantile(times, 0.99))
    finally:
        watch.ended.set()
        follower.join()
    section.add(Row(f"p50, {kind}", medians, " ms", at_most=100))
    section.add(Row(f"p99, {kind}", slowest, " ms", at_most=400))


class _Sender:
    """Google's side: delivers into the sandbox, which does not push itself, and pushes on time."""

    def __init__(self, google: SandboxControl, port: int) -> None:
        self.google = google
        self.addresses = [f"user{number}@example.com" for number in range(MAILBOXES)]
        self._web = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token()}", "Content-Type": "application/json"}

    def warm_up(self) -> None:
        """Connect all mailboxes, and let each be read once: it then has its cursor and access token."""
        self.google.create_accounts(self.addresses)
        for address in self.addresses:
            tokens = self.google.grant(address)
            Mailbox.create(
                user=User.create(email=address, google_sub=tokens.sub),
                address=address,
                refresh_token=tokens.refresh_token,
                backfilled_at=now(),
                watch_expires_at=now() + dt.timedelta(days=7),
            )
            told = self.google.deliver(address, from_="kim@example.org", subject="Lunch", text="At noon?")
            self._push(address, told.history_id)

        def all_read() -> bool:
            return not Mailbox.select().where(Mailbox.last_sync_at.is_null()).exists()

        servers.wait_until(all_read, "the first look at every mailbox", seconds=60)

    def round(self, number: int) -> list[Sent]:
        """Deliver and push for SECONDS, each push at its own time however long others take."""
        sent = []
        started = time.monotonic() + 1 / PUSHES_A_SECOND
        for i in range(PUSHES_A_SECOND * SECONDS):
            turn, who = divmod(number * PUSHES_A_SECOND * SECONDS + i, MAILBOXES)
            status, subject, text = KINDS[turn % len(KINDS)]
            company = company_name(who + MAILBOXES * (turn // len(KINDS)))
            told = self.google.deliver(
                self.addresses[who],
                from_=f"jobs@{company.split()[0].lower()}.example.com",
                from_name=f"{company} Recruiting",
                subject=f"{subject} at {company}",
                text=text.format(company=company, role="Data Engineer"),
            )
            time.sleep(max(0.0, started + i / PUSHES_A_SECOND - time.monotonic()))
            accepted = self._push(told.address, told.history_id)
            sent.append(Sent(told.address, told.id, status, accepted))
        return sent

    def _push(self, address: str, history_id: int) -> float:
        self._web.request("POST", "/push/gmail", push_body(address, history_id), self._headers)
        answer = self._web.getresponse()
        accepted = time.monotonic()
        if answer.read() or answer.status != 204:
            raise RuntimeError(f"a push was answered with {answer.status}")
        return accepted


def _milliseconds(sent: list[Sent], watch: Watch) -> list[float]:
    """From each push's acceptance to its own mail's status."""

    def all_taken_in() -> bool:
        changes = _changes(sent)
        return len(changes) == len(sent) and changes.keys() <= watch.seen.keys()

    servers.wait_until(all_taken_in, "a status for every push", seconds=60)
    return [(watch.seen[key] - accepted) * 1000 for key, accepted in _changes(sent).items()]


def _changes(sent: list[Sent]) -> dict[tuple[int, str], float]:
    """(application, status) that each push's mail led to, and when that push was accepted."""
    rows = (
        Event.select(Mailbox.address, Event.tiebreak, Event.application_id)
        .join(Message)
        .join(Mailbox)
        .where(Event.application_id.is_null(False))
        .tuples()
    )
    known = {(address, gmail_id): application for address, gmail_id, application in rows}
    found = {(known.get((s.address, s.gmail_id)), s.status): s.accepted for s in sent}
    return {(key[0], key[1]): at for key, at in found.items() if key[0] is not None}
