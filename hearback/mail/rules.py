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
