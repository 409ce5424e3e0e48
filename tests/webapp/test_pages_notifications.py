"""The bell counts what is new, and its page tells the same words that go out by the channels."""

import datetime as dt

from hearback.models import Channel, ChannelKind, Notification, User, now
from hearback.notify.letter import Letter, Link
from tests.webapp import story
from tests.webapp.reader import Reader, words

LETTER = Letter("Interview with Acme, Thu 14:00", "By video.", link=Link("Open", "/interviews"))


def tell(reader: Reader, key: str = "1", kind: str = "interview") -> Notification:
    """Let there be news."""
    assert Notification.tell(reader.user.id, kind, key, data=LETTER.to_json())
    return Notification.get((Notification.user == reader.user) & (Notification.key == key))


def test_the_bell_counts_what_is_new_until_it_is_read(robin: Reader, mallory: Reader) -> None:
    assert words(robin.see("/").css_first("#unread")) == ""
    tell(robin)
    tell(robin, "2")
    assert words(robin.see("/").css_first("#unread")) == "2 unread"
    text = robin.read("/notifications")
    assert "2 you have not read yet." in text
    assert text.count("Interview with Acme, Thu 14:00 New By video.") == 2
    assert "You have read all there is." in robin.press(None, "Mark all as read")
    assert words(robin.see("/").css_first("#unread")) == ""
    assert "No news yet." in mallory.read("/notifications")


def test_open_pages_hear_of_it(robin: Reader) -> None:
    robin.see("/notifications")
    version = {"version": User.current_version(robin.user.id)}
    assert robin.client.get("/notifications/changes", query_string=version).status_code == 204
    assert robin.client.get("/board/changes", query_string=version).status_code == 204
    tell(robin)
    answer = robin.client.get("/notifications/changes", query_string=version)
    assert LETTER.subject in answer.text and 'id="unread"' in answer.text
    assert 'id="unread"' in robin.client.get("/board/changes", query_string=version).text


def test_following_news_leads_there_and_reads_it(robin: Reader, mallory: Reader) -> None:
    told = tell(robin)
    assert mallory.client.get(f"/notifications/{told.id}").status_code == 404
    assert Notification.get_by_id(told.id).read_at is None
    answer = robin.client.get(f"/notifications/{told.id}")
    assert answer.headers["Location"] == "/interviews"
    assert Notification.get_by_id(told.id).read_at is not None


def test_what_an_employer_did_is_the_title(robin: Reader) -> None:
    box = story.mailbox(robin.user, connected_at=now() - dt.timedelta(days=9))
    story.mail(box, "acknowledgment", dt.timedelta(days=2))
    story.mail(box, "offer", dt.timedelta(hours=3), evidence="We offer you the place.")
    story.mail(box, "rejection", dt.timedelta(hours=1))
    text = robin.read("/notifications")
    assert "Acme Robotics makes you an offer New It is about Backend Engineer." in text
    assert "Acme Robotics decided not to go on with your application" in text


def test_trouble_with_a_mailbox_names_it(robin: Reader) -> None:
    box = story.mailbox(robin.user)
    Notification.tell(robin.user.id, "mailbox_trouble", f"disconnected:{box.id}:20260101T000000")
    Notification.tell(robin.user.id, "mailbox_trouble", f"watch_lapsed:{box.id}:20260101")
    Notification.tell(robin.user.id, "mailbox_trouble", f"watch_refused:{box.id}:20260102")
    text = robin.read("/notifications")
    assert text.count(f"Gmail does not announce new mail of {box.address}") == 2
    assert text.count("Gmail stopped letting us read") == 1
    assert f"Gmail stopped letting us read {box.address}" in text
    assert f"Gmail does not announce new mail of {box.address}" in text


def test_a_way_that_fails_is_told_beside_the_news(robin: Reader) -> None:
    channel = Channel.add(robin.user.id, ChannelKind.CHAT, "ntfy://topic", "Ntfy")
    assert "does not reach" not in robin.read("/notifications")
    Channel.failed(channel.id, now(), "The service refused the message (HTTP 403).", None)
    assert "News does not reach Ntfy. See why, and try again" in robin.read("/notifications")
    Channel.worked(channel.id, now())
    assert "does not reach" not in robin.read("/notifications")


def test_marking_needs_a_form_of_ours(robin: Reader) -> None:
    tell(robin)
    assert robin.client.post("/notifications/read").status_code == 400
    assert Notification.get().read_at is None
