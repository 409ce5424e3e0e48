"""Reminders come when they are of use, once each, whoever asks twice, moves away or changes their mind."""

import datetime as dt
import os
from dataclasses import replace
from itertools import pairwise

import pytest

from hearback.models import Application, FollowUp, Notification, User, database
from hearback.notify.letter import Letter
from jobs import follow_ups, reminders
from jobs.acts import BadAct, NotFound
from jobs.due import due
from jobs.retention import drop_old_notifications
from tests.jobs.test_year import application
from tests.support.service import Service

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
# A Monday, ten in the morning in Berlin.
MONDAY = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)


@pytest.fixture
def robin(made: Service) -> User:
    """Somebody in Berlin to whom nothing is due."""
    later = MONDAY + 3000 * DAY
    return User.create(
        email="robin@example.com", timezone="Europe/Berlin", next_summary_at=later, next_report_at=later
    )


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """The periods that letters were made of; each has something to tell."""
    made: list[dt.date] = []

    def letter(user_id: int, day: dt.date) -> Letter:
        made.append(day)
        return Letter(f"News of {day}", "There is some.")

    told = {kind: replace(turn, letter=letter) for kind, turn in reminders.TURNS.items()}
    monkeypatch.setattr(reminders, "TURNS", told)
    return made


def look(at: dt.datetime) -> None:
    """What the tick of follow-ups does at that moment."""
    follow_ups.remind(list(due(Application.follow_up_at, at)), at)


def told() -> list[str]:
    """The subjects of all notifications."""
    return [row.data["subject"] for row in Notification.select().order_by(Notification.id)]


def fold_again(row: Application, **values: object) -> None:
    """Change an application as the fold does, which asks for another look."""
    Application.update(**{"follow_up_at": Application.changed_at, **values}).where(
        Application.id == row.id
    ).execute()


