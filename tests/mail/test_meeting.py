"""Whom one meets and where, and nothing that the mail does not say."""

import pytest

from hearback.mail import meeting
from hearback.mail.classify import classify
from hearback.mail.meeting import Meeting
from hearback.mail.parse import from_fields, parse
from hearback.mail.sentences import split
from hearback.mail.verdict import Category, Verdict


def read(body: str, category: Category = Category.interview_invitation) -> Meeting:
    mail = from_fields("Kim Lee <kim@fernhill.example>", "Interview", None, f"Hi Robin,\n\n{body}\n")
    return meeting.read(mail, split(mail.fresh), category, ())


@pytest.mark.parametrize(
    ("body", "interviewer"),
    [
        ("You will meet with Dana Whitfield, Head of Data.", "Dana Whitfield"),
        ("Interviewer: Tilla Brandt", "Tilla Brandt"),
        ("Interviewers: Tilla Brandt and Lou Bennett\nDate: 5 May", "Tilla Brandt and Lou Bennett"),
        ("Your interview with Dana Whitfield is confirmed for Tuesday.", "Dana Whitfield"),
        ("You will speak to our Head of Data, Dana Whitfield, for 30 minutes.", "Dana Whitfield"),
        ("Tilla Brandt, our CTO, will interview you on Tuesday.", "Tilla Brandt"),
        ("Dr. Mira Osei will be calling you at 10am.", "Dr. Mira Osei"),
        ("You will be interviewed by Tilla Brandt (Engineering Manager).", "Tilla Brandt"),
        ("Das Gespräch mit Frau Anna von Brandt findet am Dienstag statt.", "Frau Anna von Brandt"),
        ("Votre entretien avec Claire Dubois aura lieu mardi.", "Claire Dubois"),
        ("Your interview with Kestrel Labs is confirmed.", None),
        ("You will meet with the Hiring Team on Tuesday.", None),
        ("You will meet two people from our team.", None),
        ("We would like to talk with Robin Tester about the role.", None),
        ("Your interview is on Zoom with Google Meet as a fallback.", None),
        ("I look forward to meeting you.\n\nKim Lee", None),
        ("The interview with Human Resources takes an hour.", None),
    ],
)
def test_whom_one_meets(body: str, interviewer: str | None) -> None:
    assert read(body).interviewer == interviewer


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Where: Zoom\nWhen: Tuesday", "Zoom"),
        ("Location: 12 Harbour Street, Leeds", "12 Harbour Street, Leeds"),
        ("Location: Meeting Room 4, 2nd floor", "Meeting Room 4, 2nd floor"),
        ("Please come to our office at 350 West Alder Street, Portland.", "350 West Alder Street, Portland"),
        ("Bitte kommen Sie in unser Büro, Lindenstraße 12, 10969 Berlin.", "Lindenstraße 12, 10969 Berlin"),
        ("Nous vous attendons au 14 rue des Lilas, 75011 Paris.", "14 rue des Lilas, 75011 Paris"),
        ("We will meet in Room B12 on Tuesday.", "Room B12"),
        ("The interview will be held via Microsoft Teams.", "Microsoft Teams"),
        ("We will talk via Teams on Tuesday.", "Teams"),
        ("Join here: https://fernhill.zoom.us/j/123456", "Zoom"),
        ("Where: https://meet.google.com/abc-defg-hij", "Google Meet"),
        ("We would like to invite you to a phone interview.", "Phone"),
        ("Dana will call you on Tuesday at 10am.", "Phone"),
        ("Wir möchten ein Telefoninterview mit Ihnen führen.", "Phone"),
        ("Location: TBD", None),
        ("Your interview is on Tuesday at 10am.", None),
        ("Your team would work across 12 cities.", None),
        ("The teams in our company are small.", None),
        ("See you on Tuesday!\n\nBest regards,\nKim Lee\nFernhill, 12 Harbour Street, Leeds", None),
    ],
)
def test_where_one_meets(body: str, place: str | None) -> None:
    assert read(body).place == place


def test_mail_about_anything_else_names_neither() -> None:
    assert read("You spoke with Dana Whitfield via Zoom.", Category.rejection) == Meeting()


INVITATION = (
    b"From: Kim Lee <kim@fernhill.example>\nSubject: Invitation: Interview with Fernhill\n"
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nYour interview is set.\n"
    b"--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
    b"DTSTART:20260505T080000Z\nSUMMARY:Interview with Fernhill\nLOCATION:Room 4\\, 12 Harbour Street\n"
    b"ORGANIZER;CN=Dana Whitfield:mailto:dana@fernhill.example\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"
)


def test_a_calendar_part_tells_both_and_the_verdict_keeps_them() -> None:
    verdict = classify(parse(INVITATION))
    assert (verdict.interviewer, verdict.place) == ("Dana Whitfield", "Room 4, 12 Harbour Street")
    assert Verdict.from_json(verdict.to_json()) == verdict


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        (b"END:VEVENT\nEND:VCALENDAR\n", b""),
        (b"ORGANIZER", b"LOCATION:Zoom\nORGANIZER"),
        (b"END:VEVENT", b"ORGANIZER;CN=Tilla Brandt:mailto:tilla@fernhill.example\nEND:VEVENT"),
    ],
    ids=["cut off", "two places", "two organisers"],
)
def test_a_calendar_part_with_faults_tells_both_as_well(written: bytes, broken: bytes) -> None:
    verdict = classify(parse(INVITATION.replace(written, broken)))
    assert (verdict.interviewer, verdict.place) == ("Dana Whitfield", "Room 4, 12 Harbour Street")


def test_a_broken_calendar_part_tells_nothing() -> None:
    verdict = classify(parse(INVITATION.replace(b"BEGIN:VEVENT", b"BEGIN:V")))
    assert (verdict.interviewer, verdict.place) == (None, None)


def test_verdicts_from_before_these_were_read_are_still_read() -> None:
    old = classify(parse(INVITATION)).to_json()
    del old["interviewer"], old["place"]
    verdict = Verdict.from_json(old)
    assert (verdict.category, verdict.interviewer, verdict.place) == (
        Category.interview_invitation,
        None,
        None,
    )
