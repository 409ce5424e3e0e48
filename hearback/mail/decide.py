"""From evidence to one category and its probability: the only place where signals are weighed."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from hearback.mail.evidence import Finding
from hearback.mail.parse import ParsedMail
from hearback.mail.rules import DECISIVE, FAIR, STRONG
from hearback.mail.senders import SenderKind
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import ABOUT_MINE, INTERVIEWING, STATUS_CHANGING, Category

# What nothing but a polite word or two reaches; below it a mail is about something else.
NOTHING = 1.7
# As much polite regret as only a refusal has.
_REFUSAL = 2.7
_CONTEXT = re.compile(
    r"\b(?:(?P<application>your application|you applied|apply(?:ing)? (?:to|for|at|with)|thank(?:s| you)(?: again)? for (?:applying|your interest)|your interest|applied (?:to|for|at)|application|applicants?|candidacy"
    r"|bewerbung\w*|candidature|candidatura|sollicitatie|postulación|solicitud de empleo|inscrição)"
    r"|(?P<role>positions?|roles?|vacanc(?:y|ies)|openings?|opportunit(?:y|ies)|job (?:title|offer)|internship|requisition|stelle|poste|puesto|vacante|posizione|vaga|vacature|functie|employment)"
    r"|(?P<hiring>recruit\w*|hiring|talent|human resources|careers?|hr team|headhunter|personalabteilung|recrutement|selección)"
    r"|(?P<interview>interview\w*|phone screen|vorstellungsgespräch|bewerbungsgespräch|kennenlerngespräch|entretien|entrevista|colloquio|sollicitatiegesprek)"
    r"|(?P<papers>resume|résumé|cv|curriculum|lebenslauf|currículo|currículum|portfolio)"
    r"|(?P<candidate>candidates?|kandidat\w*|candidats?|candidatos?)"
    r"|(?P<test>codility|hackerrank|codesignal|testgorilla|hirevue|coderpad|coding (?:challenge|test)|take-home|assessment)"
    r"|(?P<process>next steps?|shortlist\w*|(?:first|second|final|next) round|gesprek|kennenlernen|onboarding)"
    r"|(?P<terms>right to work|work permit|salary|you got the job|start date|contract|offer letter|compensation|join (?:us|our|the team))"
    r"|(?P<trade>engineer(?:ing)?|developer|analyst|designer|scientist|job|work experience|qualifications|skills|team))\b"
)
_APPLIED = re.compile(
    r"\b(?:your (?:\w+ )?(?:application|candidacy)|you(?:'ve| have)? applied|thank(?:s| you) for (?:applying|your (?:interest|application|submission))|application (?:that )?(?:we|i|you)(?:'ve| have)? (?:received|submitted|sent)|(?:received|reviewed|reviewing|got) your (?:application|resume|cv)|bewerbung|candidature|candidatura|sollicitatie)\b"
)
_ONGOING = re.compile(
    r"\b(?:next steps?|next stage|next round|your interview|(?:good|great|nice) (?:call|chat|conversation|interview) with|after your|following (?:our|your|up on)|as discussed|as promised|second round|final round|congratulations)\b"
)
_SECOND_PERSON = re.compile(
    r"\b(?:you|your|yours|ihnen|ihre?n?|dich|dir|deine?|vous|votre|vos|usted|su|sus|tu|lei|sua|suo|você|seu|u|uw|je|jouw)\b"
)
# Mailing lists put their name before every subject.
_TAGGED = re.compile(r"^\W*(?:(?:re|fwd?|aw)\s*:\s*)*\[[\w .-]{2,30}\]", re.I)
_REPLY = re.compile(r"^\s*(?:re|aw|antw|rép|sv|rv|rif)\s*:", re.I)


@dataclass(frozen=True, slots=True)
class Decision:
    """The category, how sure, and the finding that decided."""

    category: Category
    confidence: float
    finding: Finding | None


def decide(
    mail: ParsedMail, sentences: list[Sentence], findings: list[Finding], sender: SenderKind
) -> Decision:
    """Weighs all findings of a mail."""
    text = "\n".join(sentence.norm for sentence in sentences)
    best = _best(findings)
    scores = _scores(findings)
    context = _context(mail, text, sender)
    applied = bool(_APPLIED.search(text))
    ongoing = applied or bool(_ONGOING.search(text))
    stated = scores.get(Category.rejection, 0.0)
    for category in list(scores):
        if category in ABOUT_MINE or category is Category.outreach:
            # Times for a call are asked for in few words; a refusal or a receipt says of what.
            brief = category in INTERVIEWING or category is Category.assessment
            scores[category] *= context if brief or context > 0.5 else context * 0.9
        if mail.forwarded and category in STATUS_CHANGING and best[category].sentence.subject:
            scores[category] *= 0.4
    _settle(scores, best, mail, sender, applied, ongoing, stated)
    scores[Category.other] = max(scores.get(Category.other, 0.0), NOTHING)
    category = max(scores, key=lambda key: (scores[key], key.value))
    confidence = _confidence(category, scores, best, context, mail, text)
    return Decision(category, confidence, best.get(category))


def _best(findings: list[Finding]) -> dict[Category, Finding]:
    """The heaviest finding of each category; of equals the body's, and there the first."""
    best: dict[Category, Finding] = {}
    for finding in findings:
        held = best.get(finding.category)
        if held is None or (finding.weight, held.sentence.subject) > (held.weight, False):
            best[finding.category] = finding
    return best


