"""Which numbers, years, deeds and degrees of a sentence the CV bears out."""

import re

from hearback.documents.asks_degree import IN_WORDS, rank
from hearback.documents.facts import Facts
from hearback.documents.facts_time import years
from hearback.documents.tailor.content import Content
from hearback.documents.tailor.evidence import SHARED, Evidence, Unit
from hearback.documents.tailor.numbers import Number, same_amount
from hearback.documents.tailor.stems import stems_of
from hearback.words import plural

# Words that may follow a number and say nothing of what is counted.
_NO_COUNTS = stems_of(
    "there here then now also each when while where which that who and but so today during through i we"
)
# Years are those of experience only where a sentence says so.
_OF_EXPERIENCE = re.compile(
    r"experience|\bwork|\bbeen\b|practice|profession|career|years? (?:in|as|at|of|with)\b"
    r"|\bfor (?:\w+[- ]){1,3}years?\b",
    re.I,
)
_MOST_NAMED = 4


def stands_in(number: Number, unit: Unit, words: frozenset[str] = frozenset()) -> bool:
    """Whether an entry of the CV has this number, of the same things, and as much is claimed there.

    Where the sentence does not say of what ("180 of them"), one of its other `words` must stand beside it.
    """
    if 1900 < number.value < 2100 and int(number.value) in unit.years:
        return True
    for other, own in unit.numbers:
        if not same_amount(number.value, other.value) or (number.more and not other.more):
            continue
        if (number.unit == "%") != (other.unit == "%"):
            continue
        counts = number.whole or number.unit
        if _counts_other(number, other, own, unit):
            continue
        if counts in own or (counts == "%" and not words.isdisjoint(own)):
            return True
        if (not counts or counts in _NO_COUNTS) and not words.isdisjoint(own):
            return True
        if number.named and number.named == other.named and number.named not in _NO_COUNTS:
            return True
    return False


def _counts_other(number: Number, other: Number, own: frozenset[str], unit: Unit) -> bool:
    """Whether a line counts with another number what is claimed: "28 beds, 8 patients" are not 28 patients.

    A team of 45 is not 45 teams.
    """
    if not number.unit or number.unit == other.unit:
        return False
    if number.unit == other.whole and not number.whole:
        return True
    return any(
        one.unit == number.unit and not same_amount(one.value, number.value)
        for one, line in unit.numbers
        if line is own
    )


def years_fault(number: Number, content: Content, evidence: Evidence, within: tuple[Unit, ...]) -> str | None:
    """Why so many years cannot be claimed; None where the dates of the CV show them.

    The skills and other words of the clause narrow what is counted; `within` are the entries spoken of.
    """
    if any(stands_in(number, unit) for unit in evidence.units):
        return None
    if not _OF_EXPERIENCE.search(content.text):
        return f"Your CV does not speak of {number.value:g} years there."
    counted = [unit for unit in within or evidence.units if unit.span and content.words <= unit.stems]
    has = years(unit.span for unit in counted if unit.span)
    for name in content.skills:
        skill = evidence.facts.skills.get(name)
        has = min(has, skill.years if skill else 0.0)
    if number.value < has or (number.value == has and not number.more):
        return None
    return f"By the dates of your CV it is {plural(int(has), 'year')}, not {number.value:g}."


def together(content: Content, spoken: tuple[Unit, ...], units: tuple[Unit, ...], shared: bool) -> str | None:
    """Why a deed, rank or number is not borne out: nowhere does all that is said of it stand together.

    `shared` says that the sentence tells of others who did it too.
    """
    if any(_bears_out(unit, content, shared) for unit in spoken or units):
        return None
    # A line may name an organisation that has an entry of its own: a school whose students were taught.
    named = frozenset().union(*(unit.name for unit in spoken))
    for unit in units if spoken else ():
        if any(named <= line for line in unit.lines) and _bears_out(unit, content, shared):
            return None
    if not shared and any(_bears_out(unit, content, True) for unit in spoken or units):
        return "Your CV says that it was done with others."
    for number in content.numbers:
        if not any(stands_in(number, unit, content.words) for unit in spoken or units):
            return f"The number {number.value:g} does not stand so in your CV."
    where = "in that entry of your CV" if spoken else "together in any one entry of your CV"
    return f"What it says does not stand {where}."


def _bears_out(unit: Unit, content: Content, shared: bool) -> bool:
    """Whether an entry has all of it: numbers and deeds with their words in the lines that tell them."""
    if not all(name in unit.skills or content.spells(name, unit.stems) for name in content.skills):
        return False
    if not all(stands_in(number, unit, content.words) for number in content.numbers):
        return False
    lines = unit.lines
    if values := [number.value for number in content.numbers if int(number.value) not in unit.years]:
        lines = tuple(
            own for other, own in unit.numbers if any(same_amount(other.value, value) for value in values)
        )
    elif content.deeds:
        lines = tuple(own for own in lines if any(content.has(deed, own) for deed in content.deeds))
    if content.deeds and not shared:
        lines = tuple(own for own in lines if SHARED not in own)
    known = unit.header.union(*lines)
    return all(content.has(word, known) for word in content.words)


def degree_fault(content: Content, facts: Facts) -> str | None:
    """Why a degree cannot be claimed; None where the CV has it or a higher one."""
    # What is below a degree is named by words like others: an apprentice has served an apprenticeship.
    has = max(rank(facts.degree), rank("vocational"))
    if content.degrees and rank(content.degrees[-1]) > has:
        return f"Your CV does not show {IN_WORDS[content.degrees[-1]]}."
    return None


def unknown_words(content: Content, words: frozenset[str], where: str) -> str:
    """Names the words that do not stand there, a few of them."""
    shown = sorted(content.shown.get(word, word) for word in words)[:_MOST_NAMED]
    return f"{', '.join(f'“{word}”' for word in shown)}: not in {where}."
