"""Numbers in a text, in figures and in words, each with what it counts."""

import re
from dataclasses import dataclass

from hearback.documents.tailor.stems import WORD, stem
from hearback.documents.tailor.words import words
from hearback.words import lowered

_ONES = words("ones")
_TENS = words("tens")
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
_WORDS = {word: float(number) for number, word in enumerate(_ONES)} | {
    word: float(10 * number) for number, word in enumerate(_TENS, 2)
}
# Words that count without a number. Each must stand in the CV as a word.
VAGUE = frozenset(words("vague"))
_SUFFIXES = _SCALES | {"k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9}
_FIGURE = re.compile(
    r"(?<![\w.,])(?:[$€£¥]\s?)?(?P<figure>\d:\d(?![\w:])|\d{1,3}(?:[,.' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"\s?(?P<scale>k|mn|mio|m|bn|b|million|billion|thousand)?(?![\w])(?P<more>\s?\+)?"
    r"\s?(?P<percent>%|per ?cent\b)?",
    re.I,
)
_WORDED = re.compile(
    rf"\b(?:(?P<ten>{'|'.join(_TENS)})[- ](?P<one>{'|'.join(_ONES[1:10])})\b"
    rf"|(?P<single>{'|'.join((*_ONES, *_TENS))})\b)?"
    rf"[- ]?(?:\b(?:a )?(?P<scale>{'|'.join(_SCALES)})\b)?(?P<percent> per ?cent\b)?",
    re.I,
)
_MORE = re.compile(r"(?:\b(?:over|more than|above|at least|exceeding|beyond|upwards of|north of)\s*)$", re.I)
_EACH = re.compile(r"\s?\w*\s?(?:each|apiece)\b", re.I)
_WHOLE = re.compile(r"([^\W\d_]+) of (?:(?:over|about|some|up to|more than|nearly) )?$", re.I)
_ONE = re.compile(r"\s?(?:single |full |calendar )?(?:years?|months?|weeks?)\b", re.I)
_BEFORE = re.compile(r"([^\W\d_]+)[ -]$")
_NAMING = ("year", "level", "grade", "class", "band", "stage", "version")
_NEAR = 40
# What a mark such as "2:1" counts.
MARK = ":"
_LITTLE = frozenset(words("little"))


@dataclass(frozen=True, slots=True)
class Number:
    """A value, with the stems of what it counts: after it ("%", "year") and before "of" ("a team of 5").

    `more` says that more than it is claimed ("over 60", "60+"); `named` is the word before it ("Sage 50").
    """

    value: float
    unit: str
    whole: str
    named: str
    more: bool
    start: int
    end: int


def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number that a text states. "One" is hardly ever one, save before a scale or a time."""
    found = []
    for match in _FIGURE.finditer(text):
        scale = _SUFFIXES.get(lowered(match["scale"] or ""), 1.0)
        found.append(_number(text, match, _value(match["figure"]) * scale, bool(match["more"])))
    figures = [(one.start, one.end) for one in found]
    for match in _WORDED.finditer(text):
        within = any(start < match.end() and match.start() < end for start, end in figures)
        if match[0].strip() and not within and (value := _worded(match)) is not None:
            found.append(_number(text, match, value, False))
    return tuple(sorted(found, key=lambda one: one.start))


def _worded(match: re.Match[str]) -> float | None:
    scale = _SCALES.get(lowered(match["scale"] or ""))
    single = lowered(match["single"] or "")
    if match["ten"]:
        value = _WORDS[lowered(match["ten"])] + _WORDS[lowered(match["one"])]
    elif single:
        if single == "one" and scale is None and not _ONE.match(match.string, match.end()):
            return None
        value = _WORDS[single]
    elif scale is None:
        return None
    else:
        value = 1.0
    return value * (scale or 1.0)


def _value(figure: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+", figure):
        return float(re.sub(r"[,.' ]", "", figure))
    return float(figure.replace(",", ".").replace(":", "."))


def _number(text: str, match: re.Match[str], value: float, more: bool) -> Number:
    before = text[max(0, match.start() - _NEAR) : match.start()]
    more = more or bool(_MORE.search(before)) or bool(_EACH.match(text, match.end()))
    whole = _WHOLE.search(before)
    following = (
        word for word in WORD.findall(text[match.end() : match.end() + _NEAR]) if word.lower() not in _LITTLE
    )
    unit = "%" if match["percent"] else stem(next(following, ""))
    if ":" in match[0]:
        unit = MARK
    named = _BEFORE.search(before)
    # "Sage 50", "year 11": elsewhere the word before says nothing of the number.
    named_so = stem(named[1]) if named and (named[1][0].isupper() or named[1] in _NAMING) else ""
    return Number(value, unit, stem(whole[1]) if whole else "", named_so, more, match.start(), match.end())


def same_amount(one: float, other: float) -> bool:
    """Whether two numbers are one, rounding of the last figure aside."""
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))
