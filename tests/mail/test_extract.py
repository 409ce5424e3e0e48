"""Names, numbers, links and dates: what a mail states, and nothing else."""

import tomllib
from pathlib import Path

import pytest

from hearback.mail.classify import classify
from hearback.mail.parse import from_fields, parse
from hearback.mail.senders import organisation, sender_kind
from hearback.mail.verdict import Verdict

DATE = "Mon, 04 May 2026 09:00:00 +0200"


def read(sender: str, subject: str, body: str) -> Verdict:
    return classify(from_fields(sender, subject, DATE, body))


NAMED = tomllib.loads(Path(__file__).with_name("named.toml").read_text(encoding="utf-8"))["mail"]


@pytest.mark.parametrize("mail", NAMED, ids=[mail["subject"] for mail in NAMED])
def test_company_and_role_are_what_the_mail_says(mail: dict[str, str]) -> None:
    verdict = read(mail.get("from", ""), mail["subject"], f"Hi Robin,\n\n{mail['body']}\n")
    assert (verdict.company, verdict.role) == (mail.get("company"), mail.get("role"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Job ID: 44120", "44120"),
        ("requisition number R-004417", "R-004417"),
        ("Data Analyst (JR-20231)", "JR-20231"),
        ("Req ID 2024-3318", "2024-3318"),
        ("call 555 0100 in room 12", None),
    ],
)
def test_requisitions(text: str, number: str | None) -> None:
    assert read("", "Application", f"We have received your application. {text}").requisition == number


@pytest.mark.parametrize(
    ("sender", "vendor", "private", "name"),
    [
        ("Acme Recruiting Team <jobs@acme.example>", None, False, "Acme"),
        ("Kim <kim@brightwell-health.co.uk>", None, False, "Brightwell Health"),
        ("Kim <kim@gmail.com>", None, True, None),
        ("Acme via Greenhouse <no-reply@us.greenhouse-mail.io>", "greenhouse", False, "Acme"),
        ("Workday <acme@myworkday.com>", "workday", False, "Acme"),
        ("LinkedIn <jobs-noreply@linkedin.com>", "linkedin", False, None),
        ("Kim from Acme <kim@hire.lever.co>", "lever", False, "Acme"),
        ("x@notgreenhouse.io", None, False, "Notgreenhouse"),
    ],
)
def test_senders(sender: str, vendor: str | None, private: bool, name: str | None) -> None:
    mail = from_fields(sender, "Hi", None, "Hi")
    kind = sender_kind(mail)
    assert (kind.vendor, kind.is_vendor, kind.is_personal) == (vendor, vendor is not None, private)
    assert organisation(mail) == name


def test_only_links_that_matter_are_kept() -> None:
    body = (
        '<p>Please <a href="https://calendly.com/kim/30min">pick a time</a> for your interview.</p>'
        '<p><a href="http://insecure.example/schedule">schedule</a> '
        '<a href="https://mail.example/unsubscribe?u=1">unsubscribe from schedules</a> '
        '<a href="https://www.linkedin.com/company/fernhill">our company</a></p>'
    )
    assert read("", "Schedule your interview", body).links == ("https://calendly.com/kim/30min",)


def test_a_deadline_is_no_interview() -> None:
    verdict = read("", "Coding challenge", "Please complete the coding challenge within 5 business days.")
    assert (verdict.dates, verdict.deadline and verdict.deadline.isoformat()) == ((), "2026-05-11")


def test_senders_own_mail_names_no_employer() -> None:
    raw = b"From: Kim <kim@acme.example>\nTo: lee@acme.example\nSubject: x\n\nAcme says hello\n"
    assert organisation(parse(raw)) is None
