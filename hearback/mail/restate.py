"""A verdict of another category on the same mail, for whoever knows better than the weighing."""

from datetime import datetime

from hearback.mail import calendar_files, dates, extract, links
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import sentence, split
from hearback.mail.verdict import INTERVIEWING, KEEPS_CONTENT, Category, Verdict

_WITH_DEADLINE = INTERVIEWING | {Category.assessment, Category.offer, Category.information_request}


def restated(
    mail: ParsedMail, category: Category, confidence: float, evidence: str, received: datetime
) -> Verdict:
    """What `mail` says if it is of `category`. What it does to an interview stays open: nobody read that."""
    if category not in KEEPS_CONTENT:
        return Verdict(category, confidence, evidence)
    body = split(mail.fresh)
    spans, deadline = dates.read([sentence(mail.subject, subject=True), *body], received, mail.date)
    events = calendar_files.read(mail.calendar)
    if events:
        spans = tuple(event.when for event in events)
    found = extract.read(mail, body, sender_kind(mail))
    return Verdict(
        category=category,
        confidence=confidence,
        evidence=evidence,
        company=found.company,
        role=found.role,
        requisition=found.requisition,
        dates=spans if category in INTERVIEWING else (),
        deadline=deadline if category in _WITH_DEADLINE else None,
        links=links.read(mail, category),
    )
