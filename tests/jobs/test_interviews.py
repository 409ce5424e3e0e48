"""Interviews are rows that mail and the user's word make, move and cancel, told of in time."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from hearback.models import (
    Application,
    CalendarEntry,
    CalendarLink,
    Event,
    Mailbox,
    Meeting,
    Notification,
    User,
    now,
)
from jobs import acts, interview_reminders, interviews
from jobs.calendar import unwritten
from jobs.interview_reminders import Due
from jobs.sweep import pass_clocks
from tests.support import product
from tests.webapp import story

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
THEN = (now() + 5 * DAY).replace(hour=13, minute=0, second=0, microsecond=0)


@pytest.fixture
def box(database_url: str) -> Iterator[Mailbox]:
    """Robin's mailbox, connected a month ago."""
    with product.running(product.environment(database_url, "redis://127.0.0.1:1/0")):
        user = User.create(email="robin@example.com", timezone="Europe/Berlin")
        yield story.mailbox(user, connected_at=now() - 30 * DAY)


def invite(box: Mailbox, start: dt.datetime = THEN, **more: Any) -> Event:
    return story.mail(box, "interview_invitation", **{"dates": [story.span(start)], **more})


def change(box: Mailbox, interview: str, *starts: dt.datetime, ago: dt.timedelta = HOUR) -> Event:
    dates = [story.span(start) for start in starts]
    return story.mail(box, "interview_change", ago, interview=interview, dates=dates)


def rows() -> list[tuple[str, dt.datetime]]:
    return [(m.state, m.start) for m in Meeting.select().order_by(Meeting.start)]


def plan(start: dt.datetime, **more: Any) -> interviews.Plan:
    return interviews.Plan(start, start + HOUR, "Europe/Berlin", **more)


def told(kind: str = "interview") -> list[str]:
    return [n.data["subject"] for n in Notification.select().where(Notification.kind == kind)]


def test_an_invitation_is_an_interview_with_all_that_it_names(box: Mailbox) -> None:
    mail = invite(box, links=["https://meet.example/1"], interviewer="Jo Lee", place="Main St 1")
    (row,) = Meeting.select()
    assert (row.state, row.start, row.end, row.event_id) == ("confirmed", THEN, THEN + HOUR, mail.id)
    assert (row.link, row.interviewer, row.place) == ("https://meet.example/1", "Jo Lee", "Main St 1")
    assert told() == [f"Interview with Acme Robotics, {_berlin(THEN)}"]


def test_a_moved_interview_stays_the_same_and_is_told_of_again(box: Mailbox) -> None:
    invite(box, links=["https://meet.example/1"])
    before = Meeting.get()
    change(box, "moved", THEN + DAY)
    after = Meeting.get()
    assert rows() == [("confirmed", THEN + DAY)]
    assert (after.id, after.uid, after.moved_from) == (before.id, before.uid, THEN)
    assert after.sequence > before.sequence
    # The mail that moved it did not say where; it is still there.
    assert after.link == "https://meet.example/1"
    assert told()[1:] == [f"Acme Robotics moved the interview to {_berlin(THEN + DAY)}"]


def test_mail_that_comes_late_leaves_the_row_its_name(box: Mailbox) -> None:
    change(box, "moved", THEN + DAY)
    uid = Meeting.get().uid
    invite(box)
    assert [(m.uid, m.start, m.moved_from) for m in Meeting.select()] == [(uid, THEN + DAY, THEN)]


def test_a_cancelled_interview_is_cancelled_and_told_of(box: Mailbox) -> None:
    invite(box)
    change(box, "cancelled")
    assert rows() == [("cancelled", THEN)]
    assert told()[1:] == [f"Acme Robotics cancelled the interview of {_berlin(THEN)}"]


def test_taking_the_mail_back_takes_the_interview_back(box: Mailbox) -> None:
    mail = invite(box)
    undo = acts.undo(box.user_id, mail.id, "t1")
    assert rows() == []
    acts.undo(box.user_id, undo, "t2")
    assert rows() == [("confirmed", THEN)]


def test_a_rejection_takes_what_was_to_come_off_the_agenda(box: Mailbox) -> None:
    invite(box)
    refused = story.mail(box, "rejection", HOUR)
    assert rows() == [("cancelled", THEN)]
    acts.undo(box.user_id, refused.id, "t")
    assert rows() == [("confirmed", THEN)]


