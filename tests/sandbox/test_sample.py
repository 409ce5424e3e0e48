"""The sample mailbox must be real mail on any day of loading, and tell the story it claims."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.sample import HOME, SampleMail, messages, moment

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "expected_sample.json").read_text(encoding="utf-8")
)
CATEGORIES = {
    *("acknowledgment", "under_review", "assessment", "interview_invitation"),
    *("scheduling_request", "interview_change", "information_request", "offer"),
    *("rejection", "outreach", "job_alert", "other", "outgoing"),
}
WEEK = [datetime(2026, 11, day, 14, 30, tzinfo=UTC) for day in range(2, 9)]
DAYS = [
    *WEEK,
    datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
    datetime(2027, 3, 14, 7, 0, 1, tzinfo=UTC),  # New York has just put its clocks forward.
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # ... and back: half past one comes twice.
    datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=ZoneInfo("Asia/Tokyo")),
]
# The story that most tests read; a Wednesday.
NOW = WEEK[2]


@cache
def mailbox(now: datetime = NOW) -> dict[str, SampleMail]:
    return {mail.name: mail for mail in messages(now)}


@cache
def parsed(now: datetime = NOW) -> dict[str, EmailMessage]:
    return {name: message_from_bytes(mail.raw, policy=policy.default) for name, mail in mailbox(now).items()}


def find(ending: str, now: datetime = NOW) -> EmailMessage:
    (name,) = [name for name in parsed(now) if name.split("-", 1)[1] == ending]
    return parsed(now)[name]


def words(message: EmailMessage) -> str:
    """Everything that a reader of the mail sees, on one line."""
    texts = [str(message["From"]), str(message["Subject"])]
    texts += [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return re.sub(r"\s+", " ", " ".join(texts)).replace("&amp;", "&")


def calendar(message: EmailMessage) -> dict[str, str]:
    """The properties of the mail's calendar part; those of the event win over its time zone's."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            lines = re.sub(r"\r?\n ", "", part.get_content()).splitlines()
            return dict(re.split("[;:]", line, maxsplit=1) for line in lines if line)
    return {}


def starts_at(event: dict[str, str]) -> datetime:
    value = event["DTSTART"]
    if value.startswith("TZID=Eastern Standard Time:"):
        return datetime.strptime(value.partition(":")[2], "%Y%m%dT%H%M%S").replace(tzinfo=HOME)
    return datetime.strptime(value, "%Y%m%dT%H%M%S%z")


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_mail_is_past_recent_and_in_order(now: datetime) -> None:
    mails = messages(now)
    times = [mail.received for mail in mails]
    assert times == sorted(times)
    assert [mail.name for mail in mails] == sorted(mail.name for mail in mails)
    assert times[0] >= now - timedelta(days=80)
    assert timedelta(minutes=30) < now - times[-1] < timedelta(hours=2)
    for name, message in parsed(now).items():
        sent = message["Date"].datetime
        delay = mailbox(now)[name].received - sent
        assert timedelta(0) <= delay < timedelta(minutes=1), name


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_nobody_is_interviewed_at_a_weekend(now: datetime) -> None:
    starts = [
        moment(f"{interview['start']} {interview['zone'] or 'America/New_York'}", now)
        for mail in EXPECTED["mails"].values()
        for interview in mail["interviews"]
    ]
    assert len(starts) >= 10
    assert all(start.weekday() < 5 for start in starts)


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_calendars_agree_with_the_story(now: datetime) -> None:
    checked = Counter[str]()
    for name, expected in EXPECTED["mails"].items():
        event = calendar(parsed(now)[name])
        if not event or not expected["interviews"]:
            continue
        (interview,) = expected["interviews"]
        assert starts_at(event) == moment(f"{interview['start']} {interview['zone']}", now), name
        checked[event["METHOD"]] += 1
    assert checked["REQUEST"] >= 5
    assert checked["CANCEL"] == 1


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_words_agree_with_the_calendar(now: datetime) -> None:
    start = starts_at(calendar(find("quillondw-invitation", now)))
    assert f"How about {start:%A} at 3?" in words(find("quillondw-schedule-2", now))
    moved = starts_at(calendar(find("tamarack-moved", now)))
    assert f"{moved:%a %b} {moved.day}, {moved:%Y} 1:30pm" in str(find("tamarack-moved", now)["Subject"])


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_second_application_to_the_same_role_comes_after_a_month(now: datetime) -> None:
    first, second = (find(name, now)["Date"].datetime for name in ("corvane-ack-first", "corvane-ack-again"))
    assert second - first > timedelta(days=30)


