"""One mail in, one verdict out: reads the parts together; the weighing itself is in decide.py."""

from dataclasses import replace
from datetime import datetime

from hearback.mail import calendar_files, restate
from hearback.mail.calendar_files import Event
from hearback.mail.decide import Decision, decide
from hearback.mail.evidence import Finding, gather
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.verdict import INTERVIEWING, Category, InterviewState, Verdict, When

_LONGEST_EVIDENCE = 300


def classify(mail: ParsedMail, received: datetime | None = None) -> Verdict:
    """What `mail` says. `received` (aware; else the mail's own date) resolves "next Tuesday"."""
    parts = restate.cut(mail)
    sentences = [parts.head, *parts.body] if parts.head.text else parts.body
    findings = gather(sentences)
    decision = decide(mail, sentences, findings, parts.sender)
    decision = calendar_files.weighed(decision, parts.events, mail)
    said = restate.stated(parts, decision.category, decision.confidence, _quote(decision), received)
    return replace(said, interview=_interview(decision, findings, parts.events, said.dates))


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
    decision: Decision, findings: list[Finding], events: tuple[Event, ...], spans: tuple[When, ...]
) -> InterviewState | None:
    """What the mail does to an interview, if it is about one."""
    category = decision.category
    if category not in INTERVIEWING:
        return None
    if any(event.cancelled for event in events):
        return "cancelled"
    if category is Category.interview_change:
        proof = [decision.finding] if decision.finding else []
        said = [found.sentence.norm for found in (*proof, *findings) if found.category is category]
        known = patterns("invitations")
        moved = events or any(known["moved"].search(norm) for norm in said)
        gone = any(known["cancelled"].search(norm) for norm in said)
        return "cancelled" if gone and not moved else "moved"
    stated = any(found.state == "confirmed" and found.weight >= 2 for found in findings)
    confirmed = events or (stated and spans and category is Category.interview_invitation)
    return "confirmed" if confirmed else "proposed"
