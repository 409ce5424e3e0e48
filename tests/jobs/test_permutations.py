"""Whatever order mail arrives in, and however often, the user's board ends the same."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearback.mail import match
from hearback.models import Application, Event, Kind, Mailbox, Meeting, User, database, join_group
from jobs import acts, by_hand
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


def a_mail(chance: random.Random) -> dict[str, Any]:
    """What a mail could say: few companies, roles and threads, so that they meet often."""
    day, pick = chance.randint(0, 70), chance.choice
    category = pick(CATEGORIES)
    dates = []
    if category.startswith(("interview", "scheduling")) and pick([True, False]):
        begin = START + dt.timedelta(days=day + chance.randint(1, 20))
        dates = [{"start": begin.isoformat(), "end": None, "timezone": None, "text": "then"}]
    return {
        "at": START + dt.timedelta(days=day, hours=chance.randint(0, 3)),
        "category": category,
        "confidence": pick([0.95, 0.95, 0.95, 0.95, 0.5]),
        "company": pick(["Acme", "Acme Labs GmbH", "Acmeon", "Birch", None]),
        "organisation": pick(["Acme", "Birch", None]),
        "role": pick(["Data Engineer", "Designer", "Analyst", None]),
        "requisition": pick(["R-1", None, None]),
        "thread": pick(["t1", "t2", "t3", None]),
        "reply_to": pick([None, None, 0, 1, 2]),
        "interview": pick(["cancelled", "moved", None]) if "change" in category else None,
        "dates": dates,
        "sent": pick([False] * 6 + [True]),
        "copy_of": pick([None, None, None, None, 0, 1]),
        "likeness": pick([None, "receipt", "letter"]),
    }


def an_act(chance: random.Random) -> dict[str, Any]:
    """What a user could do upon mails, and how often that is turned round later: undone, put back."""
    chosen, size, pick = chance.sample(range(7), 7), chance.randint(1, 3), chance.choice
    return {
        "kind": pick(["correct", "undo", "choose", "merge", "merge", "split", "split", "meet", "meet"]),
        "mail": chosen[0],
        "pin": pick([None, None, chosen[1]]),
        "parts": [chosen[:size], chosen[size : 2 * size]],
        "day": chance.randint(0, 75),
        "category": pick(["rejection", "offer", "other", "acknowledgment"]),
        "company": pick([None, "Acme", "Zenith"]),
        "status": pick(["applied", "withdrawn", "rejected", "archived", "offer_accepted"]),
        "turned": pick([0, 0, 1, 2]),
        "meet": pick(["add", "change", "cancel"]),
        "begin": START + dt.timedelta(days=chance.randint(0, 90)),
        "later": chance.randint(1, 20),
    }


def reading(number: int, mail: dict[str, Any], all_mails: list[dict[str, Any]]) -> Reading:
    """Mail `number` as it comes out of the reading."""
    copied = mail["copy_of"]
    identity = copied if copied is not None and copied < len(all_mails) and copied != number else number
    data = {
        **{name: mail[name] for name in ("category", "confidence", "company", "organisation", "role")},
        **{name: mail[name] for name in ("requisition", "thread", "interview", "dates", "likeness")},
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
        keys=frozenset({*match.keys(data), f"mail:{data['identity']}"}),
    )


def event_of(mailbox: Mailbox, number: int) -> Event | None:
    return Event.get_or_none((Event.user == mailbox.user_id) & (Event.tiebreak == f"m{number}"))


def perform(
    mailbox: Mailbox, number: int, act: dict[str, Any], total: int, patch: pytest.MonkeyPatch
) -> bool:
    """Do a user's act at its own time; False while a mail that it speaks of is not here yet."""

    def event(n: int) -> int | None:
        found = event_of(mailbox, n % total)
        return found.id if found is not None and found.kind == Kind.MAIL else None

    target, pin, kind = event(act["mail"]), event(act["pin"] or 0), act["kind"]
    parts = [[event(n) for n in part] for part in act["parts"]]
    needed = parts[0] + parts[1] if kind in {"merge", "split"} else [target, pin]
    if None in needed:
        return False
    at = START + dt.timedelta(days=act["day"], minutes=number)
    patch.setattr(acts, "now", lambda: at)
    user, token = mailbox.user_id, f"act-{number}"
    with database.atomic():
        if kind in {"merge", "split"}:
            # Whoever acts has the mails in view, whichever application they stand in by then.
            done = by_hand.unite(user, Kind(kind), parts, token)
        elif kind == "correct" and act["pin"] is None:
            category = act["category"]
            if category == "other" and Event.get_by_id(target).data["likeness"]:
                # It would leave nothing of later mail, to speak of: see test_lessons_order.py.
                category = "under_review"
            acts.correct(user, target, category, token, company=act["company"])
            done = Event.get((Event.user == user) & (Event.tiebreak == token)).id
        elif kind == "correct":
            group = join_group(user, {f"mail:{Event.get_by_id(i).data['identity']}" for i in (target, pin)})
            data = {"target": target, "category": act["category"], "pin": pin}
            done = acts.record(user, group, Kind.CORRECTION, token, **data)
        elif kind == "undo":
            done = acts.undo(user, target, token)
        elif kind == "meet":
            data = meeting(act, Event.get_by_id(target))
            done = acts.record(user, Event.get_by_id(target).group_id, Kind.INTERVIEW, token, **data)
        else:
            data = {"status": act["status"], "targets": [target]}
            done = acts.record(user, Event.get_by_id(target).group_id, Kind.CHOICE, token, **data)
    for again in range(act["turned"]):
        patch.setattr(acts, "now", lambda: at + dt.timedelta(days=act["later"], seconds=again))  # noqa: B023
        done = acts.undo(user, done, f"undo-{again}-{number}")
    return True


