"""Headings and dates in the language of the document, so that a German CV is German throughout."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "words.toml"
# Fewer words of a language than this say nothing; a CV of names and numbers alone is set in English.
FEWEST = 3
MOST_OF_TEXT = 20_000
DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-\d{2})?)?")


@dataclass(frozen=True)
class Words:
    """What a document says in one language. `months` has full names, `short` what stands beside entries."""

    language: str
    headings: Mapping[str, str]
    present: str
    courses: str
    grade: str
    role: str
    kind: str
    keywords: str
    cv: str
    letter: str
    page: str
    joins: str
    day: str
    short: tuple[str, ...]
    months: tuple[str, ...]
    common: frozenset[str]

    def month(self, value: str) -> str:
        """An ISO 8601 date, a month or a year as a CV says it: `Mar 2021`. Anything else stays as it is."""
        found = DATE.fullmatch(value)
        if not found:
            return value
        return f"{self.short[int(found[2]) - 1]} {found[1]}" if found[2] else found[1]

    def span(self, start: str, end: str) -> str:
        """From when to when; what has a start and no end goes on, which is how JSON Resume says so."""
        first, last = self.month(start), self.month(end) if end else self.present
        if not start:
            return self.month(end)
        return first if first == last else f"{first} – {last}"

    def whole_day(self, day: date, american: bool) -> str:
        """A day as the head of a letter has it. `american` puts the month first, in English alone."""
        month = self.months[day.month - 1]
        if american and self.language == "en":
            return f"{month} {day.day}, {day.year}"
        parts = {"d": str(day.day), "m": month, "y": str(day.year)}
        return re.sub(r"\b[dmy]\b", lambda found: parts[found[0]], self.day)


@cache
def languages() -> Mapping[str, Words]:
    """The words of each language, by its two-letter code; read once, on first use."""
    table: dict[str, dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {code: _words(code, row) for code, row in table.items()}


def words_of(language: str) -> Words:
    """The words of a language (`de`, `de-AT`), those of English where there are none."""
    known = languages()
    return known.get(language[:2].lower(), known["en"])


def language_of(text: str) -> str:
    """The code of the language that a text is most likely written in, by its commonest small words."""
    said = re.findall(r"[^\W\d_]+", text[:MOST_OF_TEXT].lower())
    counts = {code: sum(word in words.common for word in said) for code, words in languages().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= FEWEST else "en"


def direction_of(text: str) -> str:
    """`rtl` where most letters are of a script that is written from right to left, else `ltr`."""
    kinds = [unicodedata.bidirectional(letter) for letter in text[:MOST_OF_TEXT] if letter.isalpha()]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) * 2 > len(kinds) else "ltr"


def _words(code: str, row: Mapping[str, Any]) -> Words:
    lists = {"short": tuple(row["short"]), "months": tuple(row["months"])}
    return Words(**{**row, **lists, "language": code, "common": frozenset(row["common"].split())})
