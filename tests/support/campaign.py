"""A mailbox that is read while Google fails, held against the same mails read without a fault."""

import datetime as dt
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from rq.registry import ScheduledJobRegistry

from hearback import config
from hearback.gmail import client
from hearback.mail.rules import rules
from hearback.models import Application, Event, Mailbox, MailboxState, Message, Notification, now
from jobs import marks, patience
from jobs import sync_mailbox as sync_module
from jobs.gmail_access import TROUBLE, opened
from jobs.queues import queues, redis
from jobs.ring import announce
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox
from sandbox.client import Mail
from tests.support.forked import run_worker
from tests.support.service import ACKNOWLEDGED, ADDRESS, INVITED, REJECTED, Service, connect

TWIN = "twin@example.com"
COMPANIES = ("Acme Robotics", "Northwind Labs", "Globex Energy", "Initech Software", "Umbra Health")
ROLES = ("Backend Engineer", "Data Engineer", "Product Designer")
STAGES = (
    ("We got your application", ACKNOWLEDGED),
    ("Interview", INVITED),
    ("Dinner on Sunday?", "Mum asks whether you bring the salad."),
    ("Your application", REJECTED),
)
CASES = tuple(itertools.product(STAGES, COMPANIES, ROLES))
# When the series begins: after `watched` mailboxes were connected, and so that all of it is over by now.
BEGAN = time.time() - 20 * 3600
# So many passes of workers and sweeps come to rest, or the test fails.
MOST_ROUNDS = 600


def hurry(patch: pytest.MonkeyPatch) -> None:
    """Units enough, so that only Google says no, and looks again that follow at once."""
    budget(patch, 1_000_000_000)
    patch.setattr(sync_module, "LOOKS", (0.001, 0.001))
    # Loaded here, each forked worker has them.
    rules()


def budget(patch: pytest.MonkeyPatch, a_minute: int) -> None:
    """Let all purses hold so many units a minute, and a day."""
    for name in ("QUOTA_USER_MINUTE", "QUOTA_PROJECT_MINUTE", "QUOTA_PROJECT_DAY"):
        patch.setenv(name, str(a_minute))
    config.settings.cache_clear()


def mail(number: int, step: float) -> Mail:
    """Mail `number` of the series, one every `step` seconds: stage after stage."""
    (subject, text), company, role = CASES[number % len(CASES)]
    domain = company.lower().replace(" ", "") + ".com"
    private = subject.startswith("Dinner")
    return {
        "from_": "lena@example.net" if private else f"jobs@{domain}",
        "from_name": "Lena" if private else f"{company} Recruiting",
        "subject": subject,
        "text": text.replace("Acme Robotics", company).replace("Backend Engineer", role),
        # No two at once: their order would be that of ids, which differ from mailbox to mailbox.
        "internal_date": round((BEGAN + number * step) * 1000),
    }


def deliver(
    made: Service, count: int, *, address: str = ADDRESS, first: int = 0, step: float = 1.0
) -> list[str]:
    """Deliver mails `first` to `first + count` of the series; return their Gmail ids in order."""
    mails = [(address, mail(number, step)) for number in range(first, first + count)]
    return [delivered.id for delivered in made.google.deliver_many(mails)]


def watched(made: Service, address: str = ADDRESS) -> Mailbox:
    """A mailbox, connected a day ago, that has read everything so far and has nothing old to read."""
    mailbox = connect(made, address)
    settled = {"backfilled_at": now(), "watch_expires_at": now() + dt.timedelta(days=7)}
    since = now() - dt.timedelta(days=1)
    Mailbox.update(**settled, connected_at=since).where(Mailbox.id == mailbox.id).execute()
    sync_mailbox(mailbox.id)
    found: Mailbox = Mailbox.get_by_id(mailbox.id)
    return found


def newest(made: Service, address: str = ADDRESS) -> int:
    """The history id that a push would announce."""
    return int(made.google.account(address)["historyId"])


def push(made: Service, address: str = ADDRESS) -> None:
    """What a push of the mailbox's newest id does."""
    announce(address, newest(made, address), now())


