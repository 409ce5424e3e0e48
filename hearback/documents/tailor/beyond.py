"""Sees sentences that use a CV's own words for more than it says: a title without its "assistant"."""

import re

from hearback.documents.asks_languages import language_code, language_name, level_rank
from hearback.documents.facts import Facts
from hearback.documents.tailor.evidence import Evidence, Unit
from hearback.documents.tailor.numbers import Number, numbers_in, same_amount
from hearback.documents.tailor.stems import WORD, stem, stems_of
from hearback.documents.tailor.words import stems

_TITLE = re.compile(
    r"\b(?:as|am|was|been|became|become)\s+(?:currently |now |also |then )?(?:an?\s+|the\s+|its\s+|their\s+)?"
    r"(?P<title>[^,.;:()]+?)(?=\s+(?:at|of|for|in|with|on|since|from|who|where|and|until|during|there)\b|[,.;:()]|$)",
    re.I,
)
_MOST_WORDS = 7
_HOUSE = r"(?:University|College|Hospital|Institute|School|Academy|Polytechnic|Clinic|Universität|Hochschule)"
_HOUSES = re.compile(rf"[A-ZÀ-Þ][\w'’.-]+ {_HOUSE}\b|{_HOUSE} (?:of|for) [A-ZÀ-Þ][\w'’-]+")
_GRADE = re.compile(r"\b(?:grade|class|category|level|band|licence|license|type) A\b")
_WIDE = re.compile(
    r"\b(?:across|throughout|all over) (?:the|our|its|their) (?:whole |entire )?(?P<first>\w+)"
    r"|\b(?:whole|entire|every) (?P<other>\w+)|\ball (?:of )?(?:the |our |its |their )(?P<third>\w+)",
    re.I,
)
_ALWAYS = re.compile(
    r"\b(?:all|every|each|any|never|always)\b.{0,60}\b(?:of|in|during|throughout) my (?:career|life)\b", re.I
)
# What was brought to a number has changed to it.
_BROUGHT = re.compile(
    r"\b(?:brought|took|taken|pushed|got|drove|driven|raised|lifted|moved)\b.{0,60}?\bto ", re.I
)
_SPOKEN = re.compile(
    r"\b(?:speak|spoken|language|fluen|written|conversation|communicat)|\b(?:in|my) [A-Z]", re.I
)
_WELL = re.compile(
    r"\b(?:(?P<high>excellent|strong|perfect|advanced|proficient\w*|very good|flawless|full professional)"
    r"|(?P<good>good|solid|working|confident\w*|business|professional))\b",
    re.I,
)


def beyond(clause: str, evidence: Evidence, spoken: tuple[Unit, ...], company: str) -> str | None:
    """Why a claim goes beyond the CV although its words stand there; None where it does not.

    `company` is the one written to, which may be named.
    """
    if found := _ALWAYS.search(clause):
        return f"“{found[0]}” says more than your CV."
    for found in (*_HOUSES.finditer(clause), *_GRADE.finditer(clause)):
        if found[0].casefold() not in evidence.text and found[0] not in company:
            return f"“{found[0]}” does not stand so in your CV."
    return (
        _wide_fault(clause, evidence)
        or _change_fault(clause, evidence)
        or _title_fault(clause, evidence, spoken)
        or _level_fault(clause, evidence.facts)
    )


def _change_fault(clause: str, evidence: Evidence) -> str | None:
    """What one "brought to" a number must have gone to it by the CV, and not only be so large."""
    found = _BROUGHT.search(clause)
    numbers = numbers_in(clause[found.end() :]) if found else ()
    if numbers and not _is_reached(numbers[0], evidence):
        return f"Your CV does not say that something came to {numbers[0].value:g}."
    return None


def _is_reached(number: Number, evidence: Evidence) -> bool:
    """Whether a line of the CV tells that it went to this number."""
    return any(
        same_amount(one.value, number.value) and "to" in line
        for unit in evidence.units
        for one, line in unit.numbers
    )


def _wide_fault(clause: str, evidence: Evidence) -> str | None:
    """What is done "across the hospital" must be told of it, not only stand in the employer's name."""
    for found in _WIDE.finditer(clause):
        thing = stem(found["first"] or found["other"] or found["third"])
        if thing in stems("houses") and not any(
            thing in line for unit in evidence.units for line in unit.lines
        ):
            return f"“{found[0]}” does not stand so in your CV."
    return None


def _title_fault(clause: str, evidence: Evidence, spoken: tuple[Unit, ...]) -> str | None:
    """A title must be one of the CV, of the entry spoken of, and as low as it is there."""
    positions = [unit.position for unit in evidence.units]
    heads = {stem(words[-1]) for one in positions if (words := _core(one))}
    for found in _TITLE.finditer(clause):
        named = WORD.findall(found["title"])
        own = stems_of(found["title"])
        if not named or len(named) > _MOST_WORDS or stem(named[-1]) not in heads:
            continue
        there = [unit for unit in spoken if unit.position]
        held = [(unit.position, unit.name) for unit in there or evidence.units if unit.position]
        held += [] if there else [(one, frozenset()) for one in evidence.titles]
        if not any(_is_held(own - name, one) for one, name in held):
            return f"“{found['title']}” is not your title there."
    return None


def _is_held(title: frozenset[str], position: str) -> bool:
    has = stems_of(position)
    return title - stems("neutral") <= has and has & stems("lower") <= title


def _core(position: str) -> list[str]:
    """The words of a title up to its aside: "Teacher" of "Teacher of Mathematics"."""
    return WORD.findall(re.split(r",|\(| of | for | - | – | in ", position)[0])


def _level_fault(clause: str, facts: Facts) -> str | None:
    """ "Good French" is at least B2, "excellent French" C1, as far as the CV says how well."""
    well = _WELL.search(clause)
    if not well or not _SPOKEN.search(clause):
        return None
    for word in WORD.findall(clause):
        code = language_code(word) if word[0].isupper() else None
        rank = level_rank(facts.languages.get(code)) if code else -1
        if code and 0 <= rank < level_rank("C1" if well["high"] else "B2"):
            return f"Your CV does not say that your {language_name(code)} is {well[0].lower()}."
    return None
