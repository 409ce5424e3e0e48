"""What a user corrects once is not got wrong again for the same kind of mail, and for nobody else's."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator

import pytest

from hearback.models import (
    Application,
    Event,
    Kind,
    Lesson,
    Mailbox,
    Message,
    MessageState,
    Standing,
    User,
    database,
    now,
)
from jobs import acts
from jobs.leave_mailbox import leave
from jobs.queues import queues
from jobs.reading import Arrived, Reading, read
from jobs.replay import replay
from jobs.sweep import sweep
from jobs.sync_mailbox import sync_mailbox
from jobs.take_in import store
from tests.support import product
from tests.support.service import ADDRESS, REJECTED, Service, connect

START = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
# A refusal above a forwarded mail may be that mail's: the reading is not sure of it.
FORWARDED = "\n\n---------- Forwarded message ---------\nFrom: somebody\n\nHello"
UNSURE = f"{REJECTED}{FORWARDED}"
SENDER = "Acme Robotics Recruiting <jobs@acmerobotics.com>"
tokens = (f"token-{number}" for number in itertools.count())


@pytest.fixture
def house(database_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(database_url, redis_url)), database.connection_context():
        yield


@pytest.fixture
def box(house: None) -> Mailbox:
    user = User.create(email=ADDRESS)
    return Mailbox.create(user=user, address=ADDRESS, connected_at=START)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets acts happen at a time of the test's choosing."""

    def set_day(day: float) -> None:
        monkeypatch.setattr(acts, "now", lambda: START + dt.timedelta(days=day))

    return set_day


def reading(
    day: float, text: str = UNSURE, subject: str = "Your application", sender: str = SENDER
) -> Reading:
    head = f"From: {sender}\nTo: {ADDRESS}\nSubject: {subject}\nMessage-ID: <{day}@x>\n"
    return read(Arrived(f"day{day}", None, START + dt.timedelta(days=day), f"{head}\n{text}".encode(), False))


def come(box: Mailbox, day: float, **mail: str) -> Event | None:
    """A mail that comes in on that day; its event, if it leaves one."""
    store(box, [reading(day, **mail)])
    return event_of(box, day)


def event_of(box: Mailbox, day: float) -> Event | None:
    return Event.get_or_none((Event.user == box.user_id) & (Event.tiebreak == f"day{day}"))


def stand(box: Mailbox, day: float) -> tuple[str, str | None]:
    event = event_of(box, day)
    assert event is not None
    return event.standing, event.effect


def correct(box: Mailbox, day: float, category: str, company: str | None = None) -> int:
    event = event_of(box, day)
    assert event is not None
    token = next(tokens)
    acts.correct(box.user_id, event.id, category, token, company=company)
    return int(Event.get((Event.kind == Kind.CORRECTION) & (Event.tiebreak == token)).id)


def test_what_was_confirmed_once_is_not_asked_again(box: Mailbox, on_day: Callable[[float], None]) -> None:
    come(box, 0)
    come(box, 1, subject="Your application for Designer", text=UNSURE.replace("Backend Engineer", "Designer"))
    come(box, 2)
    on_day(3)
    correct(box, 2, "rejection")
    later = come(box, 4, text=UNSURE.replace("Backend Engineer", "Data Engineer"))
    assert later is not None and later.data["confidence"] < 0.8
    assert stand(box, 4) == (Standing.COUNTS, "rejected")
    # What came before, and what looks otherwise, is judged by itself.
    assert stand(box, 0)[0] == stand(box, 1)[0] == Standing.UNSURE
    come(box, 5, sender="People <people@acmerobotics.com>")
    come(box, 6, subject="Reminder: your application")
    assert stand(box, 5)[0] == stand(box, 6)[0] == Standing.UNSURE


