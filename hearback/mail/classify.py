"""One mail in, one verdict out: reads the parts together; the weighing itself is in decide.py."""

from datetime import datetime

from hearback.mail import calendar_files, dates, extract, links
from hearback.mail.decide import Decision, decide
from hearback.mail.evidence import Finding, gather
from hearback.mail.parse import ParsedMail
from hearback.mail.senders import sender_kind
from hearback.mail.sentences import Sentence, sentence, split
from hearback.mail.verdict import (
    ABOUT_MINE,
    INTERVIEWING,
    Category,
    InterviewState,
    Verdict,
    When,
)

_LONGEST_EVIDENCE = 300
_DATED = INTERVIEWING | {Category.assessment, Category.offer, Category.information_request}


def classify(mail: ParsedMail, received: datetime | None = None) -> Verdict:
    """What `mail` says. `received` (aware; else the mail's own date) resolves "next Tuesday"."""
    body = split(mail.fresh)
    head = sentence(_bare_subject(mail.subject), subject=True)
    sentences = [head, *body] if head.text else body
    sender = sender_kind(mail)
    findings = gather(sentences)
    events = calendar_files.read(mail.calendar)
    decision = decide(mail, sentences, findings, sender)
    decision = calendar_files.weighed(decision, events, mail)
    category = decision.category
    if category in {Category.other, Category.job_alert}:
        return Verdict(category, decision.confidence, _quote(decision))
    moment = received or mail.date
    found = extract.read(mail, body, sender)
    spans: tuple[When, ...] = ()
    deadline = None
    if category in _DATED:
        spans, deadline = dates.read(sentences, moment, mail.date)
        if category not in INTERVIEWING:
            spans = ()
        if category in INTERVIEWING and events:
            spans = tuple(event.when for event in events)
    return Verdict(
        category=category,
        confidence=decision.confidence,
        evidence=_quote(decision),
        company=found.company,
        role=found.role,
        requisition=found.requisition,
        dates=spans,
        deadline=deadline,
        links=links.read(mail, category) if category in ABOUT_MINE else (),
        interview=_interview(category, findings, events, spans),
    )


def _bare_subject(subject: str) -> str:
    return subject.strip()


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
    category: Category,
    findings: list[Finding],
    events: tuple[calendar_files.Event, ...],
    spans: tuple[When, ...],
) -> InterviewState | None:
    """What the mail does to an interview, if it is about one."""
    if category not in INTERVIEWING:
        return None
    if events:
        return (
            "cancelled"
            if any(event.cancelled for event in events)
            else ("moved" if category is Category.interview_change else "confirmed")
        )
    if category is Category.interview_change:
        changes = [f.sentence.norm for f in findings if f.category is Category.interview_change]
        again = any(
            word in norm
            for norm in changes
            for word in ("resched", "move", "postpone", "new time", "verschieb", "report", "reprogram")
        )
        return (
            "cancelled"
            if not again and any("cancel" in norm or "absag" in norm for norm in changes)
            else "moved"
        )
    confirmed = any(
        f.state == "confirmed" and f.weight >= 2 and f.category is Category.interview_invitation
        for f in findings
    )
    return "confirmed" if confirmed and category is Category.interview_invitation and spans else "proposed"


_ = Sentence