def test_an_interview_whose_time_is_over_was_held(box: Mailbox) -> None:
    invite(box)
    invite(box, THEN + DAY)
    pass_clocks(THEN + 2 * HOUR)
    assert rows() == [("held", THEN), ("confirmed", THEN + DAY)]
    pass_clocks(THEN + 2 * DAY)
    assert rows() == [("held", THEN), ("held", THEN + DAY)]
    assert Application.get().status == "interview_completed"


def test_one_of_several_offered_times_can_be_taken(box: Mailbox) -> None:
    dates = [story.span(THEN + n * DAY) for n in range(3)]
    story.mail(box, "scheduling_request", interview="proposed", dates=dates)
    assert [state for state, _ in rows()] == ["proposed"] * 3
    assert told() == ["Acme Robotics offers 3 times for an interview"]
    second = Meeting.get(Meeting.start == THEN + DAY)
    act = interviews.agree(box.user_id, second.id, "t")
    assert rows() == [("confirmed", THEN + DAY)]
    acts.undo(box.user_id, act, "u")
    assert [state for state, _ in rows()] == ["proposed"] * 3


def test_an_offered_whole_day_that_is_taken_was_not_moved(box: Mailbox) -> None:
    midnight = THEN.astimezone(interview_reminders.zone("Europe/Berlin")).replace(hour=0)
    days = [story.span(midnight + n * DAY, 24) for n in range(2)]
    story.mail(box, "scheduling_request", interview="proposed", dates=days)
    first = Meeting.select().order_by(Meeting.start).get()
    assert first.whole_day
    interviews.agree(box.user_id, first.id, "t")
    (row,) = Meeting.select()
    assert (row.id, row.state, row.start, row.moved_from) == (first.id, "confirmed", first.start, None)


def test_an_interview_by_hand_moves_the_application_and_undo_takes_it_back(box: Mailbox) -> None:
    story.mail(box, "acknowledgment")
    application = Application.get()
    act = interviews.add(box.user_id, application.id, plan(THEN, place="Main St 1"), "t")
    assert act == interviews.add(box.user_id, application.id, plan(THEN, place="Main St 1"), "t")
    assert rows() == [("confirmed", THEN)] and Application.get().status == "interview_scheduled"
    acts.undo(box.user_id, act, "u")
    assert rows() == [] and Application.get().status == "applied"
    # What the user does by hand is no news to them.
    assert told() == []


def test_an_interview_that_is_over_can_be_noted_and_pretends_nothing(box: Mailbox) -> None:
    story.mail(box, "acknowledgment")
    past = now() - 3 * DAY
    interviews.add(box.user_id, Application.get().id, plan(past), "t")
    assert rows() == [("held", past)] and Application.get().status == "applied"


def test_the_users_word_stands_until_a_later_mail(box: Mailbox) -> None:
    invite(box)
    row = Meeting.get()
    interviews.change(box.user_id, row.id, plan(THEN + 2 * HOUR, place="Side St 2"), "t")
    assert rows() == [("confirmed", THEN + 2 * HOUR)]
    assert Meeting.get().id == row.id
    # An older mail that comes in late does not pull it back.
    invite(box, ago=3 * HOUR)
    assert rows() == [("confirmed", THEN + 2 * HOUR)]
    change(box, "moved", THEN + DAY, ago=-HOUR)
    assert rows() == [("confirmed", THEN + DAY)]
    interviews.cancel(box.user_id, Meeting.get().id, "c")
    assert Meeting.get().state == "confirmed", "the mail is dated after the user's word"


def test_cancelling_by_hand_and_taking_that_back(box: Mailbox) -> None:
    invite(box)
    act = interviews.cancel(box.user_id, Meeting.get().id, "t")
    assert rows() == [("cancelled", THEN)]
    acts.undo(box.user_id, act, "u")
    assert rows() == [("confirmed", THEN)]


