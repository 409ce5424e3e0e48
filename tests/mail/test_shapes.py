"""Whole messages as clients, gateways and programs build them: which part is read, and what it decides."""

import sys
from collections.abc import Callable
from email.message import EmailMessage
from types import FrameType

import pytest

from hearback.mail.classify import classify
from hearback.mail.parse import LONGEST_TEXT, parse
from hearback.mail.verdict import Category, Verdict

NO = "Dear Robin,\n\nUnfortunately, we have decided not to move forward with your application.\n\nKim Lee"
GOT = "Dear Robin,\n\nWe have received your application for the Data Analyst position.\n\nKim Lee"
CALL = "Could you share your availability for an interview next week?"


def message(parts: list[str], kind: str = "mixed", head: str = "Subject: Fernhill") -> bytes:
    """A multipart message of parts that bring their own headers."""
    inner = "".join(f"--b1\n{part}\n" for part in parts)
    return f"{head}\nContent-Type: multipart/{kind}; boundary=b1\n\n{inner}--b1--\n".encode()


def part(text: str, kind: str = "text/plain", more: str = "") -> str:
    return f"Content-Type: {kind}{more}\n\n{text}\n"


def page(text: str) -> str:
    return "".join(f"<p>{block}</p>" for block in text.split("\n\n"))


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ("Your update from Fernhill", "a preview"),
        ("Your update from Fernhill: https://fernhill.example/u/" + "0123456789" * 20, "a link"),
        ("This message is in HTML. Please use another program to see it.", "an excuse"),
        ("body { margin: 0; padding: 0; } .x { color: #333; font-size: 12px; } " * 9 + NO, "a style sheet"),
        ("", "nothing"),
    ],
)
def test_the_page_is_read_where_the_plain_part_says_less(plain: str, why: str) -> None:
    mail = parse(message([part(plain), part(page(NO), "text/html")], "alternative"))
    assert mail.fresh == NO, why
    assert classify(mail).category is Category.rejection


def test_the_plain_part_is_read_where_the_page_is_a_picture() -> None:
    assert parse(message([part(NO), part('<img src="cid:1">', "text/html")], "alternative")).fresh == NO


def test_what_gateways_add_hides_no_letter() -> None:
    scanned = part("This email has been scanned for viruses by a gateway.\nhttps://gateway.example")
    assert NO in parse(message([part(page(NO), "text/html"), scanned])).text


