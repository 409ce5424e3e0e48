"""The review page asks what only the user can tell, and each answer takes one press."""

import datetime as dt

from hearback.models import Application, Event
from tests.webapp import story
from tests.webapp.reader import Reader, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def test_nothing_to_review_says_what_would_stand_here(robin: Reader) -> None:
    text = robin.read("/review")
    assert "Nothing to review." in text
    assert "waits here for your word" in text


def test_a_mail_tied_to_nothing_is_asked_about_and_founds_when_confirmed(robin: Reader) -> None:
    story.mail(story.mailbox(robin.user), "rejection", HOUR, confidence=0.6)
    assert Application.select().count() == 0
    for path in ("/", "/review"):
        assert "Looks like a rejection from Acme Robotics. Is it?" in robin.read(path)
    text = robin.press("/review", "Confirm")
    assert "Confirmed: a rejection from Acme Robotics." in text
    assert Application.get().status == "rejected"
    assert "Nothing to review." in text


def test_not_about_a_job_puts_the_question_away(robin: Reader) -> None:
    story.mail(story.mailbox(robin.user), "offer", HOUR, confidence=0.6)
    assert "Noted: it is not about a job." in robin.press("/review", "Not about a job")
    assert Application.select().count() == 0
    assert words(robin.page.css_first("h1")) == "Nothing to review."
    assert "Looks like an offer" in robin.press(None, "Undo", within=".notice")


def test_another_meaning_can_be_chosen(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "offer", HOUR, confidence=0.6)
    robin.post(f"/events/{mail.id}/correct", category="assessment", company="Birch", back="review")
    found = Application.get()
    assert (found.company, found.status) == ("Birch", "assessment")


def test_a_mail_that_fits_two_applications_asks_which(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", 3 * DAY, role="Backend Engineer")
    story.mail(box, "acknowledgment", 2 * DAY, role="Data Analyst")
    mail = story.mail(box, "rejection", HOUR, role=None)
    question = robin.see("/review").css_first(f"#question-{mail.id}")
    assert "Which application is it about?" in words(question)
    assert "Noted: it belongs to Acme Robotics, Data Analyst." in robin.press("/review", "Data Analyst")
    statuses = dict(Application.select(Application.role, Application.status).tuples())
    assert statuses == {"Backend Engineer": "applied", "Data Analyst": "rejected"}


def test_the_question_says_what_a_yes_will_change(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment", DAY)
    story.mail(box, "offer", HOUR, confidence=0.6)
    assert "If so, Acme Robotics becomes Offer received" in robin.read("/review")


def test_the_count_of_questions_stands_in_the_navigation(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "offer", HOUR, confidence=0.6)
    for path in ("/", "/review", "/mailboxes"):
        assert words(robin.see(path).css_first("nav .number")) == "1"


def test_two_presses_on_one_form_are_one_act(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "offer", HOUR, confidence=0.6)
    for _ in range(2):
        robin.post(f"/events/{mail.id}/correct", category="offer", token="same")
    assert Event.select().where(Event.kind == "correction").count() == 1


def test_a_missing_meaning_is_refused_in_words(robin: Reader) -> None:
    mail = story.mail(story.mailbox(robin.user), "offer", HOUR, confidence=0.6)
    answer = robin.post(f"/events/{mail.id}/correct", category="nonsense")
    assert answer.status_code == 400
    assert "choose one from the list" in answer.text
