"""Interviews have an agenda and a month, and can be added, changed, taken and cancelled by hand."""

import datetime as dt

import pytest

from hearback.models import Application, Event, Meeting, User, now
from tests.webapp import story
from tests.webapp.reader import Reader, fields, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
NOON = (now() + 3 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)


def _invite(robin: Reader, start: dt.datetime = NOON, **more: object) -> Event:
    box = story.mailbox(robin.user, f"box{start.timestamp():.0f}@example.com")
    return story.mail(box, "interview_invitation", **{"dates": [story.span(start)], **more})  # type: ignore[arg-type]


def _form(robin: Reader, path: str, **values: object) -> dict[str, object]:
    form = robin.see(path).css_first("form.interview-form")
    assert form is not None
    return {**fields(form), **values}


def test_an_empty_agenda_says_what_will_be_there(robin: Reader) -> None:
    text = robin.read("/interviews")
    assert "No interview ahead." in text
    assert "by itself" in text


def test_the_agenda_is_sorted_into_today_week_later_and_past(robin: Reader) -> None:
    robin.user.timezone = "UTC"
    noon = now().replace(hour=12, minute=0, second=0, microsecond=0)
    for name, days in (("Pastco", -8), ("Nowco", 0), ("Laterco", 30)):
        _invite(robin, noon + days * DAY, company=name, organisation=name, ago=20 * DAY)
    page = robin.see("/interviews")
    parts = {words(p.css_first("h2")): [words(h) for h in p.css("h3")] for p in page.css("section.agenda")}
    assert parts == {"Today": ["Nowco"], "Later": ["Laterco"], "Past": ["Pastco"]}


def test_a_sunday_belongs_to_this_week_and_the_day_after_does_not(robin: Reader) -> None:
    today = now().replace(hour=23, minute=59, second=0, microsecond=0)
    sunday = today + (6 - today.weekday()) * DAY
    _invite(robin, sunday, company="Sunco", organisation="Sunco")
    _invite(robin, sunday + DAY, company="Monco", organisation="Monco")
    page = robin.see("/interviews")
    parts = {words(h): words(p.css_first("h2")) for p in page.css("section.agenda") for h in p.css("h3")}
    assert parts == {"Sunco": "Today" if today == sunday else "This week", "Monco": "Later"}


def test_the_page_says_what_is_next_and_where(robin: Reader) -> None:
    _invite(robin, links=["https://meet.example/1"], interviewer="Jo Lee", place="Main St 1")
    text = robin.read("/interviews")
    assert text.startswith("Interview with Acme Robotics on ")
    assert "With Jo Lee. Main St 1" in text
    assert robin.page.css_first('a[href="https://meet.example/1"]') is not None


def test_the_month_shows_each_interview_on_its_day_in_the_users_zone(robin: Reader) -> None:
    User.update(timezone="Pacific/Auckland", timezone_chosen=True).execute()
    start = dt.datetime(2027, 3, 31, 20, tzinfo=dt.UTC)
    _invite(robin, start)
    cell = robin.see("/interviews/month?month=2027-04").css_first("td:not(.is-free)")
    assert words(cell) == "Thu 1 09:00 Acme Robotics"
    assert "April 2027: 1 interview." in words(robin.page.css_first("h1"))
    assert robin.page.css_first('a[rel="prev"]').attributes["href"] == "/interviews/month?month=2027-03"


@pytest.mark.parametrize("month", ["", "2026-13", "nonsense", "0001-01", "9999-12"])
def test_a_month_that_is_none_is_this_month(robin: Reader, month: str) -> None:
    assert f"{now():%Y}" in words(robin.see(f"/interviews/month?month={month}").css_first("h1"))


