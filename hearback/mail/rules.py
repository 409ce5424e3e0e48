"""The rules: which words speak for which category, read from the files in `phrases/`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hearback.mail.verdict import Category

# How much one sentence says: a decisive one carries a verdict, a hint only helps another.
DECISIVE = 4.0
STRONG = 3.0
FAIR = 2.0

_FOLDER = Path(__file__).with_name("phrases")
_FILES = ("rejection", "progress", "interview", "offer", "other", "languages")
_PLACE = re.compile(r"<<(\w+)>>")


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
    fragments = {name: _joined(text) for name, text in _read("fragments").items()}
    return tuple(_rule(entry, fragments) for name in _FILES for entry in _read(name)["rule"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _rule(entry: dict[str, Any], fragments: dict[str, str]) -> Rule:
    """One table of a file as a rule; raises KeyError or ValueError where it is wrong."""
    unless = entry.get("unless")
    return Rule(
        category=Category(entry["category"]),
        weight=float(entry["weight"]),
        needs=tuple(entry["needs"]),
        pattern=_compiled(entry["pattern"], fragments),
        unless=_compiled(unless, fragments) if unless else None,
        subject_only=entry.get("subject_only", False),
        state=entry.get("state"),
    )


def _compiled(text: str, fragments: dict[str, str]) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(lambda place: fragments[place[1]], _joined(text)))


def _joined(text: str) -> str:
    """A pattern that was written on several lines."""
    return "".join(line.strip() for line in text.split("\n"))
