"""The timeline shows which words caused each status, and everything on it can be taken back."""

import datetime as dt

import pytest

from hearback.models import Application, Event, database, now
from tests.webapp import story
from tests.webapp.reader import Reader, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def _only() -> Application:
    return Application.select().get()


def _path() -> str:
    return f"/applications/{_only().id}"


def test_a_status_stands_with_the_words_that_caused_it(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    said = "We have decided to go on with other candidates."
    no = story.mail(box, "rejection", HOUR, evidence=said, subject="Your application", confidence=0.91)
    page = robin.see(_path())
    entry = page.css_first(f"#entry-{no.id}")
    assert words(entry.css_first("h3")) == ("Acme Robotics decided not to go on with your application.")
    assert words(entry.css_first("blockquote mark")) == said
    assert "Your application from Acme Careers" in words(entry)
    assert "Sure (91%)" in words(entry)
    assert words(page.css_first(".headline .chip")) == "Rejected"
    assert entry.css_first(f"#entry-{no.id} time").attributes["title"].endswith("(UTC)")


def test_lessons_are_asked_for_once_a_page(robin: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    story.mail(story.mailbox(robin.user), "acknowledgment", likeness="alike")
    asked: list[str] = []
    execute = database.obj.execute_sql

    def counting(sql: str, *arguments: object, **named: object) -> object:
        asked.append(sql)
        return execute(sql, *arguments, **named)

    monkeypatch.setattr(database.obj, "execute_sql", counting)
    robin.see(_path())
    assert sum('FROM "lessons"' in sql for sql in asked) == 1


def test_the_newest_stands_on_top(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 2 * DAY)
    story.mail(box, "offer", HOUR)
    sentences = [words(node) for node in robin.see(_path()).css(".entry h3")]
    assert sentences == ["Acme Robotics offers you the job.", "Acme Robotics has your application."]


def test_undo_takes_a_mail_out_and_put_back_brings_it_in(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    story.mail(box, "rejection", HOUR)
    text = robin.press(_path(), "Undo: leave this mail out")
    assert "Taken back." in text
    assert _only().status == "applied"
    assert robin.see(_path()).css_first(".is-void del") is not None
    robin.press(_path(), "Put it back", within=".is-void")
    assert _only().status == "rejected"
    assert robin.see(_path()).css_first(".is-void") is None


def test_the_message_after_an_act_undoes_it(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    answer = robin.post(f"{_path()}/status", status="withdrawn")
    assert answer.status_code == 303
    assert _only().status == "withdrawn"
    assert "Taken back." in robin.press(_path(), "Undo", within=".notice")
    assert _only().status == "applied"
    entry = robin.see(_path()).css_first(".entry.is-void")
    assert "You set this to Withdrawn." in words(entry)


def test_a_correction_changes_the_status_and_stands_under_the_mail(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    mail = story.mail(box, "rejection", HOUR)
    back = _only().id
    answer = robin.post(f"/events/{mail.id}/correct", category="offer", back=back)
    assert answer.headers["Location"] == _path()
    text = robin.read(_path())
    assert "Corrected: an offer from Acme Robotics." in text
    assert "You said that this is an offer. We had taken it for a rejection." in text
    assert _only().status == "offer_received"
    robin.press(_path(), "Undo", within=".note")
    assert _only().status == "rejected"


def test_a_correction_of_the_company_leads_to_where_the_mail_stands_now(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    mail = story.mail(box, "rejection", HOUR)
    first = _only().id
    answer = robin.post(f"/events/{mail.id}/correct", category="rejection", company="Birch", back=first)
    moved = Event.get_by_id(mail.id).application_id
    assert moved != first
    assert answer.headers["Location"] == f"/applications/{moved}"


def test_undoing_the_mail_that_founded_an_application_leads_to_the_board(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "acknowledgment", DAY)
    answer = robin.post(f"/events/{mail.id}/undo", back=_only().id)
    assert answer.headers["Location"] == "/"
    assert Application.select().count() == 0
    robin.press("/", "Undo", within=".notice")
    assert _only().company == "Acme Robotics"


def test_interviews_stand_in_the_users_time_with_their_state(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    start = (now() + 20 * DAY).replace(hour=14, minute=0, second=0, microsecond=0)
    story.mail(box, "interview_invitation", 2 * HOUR, dates=[story.span(start)])
    assert "14:00 to 15:00 Agreed" in robin.read(_path())
    later = start + dt.timedelta(hours=2)
    story.mail(box, "interview_change", HOUR, interview="moved", dates=[story.span(later)])
    text = robin.read(_path())
    assert "16:00 to 17:00 Agreed; it was on" in text
    assert "14:00 to 15:00" not in text


def test_an_interview_that_ended_by_the_clock_is_told(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    start = now() - DAY
    story.mail(box, "interview_invitation", 3 * DAY, dates=[story.span(start)])
    assert "The interview was held" in robin.read(_path())
    assert "Interview completed" in robin.read(_path())


def test_a_mail_that_is_not_sure_asks_and_changes_nothing(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    story.mail(box, "rejection", HOUR, confidence=0.6)
    assert _only().status == "applied"
    assert "Looks like a rejection from Acme Robotics. Is it?" in robin.read(_path())
    assert "Confirmed" in robin.press(_path(), "Confirm", within=".entry")
    assert _only().status == "rejected"


def test_a_late_receipt_says_that_it_changed_nothing(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "rejection", DAY)
    story.mail(box, "acknowledgment", HOUR)
    assert "It changed nothing" in robin.read(_path())


def test_an_open_timeline_is_sent_what_is_new(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    version = robin.see(_path()).css_first("#version").attributes["value"]
    asked = {"version": version}
    assert robin.client.get(f"{_path()}/changes", query_string=asked).status_code == 204
    story.mail(box, "offer", HOUR)
    assert "Offer received" in robin.client.get(f"{_path()}/changes", query_string=asked).text


def test_a_status_that_does_not_exist_is_refused_with_what_is_wanted(robin: Reader) -> None:
    story.mail(story.mailbox(robin.user), "acknowledgment", DAY)
    answer = robin.post(f"{_path()}/status", status="hired")
    assert answer.status_code == 400
    assert "must be one of" in answer.text
