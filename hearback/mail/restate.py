"""Everything that a mail says once its category is known, whoever knows it."""

from datetime import UTC, datetime

from hearback.mail import calendar_files, dates, extract, links, meeting
from hearback.mail.calendar_files import Event
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import Sentence, sentence, split
from hearback.mail.verdict import INTERVIEWING, KEEPS_CONTENT, Category, Verdict, When

_WITH_DEADLINE = INTERVIEWING | {Category.assessment, Category.offer, Category.information_request}


def restated(
    mail: ParsedMail, category: Category, confidence: float, evidence: str, received: datetime
) -> Verdict:
    """What `mail` says if it is of `category`, for whoever knows better than the weighing."""
    return stated(mail, split(mail.fresh), events(mail), category, confidence, evidence, received)


def stated(
    mail: ParsedMail,
    body: list[Sentence],
    invited: tuple[Event, ...],
    category: Category,
    confidence: float,
    evidence: str | None,
    received: datetime | None,
) -> Verdict:
    """The verdict with names, times and links. What it does to an interview stays open.

    `body` are the sentences of the mail's new text, `invited` its calendar's events.
    """
    if category not in KEEPS_CONTENT:
        return Verdict(category, confidence, evidence)
    spans: tuple[When, ...] = ()
    deadline = None
    if category in _WITH_DEADLINE:
        head = sentence(mail.subject, subject=True)
        spans, deadline = dates.read([head, *body], received or mail.date, mail.date)
    if invited:
        spans = tuple(event.when for event in invited)
    found = extract.read(mail, body, sender_kind(mail))
    met = meeting.read(mail, body, category)
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


def events(mail: ParsedMail) -> tuple[Event, ...]:
    """The events of the mail's calendar parts."""
    return calendar_files.read(mail.calendar, (mail.date.tzinfo if mail.date else None) or UTC)
