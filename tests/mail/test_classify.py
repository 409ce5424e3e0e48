"""What must not decide: quotes, footers, conditions, third persons; and what a thread adds."""

import pytest

from hearback.mail.classify import classify
from hearback.mail.parse import from_fields, parse
from hearback.mail.verdict import Category, Verdict

RECEIPT = "Thank you for applying to Fernhill. We have received your application for Data Analyst."
REFUSAL = "Unfortunately, we have decided to move forward with other candidates."


def read(
    body: str, subject: str = "Your application to Fernhill", sender: str = "jobs@fernhill.example"
) -> Verdict:
    return classify(from_fields(sender, subject, "Mon, 04 May 2026 09:00:00 +0200", body))


@pytest.mark.parametrize(
    "thread",
    [
        "On Mon, Apr 27, 2026 at 9:12 AM Kim Lee <kim@fernhill.example> wrote:\n> {}",
        "On Mon, Apr 27, 2026 at 9:12 AM Kim Lee\n<kim@fernhill.example> wrote:\n\n> {}\n> Kim",
        "-----Original Message-----\nFrom: Kim Lee\nSent: Monday\nTo: Robin\nSubject: x\n\n{}",
        "________________________________\nFrom: Kim <k@f.example>\nSent: Monday\nTo: R\nSubject: x\n\n{}",
        "Am 27.04.2026 um 09:12 schrieb Kim Lee <kim@fernhill.example>:\n> {}",
        "Le lun. 27 avr. 2026 à 09:12, Kim Lee <kim@fernhill.example> a écrit :\n> {}",
        "El lun, 27 abr 2026 a las 9:12, Kim Lee (<kim@fernhill.example>) escribió:\n> {}",
        "Il giorno lun 27 apr 2026 alle ore 09:12 Kim Lee <kim@f.example> ha scritto:\n> {}",
        "Em seg., 27 de abr. de 2026 às 09:12, Kim Lee <kim@f.example> escreveu:\n> {}",
        "Op ma 27 apr 2026 om 09:12 schreef Kim Lee <kim@f.example>:\n> {}",
        "Von: Kim Lee\nGesendet: Montag\nAn: Robin\nBetreff: x\n\n{}",
    ],
)
def test_what_is_quoted_does_not_decide(thread: str) -> None:
    body = "Thanks for your patience! We are still reviewing your application.\n\n"
    alone, quoting = read(body), read(body + thread.format(REFUSAL))
    assert alone.category is Category.under_review
    assert (quoting.category, quoting.confidence) == (alone.category, alone.confidence)


@pytest.mark.parametrize(
    "footer",
    [
        "This message and any attachments are confidential. If you are not selected, delete it.",
        "Fernhill is an equal opportunity employer. We never reject an application for your age.",
        "You are receiving this email because you applied. Unsubscribe: we wish you all the best.",
        "Beware of scams: we never extend an offer letter without an interview.",
        "© 2026 Fernhill. All rights reserved. Position closed to applicants abroad.",
    ],
)
def test_footers_do_not_decide(footer: str) -> None:
    assert read(f"{RECEIPT}\n\n{footer}").category is Category.acknowledgment


@pytest.mark.parametrize(
    "supposition",
    [
        "If you are selected, you will be invited to an interview.",
        "Should your profile match, we will contact you to schedule a call.",
        "Selected candidates will be asked to complete an online assessment.",
        "If you do not hear from us within three weeks, you were not selected.",
        "We will keep your resume on file for future openings and wish you all the best in your search.",
        "Whether or not we move forward, you will hear from us.",
        "What to expect:\n\n- A phone screen with our recruiter\n- A coding challenge\n- An onsite interview",
        "Our process typically includes a take-home exercise and a final round of interviews.",
        "Due to the volume of applications we are unable to respond to each candidate individually.",
    ],
)
def test_a_receipt_that_supposes_something_stays_a_receipt(supposition: str) -> None:
    assert read(f"Hi Robin,\n\n{RECEIPT} {supposition}").category is Category.acknowledgment


def test_the_decisive_sentence_outweighs_the_polite_ones() -> None:
    verdict = read(
        "Thank you so much for applying to Fernhill and for your interest in our team. We enjoyed reading "
        "about your projects and were impressed by your background. We received many applications. "
        f"{REFUSAL} We will keep your resume on file. Good luck!",
        subject="Thank you for your interest in Fernhill!",
    )
    assert verdict.category is Category.rejection
    assert verdict.confidence > 0.8
    assert verdict.evidence == REFUSAL


