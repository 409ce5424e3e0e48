"""Beside an interview's time stands whom one meets, and where."""

import datetime as dt

from hearback.models import Application, now
from tests.webapp import story
from tests.webapp.reader import Reader

HOUR = dt.timedelta(hours=1)
START = (now() + dt.timedelta(days=20)).replace(hour=14, minute=0, second=0, microsecond=0)


def _path() -> str:
    return f"/applications/{Application.get().id}"


def test_whom_one_meets_and_where_stand_under_the_time(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(
        box,
        "interview_invitation",
        2 * HOUR,
        dates=[story.span(START)],
        interviewer="Dana Whitfield",
        place="Zoom",
    )
    assert "14:00 to 15:00 Agreed With Dana Whitfield. Zoom" in robin.read(_path())
    # A reminder of the same time need not say it again.
    story.mail(box, "interview_invitation", HOUR, dates=[story.span(START)])
    assert "14:00 to 15:00 Agreed With Dana Whitfield. Zoom" in robin.read(_path())


def test_a_moved_interview_says_what_the_later_mail_says(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "interview_invitation", 2 * HOUR, dates=[story.span(START)], place="Zoom")
    later = START + dt.timedelta(days=1)
    story.mail(
        box, "interview_change", HOUR, interview="moved", dates=[story.span(later)], place="12 Harbour Street"
    )
    text = robin.read(_path())
    assert "Zoom" not in text
    assert "before 12 Harbour Street" in text
