"""Whatever order mail arrives in, and however often, the user's board ends the same."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearback.mail.match import keys
from hearback.models import Application, Event, Kind, Mailbox, User, database
from jobs import acts
from jobs.reading import Reading
from jobs.sweep import pass_clocks
from jobs.take_in import store
from tests.support import product

START = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
CATEGORIES = [
    "acknowledgment",
    "acknowledgment",
    "under_review",
    "assessment",
    "interview_invitation",
    "scheduling_request",
    "interview_change",
    "information_request",
    "offer",
    "rejection",
    "rejection",
    "outreach",
]
numbers = itertools.count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('permutations') / 'hearback.db'}"
        with product.running(product.environment(url, "redis://127.0.0.1:9/0")):
            yield
        return
    databases = request.getfixturevalue("postgres_server")
    with databases.database() as url, product.running(product.environment(url, "redis://127.0.0.1:9/0")):
        yield


@st.composite
def mails(draw: st.DrawFn) -> dict[str, Any]:
    """What a mail could say: few companies, roles and threads, so that they meet often."""
    day = draw(st.integers(0, 70))
    category = draw(st.sampled_from(CATEGORIES))
    dates = []
    if category.startswith(("interview", "scheduling")) and draw(st.booleans()):
        begin = START + dt.timedelta(days=day + draw(st.integers(1, 20)))
        dates = [{"start": begin.isoformat(), "end": None, "timezone": None, "text": "then"}]
    return {
        "at": START + dt.timedelta(days=day, hours=draw(st.integers(0, 3))),
        "category": category,
        "confidence": draw(st.sampled_from([0.95, 0.95, 0.95, 0.5])),
        "company": draw(st.sampled_from(["Acme", "Acme Labs GmbH", "Acmeon", None])),
        "organisation": draw(st.sampled_from(["Acme", None])),
        "role": draw(st.sampled_from(["Data Engineer", "Designer", None])),
        "requisition": draw(st.sampled_from(["R-1", None, None])),
        "thread": draw(st.sampled_from(["t1", "t2", "t3", None])),
        "reply_to": draw(st.sampled_from([None, None, 0, 1, 2])),
        "interview": draw(st.sampled_from(["cancelled", "moved", None])) if "change" in category else None,
        "dates": dates,
        "sent": draw(st.sampled_from([False] * 6 + [True])),
        "copy_of": draw(st.sampled_from([None, None, None, None, 0, 1])),
    }


@st.composite
def user_acts(draw: st.DrawFn) -> dict[str, Any]:
    """What a user could do upon a mail."""
    return {
        "mail": draw(st.integers(0, 6)),
        "day": draw(st.integers(0, 75)),
        "kind": draw(st.sampled_from(["correct", "undo", "redo", "choose"])),
        "category": draw(st.sampled_from(["rejection", "offer", "other", "acknowledgment"])),
        "company": draw(st.sampled_from([None, "Acme", "Zenith"])),
        "status": draw(st.sampled_from(["applied", "withdrawn", "rejected", "archived", "offer_accepted"])),
    }


def reading(number: int, mail: dict[str, Any], all_mails: list[dict[str, Any]]) -> Reading:
    """Mail `number` as it comes out of the reading."""
    copied = mail["copy_of"]
    identity = copied if copied is not None and copied < len(all_mails) and copied != number else number
    data = {
        **{name: mail[name] for name in ("category", "confidence", "company", "organisation", "role")},
        **{name: mail[name] for name in ("requisition", "thread", "interview", "dates")},
        "identity": f"identity-{identity}",
        "from_file": identity != number,
        "reference": f"ref-{number}",
        "references": [] if mail["reply_to"] in (None, number) else [f"ref-{mail['reply_to']}"],
        "evidence": "words",
        "subject": "subject",
        "sender": "sender",
        "links": [],
        "deadline": None,
    }
    return Reading(
        gmail_id=f"m{number}",
        received_at=mail["at"],
        category="other" if mail["sent"] else mail["category"],
        kind=Kind.SENT if mail["sent"] else Kind.MAIL,
        data=data,
        keys=frozenset({*keys(data), f"mail:{data['identity']}"}),
    )


def event_of(mailbox: Mailbox, number: int) -> Event | None:
    return Event.get_or_none((Event.user == mailbox.user_id) & (Event.tiebreak == f"m{number}"))


def perform(mailbox: Mailbox, number: int, act: dict[str, Any], patch: pytest.MonkeyPatch) -> bool:
    """Do a user's act at its own time; False when it cannot be done yet."""
    event = event_of(mailbox, act["mail"])
    if event is None or event.kind != Kind.MAIL:
        return False
    patch.setattr(acts, "now", lambda: START + dt.timedelta(days=act["day"], minutes=number))
    user, token = mailbox.user_id, f"act-{number}"
    if act["kind"] == "correct":
        acts.correct(user, event.id, act["category"], token, company=act["company"])
    elif act["kind"] in {"undo", "redo"}:
        undone = acts.undo(user, event.id, token)
        if act["kind"] == "redo":
            patch.setattr(
                acts, "now", lambda: START + dt.timedelta(days=act["day"], minutes=number, seconds=1)
            )
            acts.undo(user, undone, f"redo-{number}")
    else:
        # The user chooses upon what is seen, so the mail has to stand in an application by then.
        with database.atomic():
            group = event.group_id
            acts._act(user, group, Kind.CHOICE, token, status=act["status"], targets=[event.id])
    return True