def _scores(findings: list[Finding]) -> dict[Category, float]:
    """The heaviest sentence counts whole, further ones less and less."""
    weights: dict[Category, dict[Sentence, float]] = defaultdict(dict)
    for finding in findings:
        held = weights[finding.category]
        known = held.get(finding.sentence, 0.0)
        held[finding.sentence] = max(known, finding.weight) + 0.3 * min(known, finding.weight, 2.0)
    return {
        category: sum(
            weight * factor
            for weight, factor in zip(
                sorted(held.values(), reverse=True), (1.0, 0.45, 0.3, 0.15), strict=False
            )
        )
        for category, held in weights.items()
    }


def _context(mail: ParsedMail, text: str, sender: SenderKind) -> float:
    """How much the whole mail is one about jobs, from 0.25 to 1."""
    named = {found.lastgroup for found in _CONTEXT.finditer(text)}
    factor = (0.5, 0.8, 0.95, 1.0)[min(3, len(named))]
    if named <= {"trade"}:
        factor = 0.5
    if sender.kind in {"ats", "test"} or (sender.kind == "board" and named):
        factor = 1.0
    if _REPLY.match(mail.subject) and named and len(mail.fresh) < 600:
        # A short answer in a thread takes its subject from the mails before it.
        factor = max(factor, 0.95 if named - {"trade"} else 0.85)
    if (
        _TAGGED.match(mail.subject)
        or "list-id" in mail.headers
        or mail.headers.get("precedence", "").lower() == "list"
    ):
        factor *= 1.0 if sender.is_vendor else 0.5
    return factor if len(text) < 200 or _SECOND_PERSON.search(text) else factor * 0.8


def _settle(
    scores: dict[Category, float],
    best: dict[Category, Finding],
    mail: ParsedMail,
    sender: SenderKind,
    applied: bool,
    ongoing: bool,
    stated: float,
) -> None:
    """What one kind of sentence takes from another: polite words yield to the decisive one."""
    weight = {category: finding.weight for category, finding in best.items()}
    progress = max((scores.get(c, 0.0) for c in STATUS_CHANGING), default=0.0)
    refused = stated if weight.get(Category.rejection, 0) >= 2 else 0.0
    if (
        weight.get(Category.rejection, 0.0) < STRONG
        and weight.get(Category.acknowledgment, 0.0) >= STRONG + 0.4
    ):
        # A plain receipt may regret many things; it refuses in plain words only.
        _scale(scores, Category.rejection, 0.6)
        refused *= 0.6
    if weight.get(Category.rejection, 0.0) < 2 or refused < _REFUSAL:
        # Wishes and "we keep your resume" alone are as usual in receipts.
        scores[Category.rejection] = scores.get(Category.rejection, 0.0) * 0.5
    elif refused >= _REFUSAL:
        for category in (*INTERVIEWING, Category.assessment, Category.offer):
            if weight.get(category, 0.0) < DECISIVE + 0.3:
                _scale(scores, category, 0.4)
        for category in (
            Category.acknowledgment,
            Category.under_review,
            Category.information_request,
            Category.outreach,
            Category.other,
        ):
            if not (category is Category.other and weight.get(category, 0.0) >= DECISIVE):
                _scale(scores, category, 0.35)
    moving = max((weight.get(c, 0.0) for c in STATUS_CHANGING - {Category.rejection}), default=0.0)
    if moving >= STRONG + 0.4 and progress >= 2.5:
        received = weight.get(Category.acknowledgment, 0.0) >= STRONG + 0.4
        decisive = moving >= DECISIVE - 0.3
        _scale(scores, Category.acknowledgment, 0.4 if decisive else (0.9 if received else 0.8))
        if received and not decisive:
            for category in STATUS_CHANGING - {Category.rejection}:
                _scale(scores, category, 0.8)
        _scale(scores, Category.under_review, 0.6 if decisive else 0.8)
        _scale(scores, Category.information_request, 0.6)
    if scores.get(Category.offer, 0.0) >= DECISIVE * 0.8:
        for category in (*INTERVIEWING, Category.information_request):
            _scale(scores, category, 0.6)
    if weight.get(Category.interview_change, 0.0) >= DECISIVE:
        for category in (Category.interview_invitation, Category.scheduling_request, Category.rejection):
            _scale(scores, category, 0.6)
    if weight.get(Category.acknowledgment, 0.0) >= STRONG:
        _scale(scores, Category.under_review, 0.75 if weight.get(Category.under_review, 0) < 3.5 else 1.0)
    _settle_outreach(scores, best, mail, sender, ongoing)
    _settle_others(scores, weight, sender, applied)