def test_same_now_gives_the_same_mails_in_any_zone() -> None:
    assert messages(NOW) == messages(NOW.astimezone(ZoneInfo("Asia/Tokyo")))


def test_now_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        messages(datetime(2026, 11, 4, 12, 0))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["", "yesterday", "-3d 09:00", "+2b 9:00", "received"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a moment"):
        moment(text, NOW)


def test_moments_count_working_days() -> None:
    saturday = WEEK[5]
    assert moment("-1b 09:00", saturday) == datetime(2026, 11, 6, 9, tzinfo=HOME)
    assert moment("+1b 09:00", saturday) == datetime(2026, 11, 9, 9, tzinfo=HOME)
    assert moment("-5b 09:00", NOW) == datetime(2026, 10, 28, 9, tzinfo=HOME)
    assert moment("+0b 15:00 Europe/Berlin", NOW) == datetime(2026, 11, 4, 14, tzinfo=UTC)
    assert moment("-90m", NOW) == NOW - timedelta(minutes=90)


def test_every_mail_parses_without_defects() -> None:
    for name, message in parsed().items():
        for part in message.walk():
            defects = list(part.defects)
            defects += [defect for value in part.values() for defect in value.defects]
            if part.get_content_maintype() == "text":
                part.get_content().encode()
            assert defects == [], name


def test_bytes_are_as_they_travel() -> None:
    for name, mail in mailbox().items():
        assert not re.search(rb"[^\r]\n|\r[^\n]", mail.raw), name
        assert b"X-Sandbox" not in mail.raw, name
        assert b"{{" not in mail.raw, name
        head = mail.raw.partition(b"\r\n\r\n")[0]
        assert head.isascii(), name
        assert max(map(len, mail.raw.split(b"\r\n"))) <= 998, name


def test_one_charset_label_is_wrong_and_the_others_are_right() -> None:
    wrong = find("harrow-position-closed")
    assert wrong.get_content_charset() == "iso-8859-1"
    body = wrong.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "We’re sorry" in body.decode("utf-8")
    assert "We’re sorry" not in words(wrong)
    assert "ラーメン屋" in words(find("kenji"))
    assert "Привет, Робин!" in words(find("lena-chess"))
    assert "Grüße aus Leipzig" in words(find("steinbach-eingang"))
    assert "won’t be taking" in words(find("pinecrest-rejection"))
    assert "41,50 €" in words(find("german-insurance"))


def test_charsets_and_encodings_are_all_there() -> None:
    parts = [
        part
        for message in parsed().values()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    ]
    assert {part.get_content_charset() for part in parts} >= {
        *("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252"),
        *("koi8-r", "iso-2022-jp"),
    }
    assert {str(part["Content-Transfer-Encoding"]).lower() for part in parts} >= {
        *("7bit", "8bit", "quoted-printable", "base64"),
    }


def test_shapes_of_mail_are_all_there() -> None:
    all_mails = list(parsed().values())
    types = Counter(part.get_content_type() for mail in all_mails for part in mail.walk())
    assert set(types) >= {
        *("multipart/alternative", "multipart/mixed", "multipart/related", "multipart/report"),
        *("message/delivery-status", "message/rfc822", "text/calendar", "application/pdf"),
    }
    whole = Counter(mail.get_content_type() for mail in all_mails)
    assert whole["text/html"] >= 5
    assert whole["text/plain"] >= 15
    raw = [mail.raw for mail in mailbox().values()]
    for feature in (
        rb"format=flowed",
        rb"Subject: =\?",
        rb"From: =\?",
        rb"filename\*0\*=UTF-8''",
        rb"X-LinkedIn-Template: ",
        rb"List-Unsubscribe: ",
        rb"display:none",
        rb"&zwnj;",
        rb"width=3D\"1\"",
        rb"gmail_quote",
        rb"\nVon: ",
        rb"From: Robin Sample <robin@example.com>\r\nSent: ",
        rb"---------- Forwarded message",
    ):
        assert any(re.search(feature, mail) for mail in raw), feature


def test_attached_documents_are_readable() -> None:
    names = []
    for message in parsed().values():
        for part in message.walk():
            if part.get_content_type() == "application/pdf":
                names.append(part.get_filename())
                assert part.get_content().startswith(b"%PDF-1.4")
                assert part.get_content().rstrip().endswith(b"%%EOF")
    assert "CV Robin Sample – GIS.pdf" in names
    assert "Offer Letter Robin Sample.pdf" in names


def test_replies_point_to_earlier_mail_of_their_thread() -> None:
    ids = {str(message["Message-ID"]): name for name, message in parsed().items()}
    assert len(ids) == len(parsed())
    replies = 0
    for name, message in parsed().items():
        if message["In-Reply-To"] is None:
            continue
        replies += 1
        references = str(message["References"]).split()
        assert references[-1] == message["In-Reply-To"], name
        for reference in references:
            parent = mailbox()[ids[reference]]
            assert parent.received < mailbox()[name].received, name
            assert parent.thread == mailbox()[name].thread is not None, name
    assert replies >= 12


def test_own_mail_is_labelled_sent_and_stays_out_of_the_inbox() -> None:
    for name, mail in mailbox().items():
        own = "robin@example.com" in str(parsed()[name]["From"])
        assert own == ("SENT" in mail.labels), name
        assert own == (EXPECTED["mails"][name]["category"] == "outgoing"), name
        assert ("INBOX" in mail.labels) == (not own and "SPAM" not in mail.labels), name


def test_moved_and_cancelled_interviews_keep_their_uid() -> None:
    for first, later, method in (
        ("tamarack-invitation", "tamarack-moved", "REQUEST"),
        ("lindqvist-invitation", "lindqvist-cancelled", "CANCEL"),
    ):
        before, after = calendar(find(first)), calendar(find(later))
        assert before["METHOD"] == "REQUEST"
        assert after["METHOD"] == method
        assert before["UID"] == after["UID"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_expected_reading_covers_every_mail() -> None:
    assert set(EXPECTED["mails"]) == set(mailbox())
    assert len(mailbox()) >= 75
    counts = Counter(mail["category"] for mail in EXPECTED["mails"].values())
    assert set(counts) == CATEGORIES
    assert counts["acknowledgment"] >= 20
    assert counts["rejection"] >= 7
    assert counts["other"] >= 25


def test_companies_and_roles_stand_in_the_mail() -> None:
    for name, expected in EXPECTED["mails"].items():
        text = words(parsed()[name])
        assert expected["company"] is None or expected["company"] in text, name
        assert expected["role"] is None or expected["role"] in text, name


def test_every_application_has_its_mails_and_the_board_is_alive() -> None:
    used = {mail["application"] for mail in EXPECTED["mails"].values()} - {None}
    assert used == set(EXPECTED["applications"])
    statuses = Counter(entry["status"] for entry in EXPECTED["applications"].values())
    assert statuses["applied"] >= 7
    assert statuses["under_review"] >= 1
    assert statuses["assessment"] >= 1
    assert statuses["interview_scheduled"] >= 3
    assert statuses["interview_completed"] >= 1
    assert statuses["offer_received"] >= 1
    assert statuses["rejected"] >= 7
