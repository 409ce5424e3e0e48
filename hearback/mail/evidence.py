"""The sentences of a mail that speak for a category, with negation and condition told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.mail.patterns import patterns
from hearback.mail.rules import Rule, needed_words, rules, rules_by_need
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import ABOUT_MINE, INTERVIEWING, Category

_FORWARD_LOOKING = INTERVIEWING | {Category.assessment, Category.offer}
# How many sentences under "What to expect" belong to that heading.
_OUTLINED = 6
# What remains of a sentence that only supposes, that tells of the past, that is small print.
_DOUBT = 0.1
_PAST = 0.3
_SMALL_PRINT = 0.3
_SMALL_PRINT_OF_OTHERS = 0.6


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
    outline = patterns("certainty")["outline"]
    outlined = 0
    # Most words that rules need stand nowhere in a mail, so that a sentence meets few rules.
    present = needed_words("\n".join(sentence.norm for sentence in sentences))
    for sentence in sentences:
        norm = sentence.norm
        outlined = _OUTLINED if outline.search(norm) else outlined - 1
        for rule in _met(norm, present):
            if rule.subject_only and not sentence.subject:
                continue
            match = rule.pattern.search(norm)
            if match is None or (rule.unless and rule.unless.search(norm)):
                continue
            weight = rule.weight * _certainty(rule.category, sentence, match.start(), outlined > 0)
            start, end = match.span()
            found.append(Finding(rule.category, weight, sentence, start, end, rule.state))
    return found


def telling(sentences: Sequence[Sentence], findings: Sequence[Finding]) -> frozenset[int]:
    """The places of the sentences in which rules found something."""
    found = {id(finding.sentence) for finding in findings}
    return frozenset(place for place, one in enumerate(sentences) if id(one) in found)


def _met(norm: str, present: list[str]) -> list[Rule]:
    """The rules of which one needed word stands in a sentence, in their own order."""
    index = rules_by_need()
    numbers = {number for need in present if need in norm for number in index[need]}
    known = rules()
    return [known[number] for number in sorted(numbers)]


def _certainty(category: Category, sentence: Sentence, start: int, outlined: bool) -> float:
    """1 for what the sentence says outright, less for what it only supposes."""
    factor = _SMALL_PRINT if category in ABOUT_MINE else _SMALL_PRINT_OF_OTHERS
    factor = factor if sentence.below else 1.0
    if category not in ABOUT_MINE or category is Category.acknowledgment:
        return factor
    if outlined and category in _FORWARD_LOOKING:
        return factor * _DOUBT
    words = patterns("certainty")
    if words["third_person"].search(sentence.norm):
        return factor * _DOUBT
    if category is Category.rejection and words["refuses_nobody"].search(sentence.norm):
        return factor * _DOUBT
    condition = words["condition"].search(sentence.norm)
    if category in {Category.rejection, Category.offer}:
        # "Unfortunately ... if you have questions" still says no: the condition must come first.
        return factor * _DOUBT if condition and condition.start() < start + 12 else factor
    if category in _FORWARD_LOOKING:
        if condition and words["selection"].search(sentence.norm, condition.start()):
            return factor * _DOUBT
        if words["general"].search(sentence.norm):
            return factor * _DOUBT
        if category in INTERVIEWING and words["past_talk"].search(sentence.norm):
            return factor * _PAST
    return factor
