"""Interviews reach the user's own calendar: by a feed at a secret address, and in Google Calendar."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from icalendar import Calendar, Component
from rq.registry import ScheduledJobRegistry

from hearback.gmail.calendar import EVENTS
from hearback.gmail.errors import Transient
from hearback.models import (
    Application,
    CalendarEntry,
    CalendarFeed,
    CalendarLink,
    Event,
    Mailbox,
    Meeting,
    User,
    now,
)
from jobs import acts, interviews
from jobs.calendar import unwritten, write_calendar
from jobs.queues import queues, tried_again
from sandbox.client import SandboxControl
from tests.support import product
from tests.support.forked import run_worker
from tests.webapp import story
from tests.webapp.reader import Reader
from tests.webapp.test_connect import Consent, begin, box, job_names
from webapp import create_app

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NOON = (now() + 3 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)
ROBIN = "robin@example.com"


@pytest.fixture
def app(sqlite_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Flask]:
    """The application beside a Google of its own."""
    sandbox.create_account(ROBIN)
    with product.running(product.environment(sqlite_url, redis_url, sandbox.url)):
        yield create_app()


def _invite(mailbox: Mailbox, start: dt.datetime = NOON, **more: Any) -> Event:
    return story.mail(mailbox, "interview_invitation", **{"dates": [story.span(start)], **more})


def _address(robin: Reader) -> str:
    robin.post("/settings/feed")
    field = robin.see("/settings").css_first("#calendars input[readonly]")
    assert field is not None
    return urlsplit(field.attributes["value"] or "").path


def _events(robin: Reader, path: str) -> list[Component]:
    answer = robin.app.test_client().get(path)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.text).walk("VEVENT"))


def test_the_feed_opens_to_who_has_the_address_and_to_nobody_else(robin: Reader, mallory: Reader) -> None:
    _invite(story.mailbox(robin.user), links=["https://meet.example/1"], interviewer="Jo Lee")
    path = _address(robin)
    (event,) = _events(robin, path)
    assert str(event["SUMMARY"]) == "Interview with Acme Robotics, Backend Engineer"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (NOON, NOON + HOUR)
    assert str(event["LOCATION"]) == "https://meet.example/1" and "With: Jo Lee" in str(event["DESCRIPTION"])
    assert str(event["STATUS"]) == "CONFIRMED"
    # It is shown once, and a hash is all that is kept.
    assert path.rsplit("/", 1)[1] not in robin.client.get("/settings").text
    assert path.split("/")[-1].removesuffix(".ics") not in str(CalendarFeed.get().__data__)
    assert mallory.client.get("/feeds/guess.ics").status_code == 404
    assert _events(mallory, _address(mallory)) == []


def test_a_new_address_ends_the_old_one(robin: Reader) -> None:
    first = _address(robin)
    second = _address(robin)
    assert robin.client.get(first).status_code == 404
    assert robin.client.get(second).status_code == 200
    robin.press("/settings", "End it", within="#calendars")
    assert robin.client.get(second).status_code == 404


def test_a_program_that_has_it_already_gets_nothing_twice(robin: Reader) -> None:
    mailbox = story.mailbox(robin.user)
    mail = _invite(mailbox)
    path = _address(robin)
    client = robin.app.test_client()
    first = client.get(path)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    acts.undo(robin.user.id, mail.id, "t")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_an_event_keeps_its_name_through_changes_and_its_sequence_rises(robin: Reader) -> None:
    mailbox = story.mailbox(robin.user)
    _invite(mailbox)
    path = _address(robin)
    (first,) = _events(robin, path)
    (same,) = _events(robin, path)
    assert same.to_ical() == first.to_ical()
    dates = [story.span(NOON + DAY)]
    story.mail(mailbox, "interview_change", HOUR, interview="moved", dates=dates)
    (moved,) = _events(robin, path)
    assert moved["UID"] == first["UID"] and moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved.decoded("DTSTART") == NOON + DAY
    story.mail(mailbox, "interview_change", HOUR / 2, interview="cancelled")
    (off,) = _events(robin, path)
    assert off["UID"] == first["UID"] and off["SEQUENCE"] > moved["SEQUENCE"]
    assert str(off["STATUS"]) == "CANCELLED"


def test_a_whole_day_is_a_day_and_what_is_offered_is_tentative(robin: Reader) -> None:
    mailbox = story.mailbox(robin.user)
    day = dt.datetime(NOON.year, NOON.month, NOON.day, tzinfo=dt.timezone(2 * HOUR))
    dates = [story.span(day, hours=24)]
    story.mail(
        mailbox, "scheduling_request", interview="proposed", dates=dates, company="Ünïcode; \\, \n GmbH"
    )
    (event,) = _events(robin, _address(robin))
    assert event.decoded("DTSTART") == NOON.date() and event.decoded("DTEND") == NOON.date() + DAY
    assert str(event["STATUS"]) == "TENTATIVE"
    assert str(event["SUMMARY"]).startswith("Offered: interview with Ünïcode; \\,")


def test_an_hour_before_can_be_switched_off_and_on(robin: Reader) -> None:
    assert "day before, and once more an hour before" in robin.read("/settings")
    assert "the day before only" in robin.press(None, "Not an hour before", within="#calendars")
    assert not User.get().hour_before
    robin.press(None, "An hour before as well", within="#calendars")
    assert User.get().hour_before


# Google Calendar, against the sandbox.


@pytest.fixture
def linked(robin: Reader, sandbox: SandboxControl) -> Mailbox:
    """Robin's connected mailbox, with the calendar allowed."""
    begin(robin, sandbox).finish()
    _switch_on(robin, sandbox).finish()
    return box()


