"""Which numbers and years of a sentence the CV bears out."""

from collections.abc import Iterable

from hearback.documents.facts_time import merged, years
from hearback.documents.tailor.content import Content
from hearback.documents.tailor.evidence import Evidence, Unit, is_year
from hearback.documents.tailor.numbers import Number, same_amount
from hearback.documents.tailor.stems import stems_of
from hearback.documents.tailor.words import stems
from hearback.words import plural

# What is counted in these is counted in nothing else.
_TIMES = stems_of("second minute hour day week month year years months")


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
        if counts in own or (counts == "%" and not words.isdisjoint(own)):
            return True
        vague = counts == "" or (counts in stems("neutral") and counts not in _TIMES)
        if vague and not words.isdisjoint(own):
            return True
    return False


def years_fault(
    number: Number,
    skills: Iterable[str],
    content: frozenset[str],
    evidence: Evidence,
    within: tuple[Unit, ...],
) -> str | None:
    """Why so many years cannot be claimed; None where the dates of the CV show them.

    `skills` and other words (`content`) of the clause narrow what is counted; `within` are the entries
    spoken of.
    """
    if not is_year(number.unit) or any(stands_in(number, unit) for unit in evidence.units):
        return None
    counted = [unit for unit in within or evidence.units if unit.span and content <= unit.stems]
    has = years(merged(unit.span for unit in counted if unit.span))
    for name in skills:
        skill = evidence.facts.skills.get(name)
        has = min(has, skill.years if skill else 0.0)
    if number.value < has or (number.value == has and not number.more):
        return None
    return f"By the dates of your CV it is {plural(int(has), 'year')}, not {number.value:g}."


def together(content: Content, spoken: tuple[Unit, ...], units: tuple[Unit, ...]) -> str | None:
    """Why a deed, rank or number is not borne out: nowhere does all that is said of it stand in one entry."""
    for unit in spoken or units:
        if (
            all(content.has(word, unit.stems) for word in content.words)
            and unit.skills.issuperset(content.skills)
            and all(stands_in(number, unit, content.words) for number in content.numbers)
        ):
            return None
    for number in content.numbers:
        if not any(stands_in(number, unit, content.words) for unit in spoken or units):
            return f"The number {number.value:g} does not stand so in your CV."
    where = "in that entry of your CV" if spoken else "together in any one entry of your CV"
    return f"What it says does not stand {where}."