@pytest.mark.parametrize(
    ("start", "end", "link", "word"),
    [
        (THEN, THEN, "", "ends before"),
        (THEN, THEN + 30 * DAY, "", "two weeks"),
        (THEN, THEN + HOUR, "http://x", "https"),
        (THEN, THEN + HOUR, "https://[x", "https"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    box: Mailbox, start: dt.datetime, end: dt.datetime, link: str, word: str
) -> None:
    story.mail(box, "acknowledgment")
    with pytest.raises(acts.BadAct, match=word):
        interviews.add(box.user_id, Application.get().id, interviews.Plan(start, end, "UTC", link), "t")


def test_nobody_touches_anothers_interview(box: Mailbox) -> None:
    invite(box)
    other = User.create(email="mallory@example.com")
    with pytest.raises(acts.NotFound):
        interviews.cancel(other.id, Meeting.get().id, "t")


def make(due: list[Due]) -> list[str]:
    """Make the notifications of what is due; return their subjects."""
    return [
        one.letter.subject
        for one in due
        if Notification.tell(
            one.user_id, interview_reminders.KIND, one.key, one.application_id, data=one.letter.to_json()
        )
    ]


def test_each_interview_is_reminded_of_once_and_again_when_it_moved(box: Mailbox) -> None:
    invite(box)
    hourly = [THEN - n * HOUR for n in range(40, -3, -1)]
    found = [subject for at in hourly for subject in make(list(interview_reminders.day_before(at)))]
    assert found == [f"Interview with Acme Robotics, {_berlin(THEN)}"]
    change(box, "moved", THEN + DAY)
    later = [at + DAY for at in hourly]
    found = [subject for at in later for subject in make(list(interview_reminders.day_before(at)))]
    assert found == [f"Interview with Acme Robotics, {_berlin(THEN + DAY)}"]


def test_after_an_outage_a_reminder_comes_late_and_not_for_what_was_just_heard_of(box: Mailbox) -> None:
    invite(box)
    assert len(list(interview_reminders.day_before(THEN - 2 * HOUR))) == 1
    Meeting.update(changed_at=THEN - 3 * HOUR).execute()
    assert list(interview_reminders.day_before(THEN - 2 * HOUR)) == []


def test_an_hour_before_is_told_to_who_wants_it(box: Mailbox) -> None:
    invite(box, links=["https://meet.example/1"])
    assert list(interview_reminders.hour_before(THEN - 2 * HOUR)) == []
    (due,) = interview_reminders.hour_before(THEN - HOUR / 2)
    assert due.letter.subject.startswith("In an hour: interview with Acme Robotics")
    assert "Europe/Berlin" in due.letter.intro and "Backend Engineer" in due.letter.intro
    assert due.letter.sections[0].items == ("Link: https://meet.example/1",)
    User.update(hour_before=False).execute()
    assert list(interview_reminders.hour_before(THEN - HOUR / 2)) == []


def test_what_is_cancelled_or_only_offered_is_not_reminded_of(box: Mailbox) -> None:
    invite(box)
    change(box, "cancelled")
    story.mail(
        box, "scheduling_request", HOUR, company="Birch", interview="proposed", dates=[story.span(THEN)]
    )
    assert list(interview_reminders.day_before(THEN - DAY)) == []


def test_many_interviews_are_read_in_pages(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interview_reminders, "PAGE", 2)
    for name in ("Acme", "Birch", "Cedar", "Dune", "Elm"):
        invite(box, company=name, organisation=name)
    due = list(interview_reminders.day_before(THEN - DAY))
    assert {one.letter.subject.split(",")[0].removeprefix("Interview with ") for one in due} == {
        "Acme", "Birch", "Cedar", "Dune", "Elm",
    }  # fmt: skip


def _berlin(at: dt.datetime) -> str:
    local = at.astimezone(interview_reminders.zone("Europe/Berlin"))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def test_the_sweep_finds_calendars_that_are_not_as_they_should_be(box: Mailbox) -> None:
    invite(box)
    assert unwritten(now()) == []
    CalendarLink.create(mailbox=box)
    assert unwritten(now()) == [box.id]
    row = Meeting.get()
    CalendarEntry.create(mailbox=box, uid=row.uid, written=row.sequence)
    assert unwritten(now()) == []
    change(box, "moved", THEN + DAY)
    assert unwritten(now()) == [box.id]
    change(box, "cancelled", ago=HOUR / 2)
    assert unwritten(now()) == [box.id]
    CalendarLink.update(error="no").execute()
    assert unwritten(now()) == []