def _switch_on(robin: Reader, sandbox: SandboxControl) -> Consent:
    return begin(robin, sandbox, "/settings/google-calendar", mailbox_id=box().id, on="yes")


def _shown(sandbox: SandboxControl, mailbox: Mailbox) -> list[dict[str, Any]]:
    """What stands in the account's Google Calendar."""
    answer = requests.get(
        f"{sandbox.url}/calendar/v3/calendars/primary/events",
        headers={"Authorization": f"Bearer {Mailbox.get_by_id(mailbox.id).access_token}"},
        timeout=10,
    )
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_the_calendar_is_asked_for_apart_and_reading_goes_on(robin: Reader, sandbox: SandboxControl) -> None:
    begin(robin, sandbox).finish()
    consent = _switch_on(robin, sandbox)
    assert EVENTS in consent.asked["scope"] and "gmail" not in consent.asked["scope"]
    assert consent.asked["include_granted_scopes"] == "true"
    text = consent.finish()
    assert f"your interviews are written into the Google Calendar of {ROBIN}" in text
    assert "gmail.readonly" in box().scopes and EVENTS in box().scopes.split()
    assert "jobs.calendar.write_calendar" in job_names()


def test_without_the_tick_nothing_is_changed(robin: Reader, sandbox: SandboxControl) -> None:
    begin(robin, sandbox).finish()
    before = box().scopes
    text = _switch_on(robin, sandbox).finish(untick=EVENTS)
    assert "box for your calendar was not ticked" in text
    assert box().scopes == before and CalendarLink.select().count() == 0


def test_an_interview_is_written_moved_and_taken_out(linked: Mailbox, sandbox: SandboxControl) -> None:
    _invite(linked, place="Main St 1")
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    (event,) = _shown(sandbox, linked)
    assert event["summary"] == "Interview with Acme Robotics, Backend Engineer"
    assert dt.datetime.fromisoformat(event["start"]["dateTime"]) == NOON and event["location"] == "Main St 1"
    assert unwritten(now()) == []
    later = interviews.Plan(NOON + DAY, NOON + DAY + HOUR, "UTC")
    interviews.change(linked.user_id, Meeting.get().id, later, "t")
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    (moved,) = _shown(sandbox, linked)
    assert moved["id"] == event["id"]
    assert dt.datetime.fromisoformat(moved["start"]["dateTime"]) == NOON + DAY
    interviews.cancel(linked.user_id, Meeting.get().id, "c")
    write_calendar(linked.id)
    assert _shown(sandbox, linked) == [] and unwritten(now()) == []


def test_what_was_taken_back_and_put_back_is_there_again(linked: Mailbox, sandbox: SandboxControl) -> None:
    _invite(linked)
    write_calendar(linked.id)
    act = interviews.cancel(linked.user_id, Meeting.get().id, "c")
    write_calendar(linked.id)
    acts.undo(linked.user_id, act, "u")
    write_calendar(linked.id)
    assert len(_shown(sandbox, linked)) == 1


def test_a_job_that_dies_after_the_call_writes_nothing_twice(
    linked: Mailbox, sandbox: SandboxControl
) -> None:
    _invite(linked)
    sandbox.fault("events.insert", "503", count=1, after=True)
    with pytest.raises(Transient):
        write_calendar(linked.id)
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    assert len(_shown(sandbox, linked)) == 1 and unwritten(now()) == []


def test_an_entry_that_another_worker_holds_is_left_to_it(linked: Mailbox, sandbox: SandboxControl) -> None:
    _invite(linked)
    write_calendar(linked.id)
    interviews.cancel(linked.user_id, Meeting.get().id, "c")
    CalendarEntry.update(claimed_until=now() + HOUR).execute()
    write_calendar(linked.id)
    assert len(_shown(sandbox, linked)) == 1
    # Its time is over: it is dead, and the sweep's next job does the work.
    CalendarEntry.update(claimed_until=now() - HOUR).execute()
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    assert _shown(sandbox, linked) == []


