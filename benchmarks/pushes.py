"""How many pushes a second the webhook takes, against one that checks and keeps nothing."""

from collections.abc import Sequence
from contextlib import ExitStack

from redis import Redis

from benchmarks.load import drive, post
from benchmarks.report import Row, Section, ratios
from benchmarks.webs import NAIVE, PRODUCT, Databases, certificates, environment, push_body, token, web
from hearback.models import Mailbox, User, database
from tests.support import product, servers

ROUNDS = 9
BURST = 4000
MAILBOXES = 3000
# A cursor that every announced id is ahead of.
CURSOR = 1
TEXT = """\
Pushes a second through gunicorn with the settings of `webapp/gunicorn.py`, sent over 16 keep-alive
connections with one signed RS256 token, as Pub/Sub reuses it; no worker runs. *Naive* is a Flask view that
decodes the push and calls `queue.enqueue`: no check of the token, no database, a job for each push. *Bare* is
a Flask view that answers 204. Ours checks the token and answers once what it was told is durable. In a
*burst* all pushes concern one mailbox for which a job waits; *distinct* pushes concern 3,000 mailboxes, and
each one writes to the database (SQLite: WAL, synchronous normal; Postgres: synchronous_commit on) and queues
a job. After each round the queue and the database are looked at: every push must be in them."""


class UndoneError(AssertionError):
    """A push that was answered is not where it must be."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Run all rounds; about two minutes."""
    section = Section("Pushes", TEXT)
    for kind in ("SQLite", "Postgres"):
        with ExitStack() as stack:
            certs = stack.enter_context(certificates())
            # Nobody signs in here, but the pages' headers name where Google's sign-in is.
            google = stack.enter_context(servers.sandbox_server())
            url = stack.enter_context(databases.fresh(kind))
            env = environment(url, f"{redis_server}/1", certs, google)
            stack.enter_context(product.running(env))
            log = databases.folder / "web.log"
            ours = stack.enter_context(web(PRODUCT, env, log))
            naive = stack.enter_context(web(NAIVE, {"REDIS_URL": f"{redis_server}/2"}, log))
            _add_mailboxes()
            bench = _Bench(ours, naive, Redis.from_url(redis_server))
            if kind == "SQLite":
                bench.burst(section)
            bench.distinct(section, kind)
    return section


def _add_mailboxes() -> None:
    with database.atomic():
        for number in range(MAILBOXES):
            user = User.create(email=f"user{number}@example.com")
            Mailbox.create(user=user, address=user.email, history_id=CURSOR)


class _Bench:
    """The servers under load, and the token that pushes carry."""

    def __init__(self, ours: int, naive: int, server: Redis) -> None:
        self.ours, self.naive, self.server = ours, naive, server
        self.token = token()
        # Strictly rising over all rounds, as Gmail's are.
        self.history = CURSOR + 1

    def burst(self, section: Section) -> None:
        ours, naive, bare = [], [], []
        nothing = [post("/bare", b"{}")] * BURST
        for _ in range(ROUNDS):
            pushes = self._pushes([0] * BURST, rising=True)
            self._empty()
            drive(self.ours, pushes[:1])
            ours.append(BURST / drive(self.ours, pushes))
            self._expect(jobs=1)
            naive.append(BURST / drive(self.naive, pushes))
            bare.append(BURST / drive(self.naive, nothing))
        self._add(section, "Burst", ours, naive, at_least=1.0)
        section.add(Row("Bare view", bare, "/s"))

    def distinct(self, section: Section, kind: str) -> None:
        ours, naive = [], []
        for _ in range(ROUNDS):
            pushes = self._pushes(range(MAILBOXES), rising=False)
            self._empty()
            ours.append(MAILBOXES / drive(self.ours, pushes))
            self._expect(jobs=MAILBOXES)
            noted = Mailbox.select().where(Mailbox.notified_history_id == self.history).count()
            if noted != MAILBOXES:
                raise UndoneError(f"{noted} of {MAILBOXES} pushes are in the database")
            naive.append(MAILBOXES / drive(self.naive, pushes))
        self._add(section, f"Distinct, {kind}", ours, naive, at_least=0.5)

    def _pushes(self, numbers: Sequence[int], rising: bool) -> list[bytes]:
        made = []
        self.history += 1
        for number in numbers:
            self.history += rising
            body = push_body(f"user{number}@example.com", self.history)
            made.append(post("/push/gmail", body, self.token))
        return made

    def _empty(self) -> None:
        self.server.flushall()

    def _expect(self, jobs: int) -> None:
        with Redis.from_url(self._url(1)) as client:
            found = client.llen("rq:queue:mail")
        if found != jobs:
            raise UndoneError(f"{found} jobs are queued where {jobs} must be")

    def _url(self, number: int) -> str:
        port = self.server.connection_pool.connection_kwargs["port"]
        return f"redis://127.0.0.1:{port}/{number}"

    def _add(
        self, section: Section, name: str, ours: list[float], naive: list[float], at_least: float
    ) -> None:
        section.add(Row(f"{name}: ours", ours, "/s"))
        section.add(Row(f"{name}: naive", naive, "/s"))
        section.add(Row(f"{name}: ours / naive", ratios(ours, naive), at_least=at_least))
