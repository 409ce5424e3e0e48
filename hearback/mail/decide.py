"""From evidence to one category and its probability: the only place where rules and model meet."""

from dataclasses import dataclass
from math import fsum

from hearback.mail import context, encoder, weigh
from hearback.mail.balance import Balance
from hearback.mail.evidence import Finding, telling
from hearback.mail.parse import ParsedMail
from hearback.mail.rules import FAIR
from hearback.mail.senders import SenderKind
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import ABOUT_MINE, INTERVIEWING, STATUS_CHANGING, Category

_ORDINARY = frozenset({Category.job_alert, Category.other})
# Categories of a group mean the same for an application, so that they do not compete.
_GROUPS = (
    INTERVIEWING,
    frozenset({Category.under_review, Category.information_request}),
    _ORDINARY,
    *(frozenset({category}) for category in (
        Category.acknowledgment, Category.assessment, Category.offer, Category.rejection, Category.outreach
    )),
)  # fmt: skip
# What somebody else was told, or what could as well be about something else ("How about Tuesday?"), never
# reaches the default threshold for changing a status, 0.8: it is asked.
_FORWARDED = 0.7
_UNCLEAR = 0.78
_SOME_JOB = 0.7
# Mail without a word of jobs is not for the model to judge: it would go by the tone alone.
_NO_JOB = 0.5
_PLAINLY = 0.97
# Where the rules find nothing the model alone must be this sure, and surer where there are few words of jobs:
# questions about what is hardly an answer would bury the others.
_GUESS, _ALONE = 0.35, 0.55
# A sentence proves a verdict when the model thinks that its words decide, or when a rule found it.
_DECIDES = 0.3


@dataclass(frozen=True, slots=True)
class Decision:
    """The category, how sure, and the finding that decided."""

    category: Category
    confidence: float
    finding: Finding | None


def decide(
    mail: ParsedMail, sentences: list[Sentence], findings: list[Finding], sender: SenderKind
) -> Decision:
    """Weighs all findings of a mail, and what the model reads in it."""
    text = "\n".join(sentence.norm for sentence in sentences)
    where = context.read(mail, text, sender)
    balance = Balance(findings, where)
    balance.settle(mail.forwarded, sender.is_personal, bool(mail.calendar), sender.kind == "test")
    said = max((f.weight for f in findings if f.category in ABOUT_MINE), default=0.0)
    if where.factor < _NO_JOB and said < FAIR:
        return Decision(Category.other, _PLAINLY, balance.best.get(Category.other))
    opinion = encoder.opinion(sentences, telling(sentences, findings))
    chances = weigh.chances(balance.scores, opinion, where.english)
    # Summed exactly: the order within a set differs from process to process.
    sums = {group: fsum(chances[category] for category in group) for group in _GROUPS}
    group = max(_GROUPS, key=lambda group: sums[group])
    chance = sums[group]
    if said < FAIR and chance < (_ALONE if where.factor < _SOME_JOB else _GUESS):
        group, chance = _ORDINARY, 1 - chance
    category = max(sorted(group), key=lambda category: chances[category])
    confidence = weigh.calibrated(chance)
    if category in STATUS_CHANGING and (mail.forwarded or where.factor < _SOME_JOB):
        confidence = min(confidence, _FORWARDED if mail.forwarded else _UNCLEAR)
    finding = _proof(category, balance.best.get(category), sentences, opinion)
    return Decision(category, round(confidence, 3), finding)


def _proof(
    category: Category, found: Finding | None, sentences: list[Sentence], opinion: encoder.Opinion
) -> Finding | None:
    """The sentence that decides: what a rule found, unless the model sees it said elsewhere."""
    if category in {Category.other, Category.job_alert} or not opinion.decisive:
        return found
    surest = max(opinion.decisive, key=lambda place: (opinion.decisive[place], -place))
    chance = opinion.decisive[surest]
    if found is not None:
        place = next(place for place, one in enumerate(sentences) if one is found.sentence)
        if opinion.decisive.get(place, 1.0) >= min(_DECIDES, chance / 2):
            return found
    words = sentences[surest]
    return Finding(category, 0.0, words, 0, len(words.text), None)
