"""What holds for every mail, found by trying to break it."""

from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hearback.mail import sentences
from hearback.mail.classify import classify
from hearback.mail.parse import UnreadableMail, from_fields, parse
from hearback.mail.rules import rules
from hearback.mail.verdict import Verdict

PHRASES = st.sampled_from(
    [
        "Thank you for applying to Fernhill.",
        "We have received your application for the Data Analyst position.",
        "Unfortunately, we will not be moving forward with your application.",
        "Could you share your availability for a call on Tuesday at 10am?",
        "We are pleased to offer you the position.",
        "Please complete the coding challenge by Friday.",
        "If you are selected, we will contact you.",
        "Save 20% on your next order!",
        "Hello Robin,",
        "We need to reschedule your interview to 5 May at 14:00.",
    ]
)
TEXTS = st.lists(PHRASES | st.text(max_size=60), min_size=1, max_size=8).map("\n\n".join)
QUOTE = (
    "\n\nOn Mon, Apr 27, 2026 at 9:12 AM Kim <kim@fernhill.example> wrote:\n"
    "> We regret to inform you\n> We offer you the job"
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000))
@example(b"From: \xff\xfe\nSubject: =?x?b?===?=\nContent-Type: multipart/mixed\n\n--\n")
@example(b"Content-Type: text/plain; charset*0*=x''%E2\nContent-Disposition: x; filename*=a'b'%ZZ\n\nx")
@example(
    b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n"
    b"DTSTART:99999999T999999\nEND:VEVENT\nEND:VCALENDAR"
)
@example(b"Date: Mon, 99 May 99999 99:99:99 +9999\n\nx")
def test_no_bytes_raise(raw: bytes) -> None:
    try:
        mail = parse(raw)
    except UnreadableMail:
        return
    assert 0 <= classify(mail).confidence <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=60), TEXTS)
def test_no_fields_raise_and_evidence_stands_in_the_mail(
    sender: str, subject: str, date: str, body: str
) -> None:
    mail = from_fields(sender, subject, date, body)
    verdict = classify(mail)
    assert 0 <= verdict.confidence <= 1
    whole = " ".join(f"{mail.subject} {mail.text}".split())
    assert verdict.evidence is None or verdict.evidence in whole


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_the_same_mail_gets_the_same_verdict_and_survives_storing(body: str) -> None:
    verdict = classify(from_fields("a@b.example", "Your application", "Mon, 4 May 2026 09:00:00 +0000", body))
    again = classify(from_fields("a@b.example", "Your application", "Mon, 4 May 2026 09:00:00 +0000", body))
    assert verdict == again == Verdict.from_json(verdict.to_json())


@settings(max_examples=100, deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=6))
def test_quotes_footers_and_whitespace_change_no_category(phrases: list[str]) -> None:
    body = "\n\n".join(phrases)
    plain = classify(from_fields(None, "Fernhill", None, body)).category
    for changed in (
        body + QUOTE,
        body + "\n\nThis email and any attachments are confidential and intended for the addressee.",
        body.replace("\n\n", "\n \n\n\t\n").replace(". ", ".  "),
        body.replace("'", "’"),
    ):
        assert classify(from_fields(None, "Fernhill", None, changed)).category is plain


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_transfer_encodings_change_nothing(body: str) -> None:
    clean = "".join(char for char in body if char.isprintable() or char == "\n").strip() or "x"
    results = set()
    for encoding in ("base64", "quoted-printable"):
        message = EmailMessage()
        message["Subject"] = "Fernhill"
        message.set_content(clean, cte=encoding)
        results.add(classify(parse(message.as_bytes())).category)
    assert len(results) == 1


@pytest.mark.parametrize(
    "unit",
    ["not ", "the position of the ", "Acme And ", "a", "we would like to schedule a call if you are ",
     "On 1 x\n", "From: a\nTo: b\n", "10:", "a@", "(", "- ", "Monday 3 May at 10:00 "],
)  # fmt: skip
def test_the_work_is_bounded_for_hostile_text(unit: str) -> None:
    for size in (50_000, 500_000):
        mail = from_fields(None, unit * 50, None, unit * (size // len(unit)))
        found = sentences.split(mail.fresh)
        assert len(found) <= sentences.MOST_SENTENCES
        assert all(len(sentence.norm) <= sentences.LONGEST_SENTENCE for sentence in found)
        assert 0 <= classify(mail).confidence <= 1


def test_every_rule_needs_words_that_can_stand_in_a_sentence() -> None:
    for rule in rules():
        assert rule.needs
        assert all(need == need.lower() and need for need in rule.needs)
        assert rule.weight > 0