def test_switching_off_takes_out_what_is_to_come(
    robin: Reader, linked: Mailbox, sandbox: SandboxControl
) -> None:
    _invite(linked)
    write_calendar(linked.id)
    robin.press("/settings", "Stop, and take out what is to come", within="#calendars")
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    assert _shown(sandbox, linked) == [] and unwritten(now()) == []
    # Google need not be asked again.
    robin.press("/settings", "Write interviews into this calendar", within="#calendars")
    write_calendar(linked.id)
    assert len(_shown(sandbox, linked)) == 1


def test_a_refusal_ends_the_calendar_and_not_the_reading(
    robin: Reader, linked: Mailbox, sandbox: SandboxControl
) -> None:
    _invite(linked)
    sandbox.fault("events.insert", "insufficientPermissions", count=1)
    write_calendar(linked.id)
    assert Mailbox.get_by_id(linked.id).state == "connected"
    assert "Google did not let us write into this calendar" in robin.read("/settings")
    assert unwritten(now()) == []


def test_a_day_becomes_an_hour_and_a_day_again(linked: Mailbox, sandbox: SandboxControl) -> None:
    midnight = NOON.replace(hour=0)
    _invite(linked, dates=[story.span(midnight, hours=24)])
    write_calendar(linked.id)
    (event,) = _shown(sandbox, linked)
    assert event["start"] == {"date": f"{midnight:%Y-%m-%d}"}
    for number, plan in enumerate(
        (interviews.Plan(NOON, NOON + HOUR, "UTC"), interviews.Plan(midnight, midnight + DAY, "UTC"))
    ):
        interviews.change(linked.user_id, Meeting.get().id, plan, f"t{number}")
        write_calendar(linked.id)
        assert unwritten(now()) == [] and CalendarLink.get().error is None
        (moved,) = _shown(sandbox, linked)
        if number == 0:
            assert dt.datetime.fromisoformat(moved["start"].pop("dateTime")) == NOON
            assert moved["start"] == {"timeZone": "UTC"}
    assert moved["id"] == event["id"]
    assert (moved["start"], moved["end"]) == (event["start"], event["end"])


def test_a_corrected_employer_reaches_the_calendar_and_the_feed(
    robin: Reader, linked: Mailbox, sandbox: SandboxControl
) -> None:
    mail = _invite(linked)
    write_calendar(linked.id)
    path = _address(robin)
    (before,) = _events(robin, path)
    acts.correct(linked.user_id, mail.id, "interview_invitation", "t", company="Zenith", role="Designer")
    assert unwritten(now()) == [linked.id]
    write_calendar(linked.id)
    assert [event["summary"] for event in _shown(sandbox, linked)] == ["Interview with Zenith, Designer"]
    (after,) = _events(robin, path)
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    # The same word once more changes nothing.
    acts.correct(linked.user_id, mail.id, "interview_invitation", "u", company="Zenith", role="Designer")
    assert unwritten(now()) == []


def test_what_google_cannot_make_sense_of_is_told_and_not_tried_for_ever(
    robin: Reader, linked: Mailbox, sandbox: SandboxControl
) -> None:
    _invite(linked)
    sandbox.fault("events.insert", "badRequest", count=1)
    write_calendar(linked.id)
    assert "Google did not let us write into this calendar (HTTP 400" in robin.read("/settings")
    assert Mailbox.get_by_id(linked.id).state == "connected" and unwritten(now()) == []


def test_a_busy_google_is_given_the_time_that_it_asks_for(linked: Mailbox, sandbox: SandboxControl) -> None:
    _invite(linked)
    queues.default.empty()
    sandbox.fault("events.insert", "429", count=1, seconds=300)
    job = queues.default.enqueue(write_calendar, linked.id, **tried_again())
    run_worker()
    waits = ScheduledJobRegistry(queue=queues.default).get_scheduled_time(job.id) - now()
    assert waits > dt.timedelta(minutes=4)


def test_after_a_refusal_google_is_asked_anew(
    robin: Reader, linked: Mailbox, sandbox: SandboxControl
) -> None:
    _invite(linked)
    sandbox.fault("events.insert", "insufficientPermissions", count=1)
    write_calendar(linked.id)
    consent = _switch_on(robin, sandbox)
    assert EVENTS in consent.asked["scope"]
    assert "your interviews are written into the Google Calendar" in consent.finish()
    assert CalendarLink.get().on and CalendarLink.get().error is None
    write_calendar(linked.id)
    assert len(_shown(sandbox, linked)) == 1


def test_others_calendars_are_not_switched(robin: Reader, mallory: Reader, linked: Mailbox) -> None:
    answer = mallory.post("/settings/google-calendar", mailbox_id=linked.id, on="no")
    assert answer.status_code == 404
    assert CalendarLink.get().on and Application.select().count() == 0