def meeting(act: dict[str, Any], mail: Event) -> dict[str, Any]:
    """What a user says of an interview: of the one that the mail named, where they do not add one."""
    named = next((date["start"] for date in mail.data["dates"]), act["begin"].isoformat())
    start = None if act["meet"] == "cancel" else act["begin"].isoformat()
    return {
        "act": act["meet"],
        "was": None if act["meet"] == "add" else named,
        "dates": [{"start": start, "end": None}] if start else [],
        "place": act["company"],
        "targets": [mail.id],
    }


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
            if perform(mailbox, number, act, len(all_mails), patch):
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
                [
                    (m.key, m.state, m.start, m.moved_from, m.place, names[m.event_id])
                    for m in Meeting.select().where(Meeting.application == row.id).order_by(Meeting.key)
                ],
                [(e.tiebreak, e.standing, e.effect) for e in events],
            )
        )  # fmt: skip
    loose = Event.select().where((Event.user == user_id) & Event.application_id.is_null())
    waiting = sorted((e.tiebreak, e.standing) for e in loose if e.kind in {Kind.MAIL, Kind.SENT})
    return [sorted(shown, key=str), waiting]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(1, 10), st.integers(0, 5), st.integers(1, 4))
def test_any_order_and_repetition_gives_one_board(
    house: None, seed: int, mails: int, doings: int, size: int
) -> None:
    # Each mail and act has its own seed, so that a failure shrinks to the fewest of them.
    given_mails = [a_mail(random.Random(f"mail {n} of {seed}")) for n in range(mails)]
    given_acts = [an_act(random.Random(f"act {n} of {seed}")) for n in range(doings)]
    chance, patch = random.Random(seed), pytest.MonkeyPatch()
    with patch.context() as patched, database.connection_context():
        patched.setattr("jobs.sync_mailbox.now", lambda: END)
        in_order = sorted(range(mails), key=lambda n: given_mails[n]["at"])
        expected = deliver(given_mails, given_acts, in_order, 1, patched)
        # Newest first, as a backfill does; then any order with repetitions, lost ones coming last.
        shuffled = [*in_order, *chance.choices(in_order, k=3)]
        chance.shuffle(shuffled)
        scanned = [n for n in in_order if chance.random() < 0.5]
        for order in (in_order[::-1], shuffled, [*scanned, *in_order]):
            assert deliver(given_mails, given_acts, order, size, patched) == expected
