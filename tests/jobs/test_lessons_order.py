"""Corrections that teach, and are taken back, end the same in whatever order mail is delivered."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearback.mail import match
from hearback.models import Application, Event, Kind, Mailbox, Message, MessageState, User, database
from jobs import acts, lessons
from jobs.reading import Reading
from jobs.take_in import store
from tests.support import product

START = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
names = (f"user{number}@example.com" for number in itertools.count())


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('lessons') / 'hearback.db'}"
        with product.running(product.environment(url, "redis://127.0.0.1:9/0")):
            yield
        return
    databases = request.getfixturevalue("postgres_server")
    with databases.database() as url, product.running(product.environment(url, "redis://127.0.0.1:9/0")):
        yield


@st.composite
def mails(draw: st.DrawFn) -> dict[str, Any]:
    """Mail of two kinds, from few employers, of which we are sure or not."""
    return {
        "day": draw(st.integers(0, 20)),
        "likeness": draw(st.sampled_from(["one", "one", "other"])),
        "category": draw(st.sampled_from(["acknowledgment", "rejection", "outreach"])),
        "confidence": draw(st.sampled_from([0.5, 0.5, 0.95])),
        "company": draw(st.sampled_from(["Acme", "Birch"])),
    }


@st.composite
def corrections(draw: st.DrawFn) -> dict[str, Any]:
    """A word on a mail some time after it, perhaps taken back after that, and put back again."""
    days = draw(st.lists(st.integers(1, 8), min_size=1, max_size=3))
    return {
        "mail": draw(st.integers(0, 5)),
        "days": list(itertools.accumulate(days)),
        "category": draw(st.sampled_from(["acknowledgment", "rejection", "under_review", "other"])),
        "company": draw(st.sampled_from([None, None, "Zenith"])),
    }


# A mail by its number, or a word by its number and which of its turns: said, taken back, put back.
Step = tuple[str, int, int]


class World:
    """One user to whom mail is delivered and who speaks, each thing at its own time."""

    def __init__(self, mails: list[dict[str, Any]], words: list[dict[str, Any]]) -> None:
        self.mails, self.words = mails, words
        user = User.create(email=next(names))
        self.box = Mailbox.create(user=user, address=user.email, connected_at=START)
        self.said: dict[tuple[int, int], int] = {}

    def at(self, step: Step) -> dt.datetime:
        kind, number, turn = step
        if kind == "mail":
            return START + dt.timedelta(days=self.mails[number]["day"], minutes=number)
        word = self.words[number]
        mail = self.at(("mail", word["mail"], 0))
        return mail + dt.timedelta(days=word["days"][turn], minutes=20 + number)

    def do(self, step: Step, patch: pytest.MonkeyPatch) -> bool:
        """Do one thing; False where it cannot be done yet."""
        kind, number, turn = step
        if kind == "mail":
            self.deliver(number)
            return True
        word, user = self.words[number], self.box.user_id
        patch.setattr(acts, "now", lambda: self.at(step))
        token = f"word{number}.{turn}"
        if turn == 0:
            event = Event.get_or_none((Event.user == user) & (Event.tiebreak == f"m{word['mail']}"))
            if event is None:
                return False
            acts.correct(user, event.id, word["category"], token, company=word["company"])
        elif (number, turn - 1) not in self.said:
            return False
        else:
            acts.undo(user, self.said[number, turn - 1], token)
        made = Event.get((Event.user == user) & (Event.tiebreak == token) & (Event.kind != Kind.MAIL))
        self.said[number, turn] = made.id
        return True

    def deliver(self, number: int, again: tuple[int, ...] = ()) -> None:
        mail = self.mails[number]
        data = {
            **{name: mail[name] for name in ("likeness", "category", "confidence", "company")},
            "organisation": mail["company"],
            "identity": f"mail-{number}",
            "from_file": False,
        }
        keys = frozenset({*match.keys(data), f"mail:{data['identity']}"})
        at, name = self.at(("mail", number, 0)), f"m{number}"
        store(self.box, [Reading(name, at, mail["category"], Kind.MAIL, data, keys)], again=again)

    def read_again(self) -> None:
        """What the queue would do: read what was set aside when a word was taken back."""
        aside = (Message.mailbox == self.box.id) & (Message.state == MessageState.QUARANTINED)
        for message in list(Message.select().where(aside)):
            self.deliver(int(message.gmail_id[1:]), again=(message.id,))

    def end(self) -> list[Any]:
        """All that the user sees of each mail, or that nothing of it is kept."""
        found: list[Any] = []
        for number in range(len(self.mails)):
            key = f"m{number}"
            message = Message.get((Message.mailbox == self.box.id) & (Message.gmail_id == key))
            event = Event.get_or_none(Event.message == message.id)
            if event is None:
                found.append((message.category, message.state, message.lesson is not None))
                continue
            home = Application.get_or_none(Application.id == event.application_id)
            shown = (home.company, home.status, home.began_at) if home else None
            found.append((event.standing, event.effect, shown, message.category))
        return found


def steps(mails: list[dict[str, Any]], words: list[dict[str, Any]]) -> list[Step]:
    spoken = [("word", n, turn) for n, word in enumerate(words) for turn in range(len(word["days"]))]
    return [*(("mail", n, 0) for n in range(len(mails))), *spoken]


def shuffled(done: list[Step], words: list[dict[str, Any]], chance: random.Random) -> list[Step]:
    """Mails in any order and at any time, but each before the first word on it; words as they were said."""
    order = [step for step in done if step[0] == "word"]
    mails = [step for step in done if step[0] == "mail"]
    for mail in chance.sample(mails, len(mails)):
        about = [
            at for at, (kind, n, _) in enumerate(order) if kind == "word" and words[n]["mail"] == mail[1]
        ]
        order.insert(chance.randint(0, min(about, default=len(order))), mail)
    return order


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(mails(), min_size=2, max_size=6), st.lists(corrections(), min_size=1, max_size=3), st.integers()
)
def test_any_order_ends_as_the_order_of_time_does(
    house: None, given_mails: list[dict[str, Any]], given_words: list[dict[str, Any]], seed: int
) -> None:
    words = [word for word in given_words if word["mail"] < len(given_mails)]
    patch, chance = pytest.MonkeyPatch(), random.Random(seed)
    with patch.context() as patched, database.connection_context():
        # The test reads again itself what the queue would, so no queue is needed.
        patched.setattr(lessons.queues.default, "enqueue", lambda *_, **__: None)
        world = World(given_mails, words)
        done = []
        for step in sorted(steps(given_mails, words), key=world.at):
            # Nobody can speak of a mail of which nothing was kept.
            done += [step] if world.do(step, patched) else []
            world.read_again()
        expected = world.end()
        for _ in range(3):
            world = World(given_mails, words)
            for step in shuffled(done, words, chance):
                assert world.do(step, patched), step
                world.read_again()
            assert world.end() == expected