def test_an_interview_is_added_in_the_users_own_time(robin: Reader) -> None:
    User.update(timezone="America/New_York", timezone_chosen=True).execute()
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    path = f"/applications/{mail.application_id}/interviews"
    form = _form(robin, path, date="2027-01-15", time="14:30", interviewer="Jo Lee", minutes="45")
    assert robin.post(path, **form).headers["Location"] == f"/applications/{mail.application_id}"
    row = Meeting.get()
    assert (row.start, row.end - row.start) == (
        dt.datetime(2027, 1, 15, 19, 30, tzinfo=dt.UTC), 45 * dt.timedelta(minutes=1),
    )  # fmt: skip
    text = robin.read(f"/applications/{mail.application_id}")
    assert "You added an interview on 15 January 2027, 14:30." in text
    assert "With Jo Lee" in text
    robin.press(f"/applications/{mail.application_id}", "Undo", within=".entry")
    assert Meeting.select().count() == 0


def test_a_whole_day_is_the_same_day_everywhere(robin: Reader) -> None:
    User.update(timezone="Pacific/Apia", timezone_chosen=True).execute()
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    path = f"/applications/{mail.application_id}/interviews"
    robin.post(path, **_form(robin, path, date="2027-01-15", minutes="1440"))
    assert Meeting.get().whole_day
    assert "Friday, 15 January" in robin.read("/interviews")
    assert fields(robin.see("/interviews/1").css_first("form.interview-form"))["date"] == "2027-01-15"


def test_a_form_that_fails_keeps_what_was_typed_and_says_why(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    path = f"/applications/{mail.application_id}/interviews"
    answer = robin.post(path, date="", time="14:00", minutes="60", place="Main St 1")
    assert answer.status_code == 400
    assert "The day or the time is missing" in answer.text and "Main St 1" in answer.text
    assert Meeting.select().count() == 0


@pytest.mark.parametrize("minutes", ["9" * 5000, "9999999", "soon", ""])
def test_a_length_that_is_none_is_refused_with_words(robin: Reader, minutes: str) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment")
    path = f"/applications/{mail.application_id}/interviews"
    answer = robin.post(path, date="2027-01-15", time="14:00", minutes=minutes)
    assert answer.status_code == 400 and "it must be a number of minutes" in answer.text


def test_changing_moves_it_and_the_page_says_from_where(robin: Reader) -> None:
    mail = _invite(robin)
    path = f"/interviews/{Meeting.get().id}"
    robin.post(path, **_form(robin, path, time="15:00", place="Side St 2"))
    row = Meeting.get()
    assert (row.start, row.place) == (NOON + 3 * HOUR, "Side St 2")
    text = robin.read(f"/applications/{Event.get_by_id(mail.id).application_id}")
    assert "it was on" in text and "You moved the interview" in text


def test_an_offered_time_is_taken_with_one_press(robin: Reader) -> None:
    dates = [story.span(NOON + n * DAY) for n in range(2)]
    story.mail(story.mailbox(robin.user), "scheduling_request", interview="proposed", dates=dates)
    assert "Offered; not agreed yet" in robin.read("/interviews")
    text = robin.press(None, "Take this time")
    assert "Noted: this time stands." in text and text.count("Agreed") == 1
    assert "Offered" not in text
    robin.press(None, "Undo", within=".notice")
    assert Meeting.select().where(Meeting.state == "proposed").count() == 2


def test_noting_that_it_is_off_tells_nobody_and_can_be_undone(robin: Reader) -> None:
    _invite(robin)
    text = robin.press(f"/interviews/{Meeting.get().id}", "Note that it is off")
    assert "Hearback tells nobody" in text
    assert Meeting.get().state == "cancelled"
    robin.press(None, "Undo", within=".notice")
    assert Meeting.get().state == "confirmed"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/interviews/{}", "/interviews/{}/agree", "/interviews/{}/cancel"])
def test_anothers_interview_is_not_there(robin: Reader, mallory: Reader, path: str, method: str) -> None:
    _invite(robin)
    path = path.format(Meeting.get().id)
    if method == "get":
        assert mallory.client.get(path).status_code in {404, 405}
    else:
        assert mallory.post(path, date="2027-01-01", time="10:00", minutes="60").status_code == 404
    assert Meeting.get().sequence == 0
    application = Application.get().id
    assert mallory.client.get(f"/applications/{application}/interviews").status_code == 404
    assert "Acme" not in mallory.read("/interviews") + mallory.read("/interviews/month")
