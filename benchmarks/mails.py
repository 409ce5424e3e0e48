"""Mail for the benchmarks: one person's inbox over a year, job mail among the rest, always the same."""

import datetime as dt
import random
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

ADDRESS = "sam@example.com"
BEGAN = dt.datetime(2025, 1, 6, 8, 0, tzinfo=dt.UTC)
SPAN = dt.timedelta(days=300)
JOB_SHARE = 0.35
# An application has two to four mails.
MAILS_EACH = 3

_STARTS = ("Bel", "Cor", "Dal", "Fen", "Gar", "Hol", "Jor", "Kal", "Lum", "Mer", "Nor", "Pal", "Quen", "Ros")
_MIDDLES = ("a", "e", "i", "o", "u", "ani", "eri", "ilo", "oma", "unde")
_ENDS = ("bach", "dine", "fort", "gate", "lund", "mont", "nex", "ridge", "sten", "ton", "vale", "wick")
_TRADES = ("Robotics", "Software", "Analytics", "Systems", "Health", "Logistics", "Energy", "Labs")
_ROLES = ("Backend Engineer", "Data Analyst", "Product Designer", "Site Reliability Engineer", "QA Engineer")
_PEOPLE = ("Kim", "Alex", "Noor", "Petra", "Jonas", "Maria", "Tom", "Yuki")

_JOB = (
    (
        "Thank you for applying to {company}",
        "Thank you for applying for the {role} role at {company}. We received your application and will "
        "be in touch once we have looked at it.",
    ),
    (
        "Your application at {company}: next step",
        "Thank you for your patience. Before we speak, please complete a short online coding assessment for "
        "the {role} role by the end of next week.",
    ),
    (
        "Interview for {role} at {company}",
        "We enjoyed reading your application and would like to invite you to an interview for the {role} "
        "position. Would Tuesday at 10:00 or Wednesday at 15:30 suit you?",
    ),
    (
        "Update on your application with {company}",
        "Thank you for the time you took to apply for the {role} position. Unfortunately we will not be "
        "moving forward with your application. We wish you all the best.",
    ),
)
_PRIVATE = (
    ("Dinner on Friday?", "Are you free on Friday evening? {person} found a new place by the river."),
    ("Your parcel is on its way", "Parcel {number} left our depot today and reaches you within three days."),
    ("Receipt {number}", "Thank you for your purchase. The amount of {number} was paid by card."),
    ("Photos from the weekend", "Here are the pictures. The one with {person} on the boat is my favourite."),
    ("Reminder: dentist", "Your next appointment is on the 12th at 9:15. Please call if you cannot come."),
    ("Security alert", "Someone signed in to your account from a new device. If it was you, do nothing."),
)
_NEWS = (
    "The week in short: {person} reviews a bicycle, number {number} of our series on bread, and your letters."
)


def company_name(number: int) -> str:
    """A made-up company, another one for each number below 13,440."""
    words = len(_STARTS) * len(_MIDDLES) * len(_ENDS)
    # A prime spreads neighbours; no two of so many have a first word in common, as few companies do.
    rest, start = divmod(number * 797 % words, len(_STARTS))
    end, middle = divmod(rest, len(_MIDDLES))
    trade = (number // words + number) % len(_TRADES)
    return f"{_STARTS[start]}{_MIDDLES[middle]}{_ENDS[end]} {_TRADES[trade]}"


def write_mbox(path: Path, count: int) -> None:
    """Write `count` mails, oldest first, as an mbox file."""
    chance = random.Random(count)
    with path.open("wb") as file:
        for number, mail in enumerate(_mails(count, chance)):
            mail["Date"] = format_datetime(BEGAN + SPAN * (number / count))
            mail["To"] = ADDRESS
            mail["Message-ID"] = f"<{count}.{number}@mail.example.org>"
            body = mail.as_bytes().replace(b"\nFrom ", b"\n>From ")
            file.write(b"From sender@example.org Mon Jan  6 08:00:00 2025\n" + body + b"\n\n")


def _mails(count: int, chance: random.Random) -> Iterator[EmailMessage]:
    applied = 0
    for _ in range(count):
        if chance.random() >= JOB_SHARE:
            yield _newsletter(chance) if chance.random() < 0.4 else _private(chance)
            continue
        # What comes back belongs to an application of the last weeks, as it does in life.
        if chance.random() < 1 / MAILS_EACH or not applied:
            applied += 1
            yield _job(applied, 0)
        else:
            yield _job(chance.randint(max(1, applied - 30), applied), chance.randint(1, len(_JOB) - 1))


def _job(application: int, step: int) -> EmailMessage:
    company, role = company_name(application), _ROLES[application % len(_ROLES)]
    subject, text = (part.format(company=company, role=role) for part in _JOB[step])
    text = f"Hi Sam,\n\n{text}\n\nBest regards,\n{company} Recruiting\n"
    sender = f"{company} Recruiting <jobs@{company.split()[0].lower()}.example.com>"
    return _mail(sender, subject, text, html=application % 2 == 0)


def _private(chance: random.Random) -> EmailMessage:
    person, number = chance.choice(_PEOPLE), chance.randint(10_000, 99_999)
    subject, text = (part.format(person=person, number=number) for part in chance.choice(_PRIVATE))
    return _mail(f"{person} <{person.lower()}@example.org>", subject, f"Hi Sam,\n\n{text}\n\n{person}\n")


def _newsletter(chance: random.Random) -> EmailMessage:
    """Long and mostly markup, as most mail is."""
    pieces = (_NEWS.format(person=chance.choice(_PEOPLE), number=n) for n in range(chance.randint(20, 200)))
    mail = _mail("The Weekly <news@example.net>", "The week in short", "\n\n".join(pieces), html=True)
    mail["List-Unsubscribe"] = "<https://example.net/unsubscribe>"
    return mail


def _mail(sender: str, subject: str, text: str, html: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, subject
    mail.set_content(text)
    if html:
        paragraphs = "".join(f'<p style="font-family: sans-serif">{p}</p>' for p in text.split("\n\n"))
        mail.add_alternative(
            f"<html><body><table><tr><td>{paragraphs}</td></tr></table></body></html>", "html"
        )
    return mail