def troubles(mailbox: Mailbox) -> list[str]:
    """What the user was told of the mailbox itself."""
    told = Notification.select().where(
        (Notification.user == mailbox.user_id) & (Notification.kind == TROUBLE)
    )
    return [row.key for row in told]


def ask_for_watch(mailbox: Mailbox) -> None:
    """Let Google push: the product's own request, made here."""
    with opened(mailbox) as gmail:
        gmail.watch(config.settings().pubsub_topic)


@dataclass
class State:
    """All that is the same whatever failed, with numbers of mails in place of ids."""

    applications: list[Any]
    events: list[Any]
    messages: list[Any]


def state(mailbox: Mailbox, ids: list[str]) -> State:
    """What is stored of the mails `ids` and of nothing else."""
    numbers = {gmail_id: number for number, gmail_id in enumerate(ids)}
    rows = list(Application.select().where(Application.user == mailbox.user_id))
    names = {row.id: (row.company, row.role) for row in rows}
    events = list(Event.select().where(Event.user == mailbox.user_id))
    causes = {event.id: numbers[event.tiebreak] for event in events}
    messages = Message.select().where(Message.mailbox == mailbox.id)
    return State(
        sorted((row.company, row.role, row.status, causes[row.status_event_id]) for row in rows),
        sorted(
            (numbers[e.tiebreak], e.kind, names.get(e.application_id), e.standing, e.effect) for e in events
        ),
        sorted((numbers[m.gmail_id], m.category, m.state) for m in messages),
    )


def expected(made: Service, count: int, step: float = 1.0) -> State:
    """What a run without faults gives of the first `count` mails of the series."""
    twin = watched(made, TWIN)
    ids = deliver(made, count, address=TWIN, step=step)
    sync_mailbox(twin.id)
    found = state(twin, ids)
    assert len(found.messages) == count
    Mailbox.update(state=MailboxState.DISCONNECTED).where(Mailbox.id == twin.id).execute()
    return found


def hasty() -> None:
    """What a forked worker need not wait for: here an hour of faults is to pass in seconds."""
    client.QUICK_SECONDS = 0.001  # type: ignore[misc]
    client.TIMEOUT_SECONDS = 0.25  # type: ignore[misc]
    patience.FIRST_SECONDS = 0.01  # type: ignore[misc]
    marks.LOCK_SECONDS = 0.3  # type: ignore[misc]


def small_pages() -> None:
    """Ten mails a page, so that there is a between."""
    hasty()
    client.PAGE = client.BATCH = 10  # type: ignore[misc]


def time_passes() -> bool:
    """The time for which jobs and Google's limits wait is over; whether any job did wait."""
    for key in itertools.chain(redis().scan_iter("hearback:pause:*"), redis().scan_iter("hearback:quota:*")):
        redis().delete(key)
    waited = False
    for queue in queues.all():
        registry = ScheduledJobRegistry(queue=queue)
        due = dict.fromkeys(registry.get_job_ids(), time.time() - 1)
        if due:
            redis().zadd(registry.key, due)
            waited = True
    return waited


def an_hour_passes() -> None:
    """What failed just now has failed for more than an hour."""
    for key in redis().scan_iter("hearback:stuck:*"):
        redis().set(key, float(redis().get(key) or 0) - 3700, keepttl=True)


def settle(prepare: Callable[[], None] = hasty) -> int:
    """Workers, sweeps and passing time until nobody has anything to do; return the number of rounds."""
    for number in range(MOST_ROUNDS):
        run_worker(prepare=prepare)
        if not time_passes():
            sweep()
            if all(queue.is_empty() for queue in queues.all()) and not time_passes():
                return number
    left = [job.func_name for queue in queues.all() for job in queue.get_jobs()]
    raise AssertionError(f"not settled after {MOST_ROUNDS} rounds: {left}")


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


def check(made: Service, mailbox: Mailbox, ids: list[str], wanted: State) -> None:
    """The end of a run without faults: every mail once, and the cursor at the mailbox's newest."""
    assert state(mailbox, ids) == wanted
    stands = Mailbox.get_by_id(mailbox.id)
    assert stands.history_id >= newest(made)
    assert (stands.state, stands.last_error) == (MailboxState.CONNECTED, None)
