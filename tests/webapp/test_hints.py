"""The timeline says when an earlier word of the user, or a language model, had a part in a reading."""

import datetime as dt

from hearback.models import Application, Event, Kind, Lesson, Mailbox
from tests.webapp import story
from tests.webapp.reader import Reader

DAY = dt.timedelta(days=1)
SAID = "You told us that mail like this from them is a confirmation that they have your application."


def _taught(robin: Reader) -> Mailbox:
    """The user corrected a mail of a kind, three days ago."""
    box = story.mailbox(robin.user)
    first = story.mail(box, "rejection", 4 * DAY, confidence=0.6, likeness="kind")
    robin.post(f"/events/{first.id}/correct", category="acknowledgment")
    act = Event.get(Event.kind == Kind.CORRECTION)
    at = act.happened_at - 3 * DAY
    Event.update(happened_at=at).where(Event.id == act.id).execute()
    Lesson.update(taught_at=at).execute()
    return box


def _page(robin: Reader) -> str:
    return robin.read(f"/applications/{Application.get().id}")


def test_where_a_lesson_acted_the_timeline_says_so(robin: Reader) -> None:
    box = _taught(robin)
    story.mail(box, "rejection", DAY, confidence=0.6, likeness="kind")
    assert SAID in _page(robin)
    assert Application.get().status == "applied"


def test_the_users_own_word_on_a_mail_needs_no_hint(robin: Reader) -> None:
    box = _taught(robin)
    later = story.mail(box, "rejection", DAY, confidence=0.6, likeness="kind")
    robin.post(f"/events/{later.id}/correct", category="rejection")
    text = _page(robin)
    assert SAID not in text and "You confirmed this." in text


def test_a_mail_that_says_otherwise_is_asked_about_with_the_reason(robin: Reader) -> None:
    box = _taught(robin)
    story.mail(box, "rejection", DAY, confidence=0.97, likeness="kind")
    for text in (_page(robin), robin.read("/review")):
        assert f"{SAID[:-1]}, but this one says otherwise." in text
        assert "Looks like a rejection from Acme Robotics. Is it?" in text
    assert Application.get().status == "applied"
    robin.press("/review", "Confirm")
    assert Application.get().status == "rejected"


def test_a_question_of_where_it_belongs_keeps_what_was_learnt(robin: Reader) -> None:
    box = _taught(robin)
    story.mail(box, "acknowledgment", 2 * DAY, role="Designer")
    story.mail(box, "rejection", DAY, confidence=0.6, likeness="kind", role=None)
    robin.press("/review", "Designer")
    assert [row.status for row in Application.select().order_by(Application.id)] == ["applied", "applied"]


def test_what_a_language_model_said_stands_beside_the_mail(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    own = {"category": "acknowledgment", "confidence": 0.6}
    story.mail(
        box, "acknowledgment", 2 * DAY, second_look={"model": "m-7b", "said": "acknowledgment", "own": own}
    )
    assert "We were not sure. The language model m-7b reads it as we do." in _page(robin)
    story.mail(box, "under_review", DAY, second_look={"model": "m-7b", "said": "under_review", "own": own})
    said = "The language model m-7b takes it for word that they are reviewing your application."
    assert f"{said} We had taken it for a confirmation that they have your application." in _page(robin)
