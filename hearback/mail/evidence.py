"""The sentences of a mail that speak for a category, with negation and condition told apart."""

import re
from dataclasses import dataclass

from hearback.mail.rules import rules
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import ABOUT_MINE, INTERVIEWING, Category

# What is said of a case that may come, and not of this application.
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|in case|in the event|should (?:you|your|we|the|there|this)|provided (?:that|your|you are)|falls|sofern)\b"
)
_SELECTION = re.compile(
    r"\b(?:select|shortlist|short-list|success|match|fit\b|chosen|qualif|suitab|suited|align|decide|determin|feel|believe|advanc"
    r"|mov(?:e|ing) forward|progress|proceed|meet (?:our|the)|require|potential|is interest|are interested in you|think|further|next step|opportunit)"
)
_GENERAL = re.compile(
    r"\b(?:candidates?|applicants?|those) (?:who|that|whose|selected|moving|we)\b|\b(?:selected|shortlisted|successful|suitable|qualified) (?:candidates|applicants|people|profiles)|\b(?:usually|normally)\b|\blater in (?:the|our)|\bonly (?:\w+ ){0,5}?(?:candidates|applicants|those)"
    r"|\b(?:may|might) (?:be|also|ask|invite|include|contact|reach|receive|need|require)\b|\b(?:process|steps?|stages?) (?:typically|usually|generally|normally|often|may|can|will typically)\b"
    r"|\b(?:typically|usually|generally) (?:includ|consist|involv)|\b(?:we'll|we will) (?:contact|reach out|be in touch|get in touch|follow up|call|email|notify)(?: \w+){0,4} (?:if|to (?:schedule|arrange|set up|discuss))"
    r"|\bcould be (?:invited|asked)|\blater\b.{0,20}$|what (?:to expect|happens next)|\bfrequently asked"
)
_PAST_TALK = re.compile(
    r"\b(?:thank(?:s| you)|appreciate\w*|great|pleasure|enjoyed|after|following|since|based on|feedback)\b.{0,60}\b(?:interview(?:ing|ed)?\b|meeting with|speaking with|time to (?:meet|speak|interview|talk|chat)|your time)"
)
_FORWARD_LOOKING = INTERVIEWING | {Category.assessment, Category.offer}
# What follows such a heading tells how hiring goes there, and not what happens now.
_OUTLINE = re.compile(
    r"^\W*(?:what (?:to expect|happens next|can you expect|you can expect|comes next|now)|how (?:it|(?:the|our) (?:\w+ )?process) works|here(?:'s| is) what (?:to expect|happens|you can expect|our)"
    r"|(?:our|the) (?:\w+ ){0,2}process\b|so geht es weiter|wie geht es (?:jetzt |nun )?weiter|les prochaines étapes|et maintenant|qué sigue|próximos pasos|prossimi passi|hoe nu verder)"
)
_OUTLINED = 6
_DOUBT = 0.1
_BELOW = 0.3


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that speaks for a category; `start` and `end` mark the words in it."""

    category: Category
    weight: float
    sentence: Sentence
    start: int
    end: int
    state: str | None


def gather(sentences: list[Sentence]) -> list[Finding]:
    """Everything that the rules find, each rule at most once a sentence."""
    found: list[Finding] = []
    outlined = 0
    for sentence in sentences:
        norm = sentence.norm
        outlined = _OUTLINED if _OUTLINE.search(norm) else outlined - 1
        for rule in rules():
            if rule.subject_only and not sentence.subject:
                continue
            if not any(need in norm for need in rule.needs):
                continue
            match = rule.pattern.search(norm)
            if match is None or (rule.unless and rule.unless.search(norm)):
                continue
            weight = rule.weight * _certainty(rule.category, sentence, match.start())
            if outlined > 0 and rule.category in _FORWARD_LOOKING:
                weight *= _DOUBT
            if sentence.below:
                weight *= _BELOW if rule.category in ABOUT_MINE else 0.6
            found.append(Finding(rule.category, weight, sentence, match.start(), match.end(), rule.state))
    return found


def _certainty(category: Category, sentence: Sentence, start: int) -> float:
    """1 for what the sentence says outright, less for what it only supposes."""
    if category not in ABOUT_MINE or category is Category.acknowledgment:
        return 1.0
    norm = sentence.norm
    condition = _CONDITION.search(norm)
    if category in {Category.rejection, Category.offer}:
        return _DOUBT if condition and condition.start() < start + 12 else 1.0
    if category in _FORWARD_LOOKING:
        if condition and _SELECTION.search(norm[condition.start() :]):
            return _DOUBT
        if _GENERAL.search(norm):
            return _DOUBT
        if category in INTERVIEWING and _PAST_TALK.search(norm):
            return 0.3
    return 1.0