def _settle_outreach(
    scores: dict[Category, float],
    best: dict[Category, Finding],
    mail: ParsedMail,
    sender: SenderKind,
    ongoing: bool,
) -> None:
    """A recruiter's first mail also asks for a call; it is no answer to an application."""
    if Category.outreach not in scores:
        return
    reply = bool(_REPLY.match(mail.subject)) or mail.in_reply_to is not None
    finding = best[Category.outreach]
    if ongoing or reply or mail.calendar:
        _scale(scores, Category.outreach, 0.35)
        return
    if finding.sentence.subject:
        # "position" in a subject alone tells little, but much beside a private address.
        _scale(scores, Category.outreach, 1.6 if sender.is_personal else 0.8)
    if finding.weight >= FAIR:
        for category in (
            *INTERVIEWING,
            Category.information_request,
            Category.acknowledgment,
            Category.under_review,
        ):
            _scale(scores, category, 0.5 if finding.weight >= STRONG else 0.7)


def _settle_others(
    scores: dict[Category, float],
    weight: dict[Category, float],
    sender: SenderKind,
    applied: bool,
) -> None:
    mine = max((weight.get(c, 0.0) for c in ABOUT_MINE), default=0.0)
    if applied and mine >= STRONG:
        _scale(scores, Category.job_alert, 0.45)
        if weight.get(Category.other, 0.0) < DECISIVE + 1:
            _scale(scores, Category.other, 0.5)
    elif weight.get(Category.other, 0.0) >= STRONG or Category.job_alert in scores:
        for category in ABOUT_MINE:
            _scale(scores, category, 0.75)
    if sender.kind == "test":
        _scale(scores, Category.assessment, 1.15)
        _scale(scores, Category.interview_invitation, 0.9)


def _scale(scores: dict[Category, float], category: Category, factor: float) -> None:
    if category in scores:
        scores[category] *= factor


def _confidence(
    category: Category,
    scores: dict[Category, float],
    best: dict[Category, Finding],
    context: float,
    mail: ParsedMail,
    text: str,
) -> float:
    """The probability that the category is right, from its lead over what it is not."""
    if category in INTERVIEWING:
        rivals = [v for k, v in scores.items() if k not in INTERVIEWING]
    else:
        rivals = [v for k, v in scores.items() if k is not category]
    lead = scores[category] - max(rivals, default=0.0)
    finding = best.get(category)
    if category is Category.other and finding is None:
        return round(0.97 - 0.35 * min(1.0, max(rivals, default=0.0) / NOTHING), 3)
    probability = 1 / (1 + math.exp(-(0.3 + 1.25 * lead)))
    probability = min(probability, 0.99) * (0.75 + 0.25 * context)
    if category in STATUS_CHANGING:
        weight = finding.weight if finding else 0.0
        alone = finding is not None and finding.sentence.subject
        if weight < STRONG or context < 0.7 or (alone and weight < DECISIVE - 0.5):
            probability = min(probability, 0.78)
        if mail.forwarded:
            probability = min(probability, 0.7)
    return round(probability, 3)
