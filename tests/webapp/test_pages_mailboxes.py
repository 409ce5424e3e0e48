"""The page of mailboxes says in words how each one is."""

import datetime as dt

from hearback.models import HistoryGap, now
from tests.webapp import story
from tests.webapp.reader import Reader

DAY = dt.timedelta(days=1)


def test_no_mailbox_says_what_connecting_does(robin: Reader) -> None:
    text = robin.read("/mailboxes")
    assert "No mailbox is connected yet." in text
    assert "Connect Gmail" in text


def test_a_healthy_mailbox_says_when_gmail_was_last_heard(robin: Reader) -> None:
    story.mailbox(robin.user, watch_expires_at=now() + 3 * DAY)
    text = robin.read("/mailboxes")
    assert "Last heard from Gmail just now." in text
    assert "Gmail tells us of new mail at once" in text


def test_a_first_reading_shows_its_progress(robin: Reader) -> None:
    story.mailbox(robin.user, backfilled_at=None, backfill_found=140)
    page = robin.see("/mailboxes")
    assert "Reading old mail: 140 found so far." in robin.read("/mailboxes")
    assert page.css_first("progress") is not None


def test_a_lost_mailbox_can_be_connected_again(robin: Reader) -> None:
    story.mailbox(robin.user, state="disconnected")
    text = robin.read("/mailboxes")
    assert "One mailbox needs you." in text
    assert "Gmail stopped letting us read this mailbox. Reconnect it" in text
    address = robin.see("/mailboxes").css_first("form input[name=address]")
    assert address.attributes["value"] == "robin@example.com"


def test_a_gap_tells_what_was_done_about_it(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    start = dt.datetime(2020, 5, 3, 12, tzinfo=dt.UTC)
    HistoryGap.create(
        mailbox=box, from_history_id=1, to_history_id=9, from_at=start, to_at=start + 2 * DAY, found=12
    )
    assert (
        "Between 3 May 2020 and 5 May 2020 Gmail's history did not reach back far enough. "
        "We searched instead and found 12 mails."
    ) in robin.read("/mailboxes")


def test_imported_files_are_no_gmail_to_worry_about(robin: Reader) -> None:
    story.mailbox(robin.user, address="imported", state="file")
    text = robin.read("/mailboxes")
    assert "Nobody watches it." in text
    assert "needs you" not in text
