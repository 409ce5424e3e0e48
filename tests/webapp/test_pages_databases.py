"""Every page says the same on SQLite and on Postgres."""

import datetime as dt

from hearback.models import Application, now
from tests.webapp import story
from tests.webapp.reader import Reader, words

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def test_the_pages_tell_one_story_on_every_database(robin_everywhere: Reader) -> None:
    robin = robin_everywhere
    box = story.mailbox(robin.user, watch_expires_at=now() + 3 * DAY)
    story.mail(box, "acknowledgment", 3 * DAY)
    start = (now() + 30 * DAY).replace(hour=9, minute=0, second=0, microsecond=0)
    story.mail(box, "interview_invitation", DAY, dates=[story.span(start)])
    story.mail(box, "offer", HOUR, confidence=0.6)

    board = robin.read("/")
    assert "Interview with Acme Robotics on" in board
    assert "09:00, your time." in board
    assert "One mail needs a word from you" in board
    assert "Last heard from Gmail just now." in robin.read("/mailboxes")
    version = robin.see("/").css_first("#version").attributes["value"]
    assert "Confirmed: an offer" in robin.press("/review", "Confirm")
    changed = robin.client.get("/board/changes", query_string={"version": version})
    assert "Offer received" in changed.text

    path = f"/applications/{Application.get().id}"
    assert [words(node) for node in robin.see(path).css(".entry h3")] == [
        "Acme Robotics offers you the job.",
        f"Acme Robotics invites you to an interview on {start.day} {start:%B}"
        + (f" {start.year}" if start.year != now().year else "")
        + ", 09:00.",
        "Acme Robotics has your application.",
    ]
    robin.press(path, "Undo: leave this mail out")
    assert Application.get().status == "interview_scheduled"
    robin.press(None, "Undo", within=".notice")
    assert Application.get().status == "offer_received"
    robin.post("/applications", company="Birch", status="draft")
    assert "Send it when it is ready" in robin.read("/")