def deliver(
    all_mails: list[dict[str, Any]],
    all_acts: list[dict[str, Any]],
    order: list[int],
    size: int,
    patch: pytest.MonkeyPatch,
) -> list[Any]:
    """Deliver in this order, in pages of `size`, each act as soon as its mail is there; the board."""
    name = f"user{next(numbers)}@example.com"
    mailbox = Mailbox.create(user=User.create(email=name), address=name, connected_at=START)
    waiting = dict(enumerate(all_acts))
    for begin in range(0, len(order), size):
        store(mailbox, [reading(n, all_mails[n], all_mails) for n in order[begin : begin + size]])
        for number, act in list(waiting.items()):
            if perform(mailbox, number, act, patch):
                del waiting[number]
    # Acts were done at their own time; now the clock passes what has ended since.
    pass_clocks(END)
    return board(mailbox.user_id)


END = START + dt.timedelta(days=200)


def board(user_id: int) -> list[Any]:
    """All that the user sees, without row ids, which do depend on the order of arrival."""
    names = {e.id: e.tiebreak for e in Event.select().where(Event.user == user_id)}
    shown = []
    for row in Application.select().where(Application.user == user_id):
        events = (
            Event.select().where(Event.application_id == row.id).order_by(Event.happened_at, Event.tiebreak)
        )
        shown.append(
            (
                row.company, row.role, row.requisition, row.status, names.get(row.status_event_id),
                row.status_at, row.began_at, row.last_event_at, row.completed_at,
                [(i["start"], i["state"], names[i["event"]]) for i in row.interviews],
                [(e.tiebreak, e.standing, e.effect) for e in events],
            )
        )  # fmt: skip
    loose = Event.select().where((Event.user == user_id) & Event.application_id.is_null())
    waiting = sorted((e.tiebreak, e.standing) for e in loose if e.kind in {Kind.MAIL, Kind.SENT})
    return [sorted(shown, key=str), waiting]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(mails(), min_size=1, max_size=7),
    st.lists(user_acts(), max_size=3),
    st.integers(0, 2**32),
    st.integers(1, 4),
)
def test_any_order_and_repetition_gives_one_board(
    house: None, given_mails: list[Any], given_acts: list[Any], seed: int, size: int
) -> None:
    patch = pytest.MonkeyPatch()
    with patch.context() as patched, database.connection_context():
        patched.setattr("jobs.sync_mailbox.now", lambda: END)
        in_order = sorted(range(len(given_mails)), key=lambda n: given_mails[n]["at"])
        expected = deliver(given_mails, given_acts, in_order, 1, patched)
        # Newest first, as a backfill does; then any order with repetitions, lost ones coming last.
        chance = random.Random(seed)
        shuffled = [*in_order, *chance.choices(in_order, k=3)]
        chance.shuffle(shuffled)
        scanned = [n for n in in_order if chance.random() < 0.5]
        for order in (in_order[::-1], shuffled, [*scanned, *in_order]):
            assert deliver(given_mails, given_acts, order, size, patched) == expected