def test_a_week_of_silence_is_told_once_at_nine(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    look(MONDAY)
    assert Application.get().follow_up_at == dt.datetime(2026, 5, 11, 7, tzinfo=dt.UTC)
    look(dt.datetime(2026, 5, 11, 6, 59, tzinfo=dt.UTC))
    assert told() == []
    look(dt.datetime(2026, 5, 11, 7, tzinfo=dt.UTC))
    assert told() == ["Acme has not answered for 7 days. Follow up?"]
    for days in range(8, 200):
        fold_again(row)
        look(MONDAY + days * DAY)
        drop_old_notifications(MONDAY + days * DAY)
    assert len(told()) == 1


def test_an_answer_begins_the_wait_anew_and_an_end_ends_it(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    look(MONDAY + 8 * DAY)
    fold_again(row, status="under_review", last_event_at=MONDAY + 9 * DAY)
    look(MONDAY + 15 * DAY)
    assert len(told()) == 1
    look(MONDAY + 16 * DAY)
    assert len(told()) == 2
    fold_again(row, status="rejected", last_event_at=MONDAY + 20 * DAY)
    look(MONDAY + 60 * DAY)
    assert len(told()) == 2


@pytest.mark.parametrize("status", ["draft", "offer_received", "rejected", "withdrawn", "archived"])
def test_nobody_is_asked_to_chase_what_does_not_wait_for_an_employer(robin: User, status: str) -> None:
    application(robin, status, MONDAY)
    look(MONDAY + 8 * DAY)
    assert told() == []
    assert Application.get().follow_up_at is None


def test_an_interview_ahead_is_no_silence(robin: User) -> None:
    row = application(robin, "interview_scheduled", MONDAY)
    fold_again(row, clock_due_at=MONDAY + 20 * DAY)
    look(MONDAY + 8 * DAY)
    assert told() == []


def test_what_was_silent_for_long_before_we_knew_of_it_is_no_news(robin: User) -> None:
    for days in (10, 20, 60):
        application(robin, "applied", MONDAY - days * DAY)
    look(MONDAY)
    assert told() == ["Acme has not answered for 7 days. Follow up?"]


def test_the_users_own_date_comes_even_after_a_long_outage(robin: User) -> None:
    row = application(robin, "draft", MONDAY)
    follow_ups.answer(robin.id, row.anchor_id, "on", MONDAY, dt.date(2026, 5, 20))
    look(MONDAY)
    look(MONDAY + 60 * DAY)
    assert told() == ["You wanted to follow up with Acme on 20 May"]
    look(MONDAY + 61 * DAY)
    assert len(told()) == 1


def test_later_is_so_many_days_later_and_done_is_done(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    look(MONDAY + 8 * DAY)
    assert follow_ups.unanswered(row)
    assert follow_ups.answer(robin.id, row.anchor_id, "later", MONDAY + 8 * DAY) == dt.date(2026, 5, 19)
    assert not follow_ups.unanswered(row)
    look(MONDAY + 9 * DAY)
    look(MONDAY + 15 * DAY)
    assert len(told()) == 2
    follow_ups.answer(robin.id, row.anchor_id, "done", MONDAY + 15 * DAY)
    look(MONDAY + 30 * DAY)
    assert len(told()) == 2


def test_a_reminder_that_is_still_to_come_can_be_dealt_with(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    follow_ups.answer(robin.id, row.anchor_id, "done", MONDAY + DAY)
    look(MONDAY + 30 * DAY)
    assert told() == []


def test_more_patience_after_a_reminder_brings_the_next_one(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    look(MONDAY + 8 * DAY)
    follow_ups.answer(robin.id, row.anchor_id, "done", MONDAY + 8 * DAY)
    look(MONDAY + 8 * DAY)
    reminders.set_clock(robin.id, {"follow_up_days": 14}, MONDAY + 9 * DAY)
    look(MONDAY + 9 * DAY)
    look(MONDAY + 15 * DAY)
    assert len(told()) == 2


def test_never_is_never_until_the_user_wants_it_again(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    follow_ups.answer(robin.id, row.anchor_id, "never", MONDAY)
    look(MONDAY + 8 * DAY)
    assert told() == []
    follow_ups.answer(robin.id, row.anchor_id, "again", MONDAY + 8 * DAY)
    look(MONDAY + 8 * DAY)
    assert len(told()) == 1


def test_nonsense_and_others_reminders_are_refused(robin: User) -> None:
    row = application(robin, "applied", MONDAY)
    other = User.create(email="mallory@example.com")
    with pytest.raises(NotFound):
        follow_ups.answer(other.id, row.anchor_id, "never", MONDAY)
    for what, day in [("on", None), ("on", MONDAY.date()), ("on", dt.date(2030, 1, 1)), ("maybe", None)]:
        with pytest.raises(BadAct):
            follow_ups.answer(robin.id, row.anchor_id, what, MONDAY, day)
    assert FollowUp.select().count() == 0
    token = follow_ups.token_for(robin.id, row.anchor_id)
    assert follow_ups.named_by(token) == (robin.id, row.anchor_id)
    with pytest.raises(NotFound):
        follow_ups.named_by(token[:-1] + ("A" if token[-1] != "A" else "B"))


def test_more_patience_and_another_zone_move_what_is_to_come(robin: User) -> None:
    application(robin, "applied", MONDAY)
    look(MONDAY)
    values = {"follow_up_days": 14, "reminder_hour": "18:30", "timezone": "America/New_York"}
    reminders.set_clock(robin.id, values, MONDAY + DAY)
    look(MONDAY + DAY)
    assert Application.get().follow_up_at == dt.datetime(2026, 5, 18, 22, 30, tzinfo=dt.UTC)


def test_processes_that_look_at_the_same_moment_tell_once(robin: User) -> None:
    for number in range(30):
        user = User.create(email=f"{number}@example.com")
        application(user, "applied", MONDAY)
        application(user, "applied", MONDAY - DAY)
    at = MONDAY + 9 * DAY
    ids = list(due(Application.follow_up_at, at))
    database.close()
    database.obj.close_all()
    children = []
    for order in (ids, ids[::-1], ids):
        pid = os.fork()
        if pid == 0:
            failed = 1
            try:
                database.connect()
                for place in range(0, len(order), 20):
                    follow_ups.remind(order[place : place + 20], at)
                failed = 0
            finally:
                os._exit(failed)
        children.append(pid)
    assert [os.waitpid(pid, 0)[1] for pid in children] == [0, 0, 0]
    database.connect()
    assert len(told()) == 60
    assert list(due(Application.follow_up_at, at)) == []


def test_a_late_summary_is_of_the_newest_week_and_of_no_other(robin: User, letters: list[dt.date]) -> None:
    User.update(next_summary_at=MONDAY).execute()
    reminders.write("summary", [robin.id], MONDAY - HOUR)
    assert letters == []
    # Two Mondays were missed; today is the Thursday after the second.
    reminders.write("summary", [robin.id], MONDAY + 10 * DAY)
    reminders.write("summary", [robin.id], MONDAY + 10 * DAY)
    assert letters == [dt.date(2026, 5, 11)]
    assert User.get().next_summary_at == MONDAY + 14 * DAY


def test_who_is_new_gets_no_summary_of_before(robin: User, letters: list[dt.date]) -> None:
    User.update(next_summary_at=MONDAY + DAY, next_report_at=MONDAY + DAY).execute()
    for kind in reminders.TURNS:
        reminders.write(kind, [robin.id], MONDAY + DAY)
    assert letters == []
    assert User.get().next_summary_at == MONDAY + 7 * DAY
    assert User.get().next_report_at == dt.datetime(2026, 6, 1, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("start", "end"), [("Pacific/Honolulu", "Pacific/Kiritimati"), ("Pacific/Kiritimati", "Pacific/Honolulu")]
)
def test_a_move_across_the_date_line_keeps_every_week_once(
    robin: User, letters: list[dt.date], start: str, end: str
) -> None:
    first = dt.datetime.now(dt.UTC)
    User.update(timezone=start, next_summary_at=first).execute()
    reminders.write("summary", [robin.id], first)
    reminders.set_clock(robin.id, {"timezone": end})
    at = first
    while at < first + 29 * DAY:
        reminders.write("summary", [robin.id], at)
        at += 3 * HOUR
    assert len(letters) == len(set(letters)) == Notification.select().count() == 4
    assert {after - before for before, after in pairwise(letters)} == {7 * DAY}


def test_one_letter_that_fails_holds_up_nobody_behind_it(
    robin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [User.create(email=f"{n}@example.com", next_summary_at=MONDAY) for n in range(3)]
    User.update(next_summary_at=MONDAY - 7 * DAY).execute()

    def letter(user_id: int, day: dt.date) -> Letter | None:
        if user_id == others[0].id:
            raise RuntimeError("cannot be written")
        return Letter("News", "There is some.")

    turns = {kind: replace(turn, letter=letter) for kind, turn in reminders.TURNS.items()}
    monkeypatch.setattr(reminders, "TURNS", turns)
    ids = [robin.id, *(other.id for other in others)]
    with pytest.raises(RuntimeError):
        reminders.write("summary", ids, MONDAY)
    (job,) = reminders.queues.default.jobs
    assert job.args == ["summary", [other.id for other in others[1:]]]


def test_old_notifications_go_and_newer_ones_stay(robin: User) -> None:
    for days in (0, 89, 91, 400):
        Notification.tell(robin.id, "reminder", f"{days}")
        Notification.update(created_at=MONDAY - days * DAY).where(Notification.key == f"{days}").execute()
    drop_old_notifications(MONDAY)
    assert {row.key for row in Notification.select()} == {"0", "89"}
