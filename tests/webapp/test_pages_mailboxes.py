"""The page of mailboxes says in words how each one is."""

import datetime as dt

import pytest

from hearback.gmail.oauth import READONLY, SEND
from hearback.models import HistoryGap, Mailbox, Message, User, now
from tests.webapp import story
from tests.webapp.reader import Reader

HOUR = dt.timedelta(hours=1)
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
    story.mailbox(
        robin.user,
        backfilled_at=None,
        backfill_began_at=now() - dt.timedelta(minutes=2),
        backfill_total=800,
        backfill_done=200,
        backfill_found=14,
    )
    words = "200 of 800 mails, 14 about a job so far. About 6 minutes left."
    assert f"Reading old mail. {words}" in robin.read("/mailboxes")
    bar = robin.page.css_first("progress").attributes
    assert (bar["value"], bar["max"]) == ("200", "800")
    assert f"Reading old mail of robin@example.com: {words}" in robin.read("/")
    assert robin.page.css_first("#notices progress").attributes["value"] == "200"


@pytest.mark.parametrize(
    ("done", "minutes", "words"),
    [
        (3, 1, "3 of 1000 mails, 0 about a job so far."),
        (500, 60, "About 60 minutes left."),
        (100, 60, "About 9 hours left."),
        (995, 1, "Less than a minute left."),
        (1200, 1, "1000 of 1000 mails, 0 about a job so far. Less than a minute left."),
    ],
)
def test_how_long_a_first_reading_takes_is_said_once_it_can_be_known(
    robin: Reader, done: int, minutes: int, words: str
) -> None:
    began = now() - dt.timedelta(minutes=minutes)
    known = {"backfill_began_at": began, "backfill_total": 1000, "backfill_done": done}
    story.mailbox(robin.user, backfilled_at=None, **known)
    text = robin.read("/mailboxes")
    assert words in text
    assert ("left." in words) == ("left." in text)


def test_a_first_reading_that_is_not_counted_yet_says_so(robin: Reader) -> None:
    story.mailbox(robin.user, backfilled_at=None)
    assert "Counting your mail of the last months." in robin.read("/mailboxes")
    assert "value" not in robin.page.css_first("progress").attributes


def test_the_open_page_follows_the_reading(robin: Reader) -> None:
    box = story.mailbox(robin.user, backfilled_at=None, backfill_total=10)
    version = {"version": User.current_version(robin.user.id)}
    assert robin.client.get("/mailboxes/changes", query_string=version).status_code == 204
    Mailbox.update(backfill_done=5).where(Mailbox.id == box.id).execute()
    User.touch(robin.user.id)
    changed = robin.client.get("/mailboxes/changes", query_string=version)
    assert "5 of 10 mails" in changed.text


def test_a_lost_mailbox_can_be_connected_again(robin: Reader) -> None:
    story.mailbox(robin.user, state="disconnected")
    text = robin.read("/mailboxes")
    assert "One mailbox needs you." in text
    assert "Gmail stopped letting us read this mailbox. Reconnect it" in text
    address = robin.see("/mailboxes").css_first("form input[name=address]")
    assert address.attributes["value"] == "robin@example.com"


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("HTTP 403 domainPolicy", "The administrator of this Google account does not let us read"),
        ("admin_policy_enforced", "The administrator of this Google account does not let us read"),
        ("HTTP 403 insufficientPermissions", "Reconnect this mailbox and tick “View your email messages"),
        ("HTTP 400 failedPrecondition", "This Google account has no Gmail, or Gmail is switched off"),
        ("HTTP 403 newReason", "and says “HTTP 403 newReason”. Reconnect it"),
        (None, "Google does not let us read this mailbox. Reconnect it"),
    ],
)
def test_a_refusal_says_what_it_means_and_what_to_do(robin: Reader, reason: str | None, words: str) -> None:
    story.mailbox(robin.user, state="refused", last_error=reason)
    for path in ("/mailboxes", "/"):
        assert words in robin.read(path)
        buttons = [button.text(strip=True) for button in robin.page.css("main button")]
        assert "Reconnect" in buttons


def test_a_watch_that_gmail_refused_is_told_with_its_words(robin: Reader) -> None:
    story.mailbox(robin.user, watch_error="HTTP 403 forbidden")
    text = robin.read("/mailboxes")
    assert "Gmail does not tell us of new mail, so we look every half hour" in text
    assert "Refused. Gmail says “HTTP 403 forbidden”." in text
    assert "needs you" not in text


def test_the_page_says_whether_all_that_was_announced_is_read(robin: Reader) -> None:
    box = story.mailbox(robin.user, history_id=9, notified_history_id=9, notified_at=now())
    assert "Nothing that Gmail announced is unread." in robin.read("/mailboxes")
    Mailbox.update(notified_history_id=12).where(Mailbox.id == box.id).execute()
    assert "Behind: what Gmail announced just now is being read." in robin.read("/mailboxes")
    # History can lag behind its push for ever; a look long after the push found all there is.
    Mailbox.update(notified_at=now() - HOUR).where(Mailbox.id == box.id).execute()
    assert "Nothing that Gmail announced is unread." in robin.read("/mailboxes")


def test_the_page_says_what_hearback_may(robin: Reader) -> None:
    box = story.mailbox(robin.user, scopes=f"openid {READONLY}")
    assert "Hearback may Read Mails" in robin.read("/mailboxes")
    Mailbox.update(scopes=f"{READONLY} {SEND}").where(Mailbox.id == box.id).execute()
    assert "Hearback may Read and send Mails" in robin.read("/mailboxes")


def test_mails_that_were_set_aside_are_counted(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    story.mail(box, "acknowledgment")
    Message.add(box.id, "broken", now(), "other", "no end")
    assert "1 read; 1 could not be read and is kept aside" in robin.read("/mailboxes")


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
