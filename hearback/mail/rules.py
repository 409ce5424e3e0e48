"""The rules: which words speak for which category, read from the files in `phrases/`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from hearback.mail.patterns import pattern, table
from hearback.mail.verdict import Category

# How much one sentence says: a decisive one carries a verdict, a fair one only helps another.
DECISIVE = 4.0
STRONG = 3.0
FAIR = 2.0

_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")
_FILES = (
    *("rejection", "progress", "interview", "offer", "other"),
    *(f"languages_{code}" for code in _LANGUAGES),
)
_PARTS = "fragments"
_START = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that speak for a category; one of `needs` stands in every sentence that it matches.

    `needs` spares the slower pattern on most sentences. A sentence that `unless` matches does not
    count. `state` is what the words say about an interview.
    """

    category: Category
    weight: float
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    subject_only: bool
    state: str | None


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, compiled once, at first use and not at import: web processes never need them."""
    return tuple(_rule(entry) for name in _FILES for entry in table(name)["rule"])


@cache
def rules_by_need() -> dict[str, tuple[int, ...]]:
    """Places in `rules()` of the rules that each word calls up."""
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(rules()):
        for need in rule.needs:
            found.setdefault(need, []).append(place)
    return {need: tuple(places) for need, places in found.items()}


def needed_words(text: str) -> list[str]:
    """The words needed by rules that stand in `text`.

    Only those are looked for of which the first letters stand there: of 1,500 words that is one in twenty.
    """
    short, by_start = _by_start()
    starts = {text[place : place + _START] for place in range(len(text))}
    likely = (need for start in starts & by_start.keys() for need in by_start[start])
    return [need for need in (*short, *likely) if need in text]


@cache
def _by_start() -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Needed words that are shorter than a start, and the others by how they begin."""
    found: dict[str, list[str]] = {}
    for need in rules_by_need():
        found.setdefault(need[:_START], []).append(need)
    short = tuple(need for start, needs in found.items() if len(start) < _START for need in needs)
    return short, {start: tuple(needs) for start, needs in found.items() if len(start) == _START}


def _rule(entry: dict[str, Any]) -> Rule:
    """One table of a file as a rule; raises KeyError or ValueError where it is wrong."""
    unless = entry.get("unless")
    return Rule(
        category=Category(entry["category"]),
        weight=float(entry["weight"]),
        needs=tuple(entry["needs"]),
        pattern=pattern(entry["pattern"], _PARTS),
        unless=pattern(unless, _PARTS) if unless else None,
        subject_only=entry.get("subject_only", False),
        state=entry.get("state"),
    )
