"""Years of experience that a posting asks for, in figures or in words."""

import re
from dataclasses import dataclass

from hearback.documents.asks_words import pattern, words

_WORDS = {
    word: number
    for number, those in enumerate(
        (
            "one|a|ein|einem|einer|eine|une?|uno?|een|um",
            "two|zwei|deux|dos|due|twee|dois",
            "three|drei|trois|tres|tre|drie|três",
            "four|vier|quatre|cuatro|quattro|quatro",
            "five|fünf|cinq|cinco|cinque|vijf",
            "six|sechs|seis|sei|zes",
            "seven|sieben|sept|siete|sette|zeven|sete",
            "eight|acht|huit|ocho|otto|oito",
            "nine|neun|neuf|nueve|nove|negen",
            "ten|zehn|dix|diez|dieci|tien|dez",
            "eleven|elf|onze|once|undici",
            "twelve|zwölf|douze|doce|dodici|twaalf|doze",
        ),
        1,
    )
    for word in those.split("|")
} | {"fifteen": 15, "twenty": 20}
NUMBER = rf"(?:\d{{1,2}}(?:[.,]5)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
YEARS = rf"(?:{words('years')['unit']})"
_SPAN = re.compile(
    rf"(?<![\w.,$€£])(?P<first>{NUMBER})\s*(?:\([^)]{{1,6}}\)\s*)?(?:\+|plus|or more|oder mehr)?\s*"
    rf"(?:(?:-|–|—|to|bis|à|a|tot)\s*(?P<last>{NUMBER})\s*\+?\s*)?[- ]?\s*{YEARS}(?!\w)",
    re.I,
)
# "5 years old", "the past 5 years", "for 20 years we have": years of something else.
_NOT_BEFORE = re.compile(
    r"(?:\b(?:past|last|next|every|each|after|since|over the|within|founded|fixed|for over|seit|vor|letzten"
    r"|nächsten|alle)|\bage[ds]?)\s*$",
    re.I,
)
_NOT_AFTER = re.compile(
    r"^\s*(?:old\b|ago\b|of age|alt\b|in (?:business|the market|a row)|contract|vesting|warranty|anniversary"
    r"|paid|parental|&|later)",
    re.I,
)
_NEAR = 70
MOST_YEARS = 25


@dataclass(frozen=True, slots=True)
class Years:
    """At least so many years, stated from `start` to `end` of the text."""

    least: int
    start: int
    end: int


def number_of(word: str) -> float | None:
    """The number that a figure or a word says."""
    low = word.lower().replace(",", ".")
    if low in _WORDS:
        return float(_WORDS[low])
    return float(low) if re.fullmatch(r"\d+(?:\.\d+)?", low) else None


def years_asked(text: str) -> tuple[Years, ...]:
    """The years of experience that one sentence names, the lower end of each span."""
    found = []
    experience = pattern("years", "experience")
    for match in _SPAN.finditer(text):
        least = number_of(match["first"])
        after = text[match.end() : match.end() + _NEAR]
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if least is None or not 1 <= least <= MOST_YEARS:
            continue
        if _NOT_AFTER.match(after) or _NOT_BEFORE.search(before):
            continue
        if experience.search(after) or experience.search(before):
            found.append(Years(int(least), match.start(), match.end()))
    return tuple(found)