def test_another_meaning_is_learnt_too_and_a_later_word_outranks_it(
    box: Mailbox, on_day: Callable[[float], None]
) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "acknowledgment")
    come(box, 2)
    assert stand(box, 2) == (Standing.COUNTS, None)
    assert Application.get().status == "applied"
    on_day(3)
    correct(box, 2, "rejection")
    assert Application.get().status == "rejected"
    come(box, 4)
    assert stand(box, 4)[0] == Standing.COUNTS
    assert Lesson.select().count() == 2


def test_nobody_else_learns_of_it(box: Mailbox, on_day: Callable[[float], None]) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "other")
    stranger = User.create(email="mallory@example.com")
    other = Mailbox.create(user=stranger, address=stranger.email, connected_at=START)
    come(other, 2)
    assert stand(other, 2)[0] == Standing.UNSURE


def test_no_word_of_the_mail_is_kept_in_a_lesson(box: Mailbox, on_day: Callable[[float], None]) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "acknowledgment")
    row = Lesson.select().dicts().get()
    assert set(row) == {
        "id", "user", "correction", "likeness", "taught_at", "category", "company", "company_before",
        "organisation", "stands",
    }  # fmt: skip
    assert "Your" not in str(row) and "jobs@" not in str(row)


def test_a_lesson_leaves_mail_that_is_not_like_it_alone(
    box: Mailbox, on_day: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, init = [], Event.__init__

    def counted(event: Event, *args: object, **values: object) -> None:
        made.append(event)
        init(event, *args, **values)

    def events_read(others: int) -> int:
        for number in range(others):
            come(
                box,
                20 + number,
                subject=f"From {number}",
                text=REJECTED.replace("Acme Robotics", "Birch Labs"),
                sender="Birch Labs <jobs@birch.example>",
            )
        correction = correct(box, 0, "rejection")
        made.clear()
        acts.undo(box.user_id, correction, next(tokens))
        return len(made)

    come(box, 0)
    come(box, 2)
    on_day(1)
    monkeypatch.setattr(Event, "__init__", counted)
    few = events_read(0)
    # The correction and the undo are two events more; the nine mails are none.
    assert events_read(9) - few < 9


def test_taking_the_correction_back_takes_its_effect_back(
    box: Mailbox, on_day: Callable[[float], None]
) -> None:
    come(box, 0)
    on_day(1)
    correction = correct(box, 0, "rejection")
    come(box, 2)
    come(box, 3, text=UNSURE.replace("Acme Robotics", "Birch"))
    on_day(4)
    undone = acts.undo(box.user_id, correction, next(tokens))
    assert [stand(box, day)[0] for day in (0, 2, 3)] == [Standing.UNSURE] * 3
    assert not Application.select().exists()
    on_day(5)
    acts.undo(box.user_id, undone, next(tokens))
    assert [stand(box, day)[0] for day in (0, 2, 3)] == [Standing.COUNTS] * 3


def test_mail_that_is_not_about_a_job_leaves_nothing(box: Mailbox, on_day: Callable[[float], None]) -> None:
    come(box, 0)
    on_day(1)
    correction = correct(box, 0, "other")
    assert come(box, 2) is None
    message = Message.get(Message.gmail_id == "day2")
    assert (message.category, message.lesson, message.state) == ("other", correction, MessageState.READ)
    assert not queues.default.count


def test_what_was_left_out_is_read_again_when_the_word_is_taken_back(
    made: Service,
) -> None:
    mailbox = connect(made)
    Mailbox.update(backfilled_at=now()).execute()
    sync_mailbox(mailbox.id)
    made.tell("Your application", UNSURE)
    sync_mailbox(mailbox.id)
    acts.correct(mailbox.user_id, Event.get().id, "other", "once")
    correction = Event.get(Event.kind == Kind.CORRECTION)
    second = made.tell("Your application", UNSURE)
    sync_mailbox(mailbox.id)
    assert Event.select().where(Event.kind == Kind.MAIL).count() == 1
    undone = acts.undo(mailbox.user_id, correction.id, "back")
    message = Message.get(Message.gmail_id == second)
    assert (message.state, message.lesson) == (MessageState.QUARANTINED, None)
    # Where Redis forgets the job, the sweep finds the mail, and queues it once.
    assert queues.default.count == 1
    queues.default.empty()
    sweep()
    sweep()
    assert [job.args for job in queues.default.jobs if "replay" in job.func_name] == [[message.id]]
    replay(message.id)
    event = Event.get(Event.tiebreak == second)
    assert event.standing == Standing.UNSURE and event.data["company"] == "Acme Robotics"
    acts.undo(mailbox.user_id, undone, "again")
    assert not Event.select().where(Event.tiebreak == second).exists()
    assert Message.get(Message.gmail_id == second).lesson == correction.id


def test_a_sure_mail_that_moves_an_application_is_asked_about_against_habit(
    box: Mailbox, on_day: Callable[[float], None]
) -> None:
    come(box, 0, text=REJECTED)
    assert stand(box, 0) == (Standing.COUNTS, "rejected")
    on_day(1)
    correct(box, 0, "other")
    assert come(box, 2, text=REJECTED) is not None
    assert stand(box, 2) == (Standing.UNSURE, None)
    on_day(3)
    correct(box, 2, "rejection")
    come(box, 4, text=REJECTED)
    assert stand(box, 4)[0] == Standing.COUNTS


def test_a_name_is_learnt_for_the_same_sender_and_no_other_name(
    box: Mailbox, on_day: Callable[[float], None]
) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "rejection", company="Zenith")
    come(box, 2, text=UNSURE.replace("Backend Engineer", "Designer"))
    come(box, 3, text=UNSURE.replace("Acme Robotics", "Birch Labs"))
    homes = {day: Application.get_by_id(event_of(box, day).application_id).company for day in (0, 2, 3)}  # type: ignore[union-attr]
    assert homes[0] == homes[2] == "Zenith"
    assert homes[3] != "Zenith"


