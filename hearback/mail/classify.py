"""One mail in, one verdict out: reads the parts together; the weighing itself is in decide.py."""

from datetime import datetime

from hearback.mail import calendar_files, dates, extract, links, meeting
from hearback.mail.calendar_files import Event
from hearback.mail.decide import Decision, decide
from hearback.mail.evidence import Finding, gather
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import sentence, split
from hearback.mail.verdict import (
    INTERVIEWING,
    KEEPS_CONTENT,
    Category,
    InterviewState,
    Verdict,
    When,
)

_LONGEST_EVIDENCE = 300
_WITH_DEADLINE = INTERVIEWING | {
    Category.assessment,
    Category.offer,
    Category.information_request,
}


def classify(mail: ParsedMail, received: datetime | None = None) -> Verdict:
    """What `mail` says. `received` (aware; else the mail's own date) resolves "next Tuesday"."""
    body = split(mail.fresh)
    head = sentence(mail.subject, subject=True)
    sentences = [head, *body] if head.text else body
    sender = sender_kind(mail)
    findings = gather(sentences)
    events = calendar_files.read(mail.calendar)
    decision = decide(mail, sentences, findings, sender)
    decision = calendar_files.weighed(decision, events, mail)
    category = decision.category
    if category not in KEEPS_CONTENT:
        return Verdict(category, decision.confidence, _quote(decision))
    spans, deadline = dates.read(sentences, received or mail.date, mail.date)
    if category not in INTERVIEWING:
        spans = ()
    elif events:
        spans = tuple(event.when for event in events)
    found = extract.read(mail, body, sender)
    met = meeting.read(mail, body, category)
    return Verdict(
        category=category,
        confidence=decision.confidence,
        evidence=_quote(decision),
        company=found.company,
        role=found.role,
        requisition=found.requisition,
        dates=spans,
        deadline=deadline if category in _WITH_DEADLINE else None,
        links=links.read(mail, category),
        interview=_interview(category, findings, events, spans),
        interviewer=met.interviewer,
        place=met.place,
    )


def _quote(decision: Decision) -> str | None:
    """The deciding words as they stand in the mail: the whole sentence, or its middle."""
    finding = decision.finding
    if finding is None:
        return None
    text = finding.sentence.text
    if len(text) <= _LONGEST_EVIDENCE:
        return text
    spare = max(0, _LONGEST_EVIDENCE - (finding.end - finding.start)) // 2
    start = text.rfind(" ", 0, max(0, finding.start - spare)) + 1 if finding.start > spare else 0
    return text[start : start + _LONGEST_EVIDENCE].rsplit(" ", 1)[0]


def _interview(
    category: Category, findings: list[Finding], events: tuple[Event, ...], spans: tuple[When, ...]
) -> InterviewState | None:
    """What the mail does to an interview, if it is about one."""
    if category not in INTERVIEWING:
        return None
    if any(event.cancelled for event in events):
        return "cancelled"
    if category is Category.interview_change:
        said = [found.sentence.norm for found in findings if found.category is category]
        known = patterns("invitations")
        moved = events or any(known["moved"].search(norm) for norm in said)
        gone = any(known["cancelled"].search(norm) for norm in said)
        return "cancelled" if gone and not moved else "moved"
    stated = any(found.state == "confirmed" and found.weight >= 2 for found in findings)
    confirmed = events or (stated and spans and category is Category.interview_invitation)
    return "confirmed" if confirmed else "proposed"