def test_typographic_signs_and_wrapped_lines_change_nothing() -> None:
    plain = read("We won't be moving forward with your application.")
    fancy = read("We won’t be\nmoving   forward with\u00a0your application.")
    assert plain.category is fancy.category is Category.rejection
    assert plain.confidence == fancy.confidence


def test_a_late_decision_is_found_below_a_long_opening() -> None:
    opening = "We are a small team that builds maps for cyclists and walkers. " * 40
    assert read(f"{opening}\n\n{REFUSAL}").category is Category.rejection


def test_a_short_answer_in_a_thread_is_about_its_thread() -> None:
    verdict = read("How about Tuesday at 3?", subject="Re: Interview for Data Analyst")
    assert verdict.category is Category.scheduling_request
    assert [when.start.isoformat() for when in verdict.dates] == ["2026-05-05T15:00:00+02:00"]


def test_mail_forwarded_by_someone_else_decides_nothing() -> None:
    verdict = read(
        "Look what they wrote!\n\n---------- Forwarded message ---------\nFrom: Kim\nSubject: Offer\n\n"
        "We are pleased to offer you the position of Data Analyst.",
        subject="Fwd: Your offer from Fernhill",
    )
    assert verdict.confidence <= 0.8 or verdict.category is Category.other


def test_talk_of_a_mailing_list_is_no_verdict() -> None:
    raw = (
        b"From: Ada <ada@lists.example>\nSubject: Re: [dev] scheduler\nList-Id: <dev.lists.example>\n\n"
        b"Unfortunately we decided not to move forward with this. The other candidate is better.\n"
    )
    verdict = classify(parse(raw))
    assert verdict.category is Category.other or verdict.confidence <= 0.8


INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n"
    "UID:1\r\nSUMMARY:Interview with Fernhill\r\n"
    "DTSTART;TZID=Europe/Berlin:20260512T100000\r\nDTEND;TZID=Europe/Berlin:20260512T104500\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("method", "subject", "category", "state"),
    [
        ("REQUEST", "Invitation: Interview with Fernhill", Category.interview_invitation, "confirmed"),
        ("REQUEST", "Updated invitation: Interview with Fernhill", Category.interview_change, "moved"),
        ("CANCEL", "Canceled: Interview with Fernhill", Category.interview_change, "cancelled"),
    ],
)
def test_calendar_files_say_when_the_interview_is(
    method: str, subject: str, category: Category, state: str
) -> None:
    raw = (
        f"From: Kim Lee <kim@fernhill.example>\nTo: robin@mail.example\nSubject: {subject}\n"
        'Date: Mon, 04 May 2026 09:00:00 +0000\nContent-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nInterview with Fernhill\n--b\n"
        f"Content-Type: text/calendar; charset=utf-8\n\n{INVITATION.format(method=method)}\n--b--\n"
    )
    verdict = classify(parse(raw.encode()))
    assert verdict.category is category
    assert verdict.interview == state
    assert verdict.confidence > 0.8
    (when,) = verdict.dates
    assert when.start.isoformat() == "2026-05-12T10:00:00+02:00"
    assert when.timezone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("summary", "words", "category"),
    [
        ("Interview", "If you need to reschedule, please let me know.", Category.interview_invitation),
        (
            "Interview at Stock Exchange Ltd.",
            "We would like to invite you to an interview.",
            Category.interview_invitation,
        ),
        ("Interview (changed)", "We look forward to it.", Category.interview_change),
        ("Interview", "Your interview has been rescheduled to 12 May at 10:00.", Category.interview_change),
    ],
)
def test_an_invitation_that_only_speaks_of_changes_is_a_first_one(
    summary: str, words: str, category: Category
) -> None:
    calendar = INVITATION.format(method="REQUEST").replace("Interview with Fernhill", summary)
    raw = (
        f"From: Kim Lee <kim@fernhill.example>\nSubject: {summary}\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\nHi Robin,\n\n{words}\n--b\nContent-Type: text/calendar\n\n{calendar}\n--b--\n"
    )
    assert classify(parse(raw.encode())).category is category