def test_erasing_the_mailbox_that_taught_takes_the_lesson_with_it(
    box: Mailbox, on_day: Callable[[float], None]
) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "rejection")
    other = Mailbox.create(user=box.user_id, address="second@example.com", connected_at=START)
    come(other, 2)
    assert stand(other, 2)[0] == Standing.COUNTS
    leave(box.user_id, box.id, erase=True)
    assert not Lesson.select().exists()
    assert stand(other, 2)[0] == Standing.UNSURE


def test_erasing_a_user_erases_what_they_taught(box: Mailbox, on_day: Callable[[float], None]) -> None:
    come(box, 0)
    on_day(1)
    correct(box, 0, "rejection")
    User.delete().where(User.id == box.user_id).execute()
    assert not Lesson.select().exists() and not Event.select().exists()


@pytest.mark.parametrize("taken_back", [False, True])
def test_any_order_of_arrival_ends_the_same(
    box: Mailbox, on_day: Callable[[float], None], taken_back: bool
) -> None:
    days = (0, 1, 3, 4)

    def end(order: tuple[int, ...], size: int) -> list[tuple[str, str | None]]:
        user = User.create(email=f"{next(tokens)}@example.com")
        own = Mailbox.create(user=user, address=user.email, connected_at=START)
        said = False
        for begin in range(0, len(order), size):
            store(own, [reading(day) for day in order[begin : begin + size]])
            if not said and event_of(own, 1):
                said = True
                on_day(2)
                correction = correct(own, 1, "rejection")
                if taken_back:
                    on_day(3.5)
                    acts.undo(user.id, correction, next(tokens))
        return [stand(own, day) for day in days]

    expected = end(days, 1)
    learnt = Standing.UNSURE if taken_back else Standing.COUNTS
    assert [standing for standing, _ in expected] == [
        Standing.UNSURE,
        learnt,
        learnt,
        learnt,
    ]
    for order in itertools.permutations(days):
        assert end(order, 2) == expected
