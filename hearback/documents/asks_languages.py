"""Languages that people speak and how well, by their names in seven languages."""

import re

from hearback.documents.asks_words import says, words
from hearback.words import lowered

_NAMES = words("languages")
# From the lowest. The common reference levels of the Council of Europe, and the mother tongue above them.
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")
_CODE = {name.lower(): code for code, names in _NAMES.items() for name in names.split("|")}
_NAME = "|".join(sorted((re.escape(name) for name in _CODE), key=len, reverse=True))
_LANGUAGE = re.compile(rf"(?<![\w-])({_NAME})(?=kenntnisse|sprach\w*|talig|s?\b)", re.I)
CEFR = re.compile(r"(?<!\w)([ABC][12])(?!\w)")
_BY_WORD = tuple(
    (level, re.compile(rf"(?<!\w)(?:{choice})(?!\w)", re.I)) for level, choice in words("levels").items()
)
_NEAR = 28


def language_code(name: str) -> str | None:
    """The code of a language by its name in any of seven languages: "Deutsch" is de."""
    found = _LANGUAGE.search(name)
    return _CODE[lowered(found[1])] if found else None


def language_name(code: str) -> str:
    """The English name of a language."""
    return _NAMES[code].split("|")[0]


def level_rank(level: str | None) -> int:
    """The place of a level in LEVELS from 0; -1 where there is none."""
    return LEVELS.index(level) if level in LEVELS else -1


def level_in(text: str) -> str | None:
    """How well, by the words or the level that a text names."""
    if codes := CEFR.findall(text):
        return str(max(codes))
    return next((level for level, found in _BY_WORD if found.search(text)), None)


def names_in(text: str) -> tuple[str, ...]:
    """The names of languages of which the letters stand in a text, in small letters: a fast first look."""
    low = text.lower()
    return tuple(name for name in _CODE if name in low)


def languages_in(text: str) -> dict[str, str | None]:
    """The languages that a sentence speaks of, each with how well where it says so."""
    if not names_in(text):
        return {}
    found = list(_LANGUAGE.finditer(text))
    if not found or not says("language", "spoken", text):
        return {}
    levels: dict[str, str | None] = {}
    for place, match in enumerate(found):
        start = max(found[place - 1].end() if place else 0, match.start() - _NEAR)
        end = min(found[place + 1].start() if place + 1 < len(found) else len(text), match.end() + _NEAR)
        code = _CODE[lowered(match[1])]
        after, before = text[match.end() : end], text[start : match.start()]
        first = next(iter(CEFR.findall(after)), None)
        level = first or level_in(before) or level_in(after) or level_in(text)
        levels[code] = levels.get(code) or level
    return levels