@pytest.mark.parametrize(
    "banner",
    [
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.",
        "CAUTION: This email originated from outside of the organization. Do not\nclick links or open attachments "
        "unless you recognize the sender and know\nthe content is safe.",
        "[EXTERNAL]",
        "External email: use caution with links.",
        "Please do not reply to this email.",
        "This is an automated message. Please do not reply.",
        "View this email in your browser",
        "Diese Nachricht wurde automatisch erzeugt.",
        "You are receiving this email because you applied at Fernhill.",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_banners_hide_no_letter(banner: str, gap: str) -> None:
    assert parse(f"Subject: Fernhill\n\n{banner}{gap}{NO}\n".encode()).fresh == NO


@pytest.mark.parametrize(
    "footer",
    [
        "This email and any attachments are confidential and intended for the addressee.",
        "If you have received this message in error, please delete it.",
        "Fernhill is an equal opportunity employer and does not discriminate.",
        "© 2026 Fernhill GmbH. All rights reserved.",
        "Unsubscribe | Manage preferences",
        "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt.",
        "-- \nKim Lee\nTalent Acquisition | Fernhill\n+49 30 1234567",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Beware of recruitment fraud: we never ask for money before an offer.",
    ],
)
def test_footers_change_no_category(footer: str) -> None:
    for letter in (NO, GOT, CALL):
        plain = classify(parse(f"Subject: Fernhill\n\n{letter}\n".encode()))
        longer = classify(parse(f"Subject: Fernhill\n\n{letter}\n\n{footer}\n".encode()))
        assert longer.category is plain.category


def test_parts_for_programs_are_not_read() -> None:
    amp = part("<!doctype html><html amp4email><p>We regret to inform you.</p></html>", "text/x-amp-html")
    card = part("BEGIN:VCARD\nNOTE:We regret to inform you\nEND:VCARD", "text/vcard", "; name=kim.vcf")
    table = part("We regret to inform you", "text/csv")
    assert parse(message([part(GOT), amp, card, table])).text == GOT


def test_a_text_file_behind_the_letter_is_attached() -> None:
    notes = part(NO, more='; name="notes.txt"\nContent-Disposition: inline; filename="notes.txt"')
    mail = parse(message([part(GOT), notes]))
    assert (mail.text, mail.attachments) == (GOT, ("notes.txt",))


def test_signed_and_nested_parts_are_found() -> None:
    inner = (
        message([part(GOT), part(page(GOT), "text/html")], "alternative", "X: y").decode().replace("b1", "b3")
    )
    related = f"Content-Type: multipart/related; boundary=b2\n\n--b2\n{inner}\n--b2--\n"
    signature = part("MIIB", "application/pkcs7-signature", '; name="smime.p7s"')
    assert parse(message([related, signature], "signed")).text == GOT


def test_a_wrong_transfer_encoding_hides_no_letter() -> None:
    base64 = parse(part(GOT, more="\nContent-Transfer-Encoding: base64").encode()).text
    coded = "We=20have received your=\n application=2E for=20the role=3A=20Analyst"
    unlabelled = parse(f"Subject: x\n\n{coded}\n".encode()).text
    assert (base64, unlabelled) == (GOT, "We have received your application. for the role: Analyst")


def test_entities_in_plain_text_are_read() -> None:
    mail = parse(b"Subject: x\n\nWe&#39;d like to thank you &amp; R&D; see https://x.example/?a=1&copy=2\n")
    assert mail.text == "We'd like to thank you & R&D; see https://x.example/?a=1&copy=2"


@pytest.mark.parametrize(("above", "category"), [("", Category.rejection), ("FYI", Category.rejection)])
def test_a_mail_attached_to_a_mail_is_passed_on(above: str, category: Category) -> None:
    inner = part(f"From: kim@fernhill.example\nSubject: Fernhill\n\n{NO}", "message/rfc822")
    mail = parse(message([part(above), inner], head="Subject: Fwd: Fernhill"))
    assert (mail.fresh, mail.forwarded) == (NO, True)
    verdict = classify(mail)
    assert verdict.category is category
    assert verdict.confidence < 0.8


def test_a_mail_attached_below_a_letter_decides_nothing() -> None:
    inner = part(f"From: robin@x.example\nSubject: Fernhill\n\n{NO}", "message/rfc822")
    assert parse(message([part(GOT), inner])).fresh == GOT


LETTER = "Dear Kim,\n\nI accept your offer. Unfortunately I cannot come to the interview.\n\nRobin"
FAILED = "Your message could not be delivered. Your application was rejected by the server. We regret to inform you."


def report(sender: str, subject: str, kind: str = "delivery-status") -> bytes:
    status = part("Final-Recipient: rfc822; kim@fernhill.example\nAction: failed", f"message/{kind}")
    own = part(f"From: robin@x.example\nSubject: Your interview is confirmed\n\n{LETTER}", "message/rfc822")
    head = f"From: {sender}\nSubject: {subject}"
    return message([part(FAILED), status, own], f"report; report-type={kind}", head)


@pytest.mark.parametrize(
    "raw",
    [
        report("Mail Delivery Subsystem <mailer-daemon@x.example>", "Delivery Status Notification (Failure)"),
        report(
            "Outlook <MicrosoftExchange329e71ec88ae4615@x.example>",
            "Undeliverable: Your interview is confirmed",
        ),
        report("Kim <kim@fernhill.example>", "Read: Your offer letter", "disposition-notification"),
        f"From: Mailer-Daemon@x.example\nSubject: Mail delivery failed: returning message to sender\n\n{FAILED}\n"
        f"------ This is a copy of the message. ------\n\n{LETTER}\n".encode(),
        f"From: <>\nX-Failed-Recipients: kim@fernhill.example\nSubject: Warning\n\n{FAILED}\n".encode(),
        f"From: System <postmaster@x.example>\nSubject: Unzustellbar: Ihr Vertrag\n\n{FAILED}\n".encode(),
        f"From: System <mail@x.example>\nSubject: Undeliverable: Interview invitation\n\n{FAILED}\n".encode(),
    ],
    ids=[
        "Gmail",
        "Exchange",
        "a receipt",
        "Exim",
        "only headers tell",
        "a postmaster",
        "only the subject tells",
    ],
)
def test_what_became_of_ones_own_mail_is_no_verdict(raw: bytes) -> None:
    assert classify(parse(raw)).category is Category.other


INVITATION = (
    "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:1\nDTSTART:20260505T080000Z\nDTEND:20260505T090000Z\n"
    "SUMMARY:Interview with Fernhill\nEND:VEVENT\nEND:VCALENDAR"
)


def invited(method: str, subject: str) -> Verdict:
    calendar = part(INVITATION.format(method=method), "text/calendar", f"; method={method}")
    return classify(parse(message([part(" "), calendar], "alternative", f"Subject: {subject}")))


def test_a_calendar_part_alone_invites_and_cancels() -> None:
    invitation = invited("REQUEST", "Invitation: Interview with Fernhill @ Tue 5 May 2026")
    assert (invitation.category, invitation.interview) == (Category.interview_invitation, "confirmed")
    assert [when.start.isoformat() for when in invitation.dates] == ["2026-05-05T08:00:00+00:00"]
    cancelled = invited("CANCEL", "Canceled: Interview with Fernhill")
    assert (cancelled.category, cancelled.interview) == (Category.interview_change, "cancelled")


FIVE_MEGABYTES = 5_000_000


@pytest.mark.parametrize(
    "kind", ["plain", "page", "picture in the page", "attachment", "quoted thread", "one line"]
)
def test_mail_of_five_megabytes_says_what_its_letter_says(kind: str) -> None:
    filler = "The quick brown fox jumps over the lazy dog. \n" * (FIVE_MEGABYTES // 46)
    picture = '<img src="data:image/png;base64,' + "iVBORw0K" * (FIVE_MEGABYTES // 8) + '">'
    raw = {
        "plain": f"Subject: Fernhill\n\n{NO}\n\n{filler}".encode(),
        "page": part(page(NO) + f"<p>{filler}</p>", "text/html").encode(),
        "picture in the page": part(picture + page(NO), "text/html").encode(),
        "attachment": message([part(NO), part(filler, "application/pdf", "; name=a.pdf")]),
        "quoted thread": f"Subject: Fernhill\n\n{NO}\n\n> {filler.replace('. ', '. > ')}".encode(),
        "one line": f"Subject: Fernhill\n\n{NO}\n\n{filler.replace(chr(10), ' ')}".encode(),
    }[kind]
    mail = parse(raw)
    assert len(mail.text) <= LONGEST_TEXT
    assert classify(mail).category is Category.rejection


def steps(work: Callable[[], object]) -> int:
    """How many calls of functions, ours and the interpreter's, some work takes."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit",
    ["We have received your application.\n", "> quoted\n", "On 3 May 2026\n", "From: a\n", "Subject: b\nFrom: c\n\n",
     "<div>a</div>", "<p style='font-size:0'>a", "a <b>b</i> ", "&amp;", "--b1\nContent-Type: text/plain\n\nx\n",
     "=?utf-8?Q?a?= ", "-- \n", "Dear Robin,\n", "kim@fernhill.example 10:00\n", "CAUTION: x\n"],
)  # fmt: skip
def test_the_steps_grow_in_proportion_to_the_size(unit: str) -> None:
    def raw(count: int) -> bytes:
        kind = "text/html" if unit.startswith(("<", "a <")) else "multipart/mixed; boundary=b1"
        body = (unit * count).encode()
        return (f"Subject: {unit.strip()}\nContent-Type: {kind}\n\n".encode() if "--b1" in unit or "<" in unit
                else b"Subject: x\n\n") + body  # fmt: skip

    steps(lambda: parse(raw(100)))
    once, twice = (steps(lambda size=size: parse(raw(size))) for size in (1_500, 3_000))  # type: ignore[misc]
    assert twice <= 2.2 * once + 500


def test_a_letter_built_by_a_library_says_what_its_text_says() -> None:
    built = EmailMessage()
    built["Subject"] = "Fernhill"
    built.set_content(NO)
    built.add_alternative(page(NO), subtype="html")
    built.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Résumé.pdf")
    mail = parse(built.as_bytes())
    assert (mail.fresh, mail.attachments) == (NO, ("Résumé.pdf",))
