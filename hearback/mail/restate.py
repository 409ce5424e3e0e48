"""Everything that a mail says once its category is known, whoever knows it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hearback.mail import calendar_files, dates, extract, links, meeting
from hearback.mail.calendar_files import Event
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import SenderKind, sender_kind
from hearback.mail.sentences import Sentence, sentence, split
from hearback.mail.verdict import INTERVIEWING, KEEPS_CONTENT, Category, Verdict, When

_WITH_DEADLINE = INTERVIEWING | {Category.assessment, Category.offer, Category.information_request}


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail cut up once for all who read it.

    `head` is its subject, `body` the sentences of its new text, `events` those of its calendar parts.
    """

    mail: ParsedMail
    head: Sentence
    body: list[Sentence]
    events: tuple[Event, ...]
    sender: SenderKind


def cut(mail: ParsedMail) -> Parts:
    """The parts of a mail."""
    local = (mail.date.tzinfo if mail.date else None) or UTC
    return Parts(
        mail=mail,
        head=sentence(mail.subject, subject=True),
        body=split(mail.fresh),
        events=calendar_files.read(mail.calendar, local),
        sender=sender_kind(mail),
    )


def restated(
    mail: ParsedMail, category: Category, confidence: float, evidence: str, received: datetime
) -> Verdict:
    """What `mail` says if it is of `category`, for whoever knows better than the weighing."""
    return stated(cut(mail), category, confidence, evidence, received)


def stated(
    parts: Parts, category: Category, confidence: float, evidence: str | None, received: datetime | None
) -> Verdict:
    """The verdict with names, times and links. What it does to an interview stays open."""
    if category not in KEEPS_CONTENT:
        return Verdict(category, confidence, evidence)
    mail = parts.mail
    spans: tuple[When, ...] = ()
    deadline = None
    if category in _WITH_DEADLINE:
        spans, deadline = dates.read([parts.head, *parts.body], received or mail.date, mail.date)
    if parts.events:
        spans = tuple(event.when for event in parts.events)
    found = extract.read(mail, parts.body, parts.sender)
    met = meeting.read(mail, parts.body, category, parts.events)
    return Verdict(
        category=category,
        confidence=confidence,
        evidence=evidence,
        company=found.company,
        role=found.role,
        requisition=found.requisition,
        dates=spans if category in INTERVIEWING else (),
        deadline=deadline,
        links=links.read(mail, category),
        interviewer=met.interviewer,
        place=met.place,
    )
