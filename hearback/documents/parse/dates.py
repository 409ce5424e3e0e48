"""Dates and spans of time as CVs write them, in seven languages, brought to ISO 8601 as far as they go."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from hearback.documents.parse.tables import pattern, phrases, table

_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"


@dataclass(frozen=True)
class Period:
    """A date or a span in a text: `first` and `last` are where it stands; start and end are ISO, or None.

    `now` says that it has not ended; `expected` that its end lies ahead. `single`: one date, no span.
    """

    first: int
    last: int
    start: str | None = None
    end: str | None = None
    now: bool = False
    single: bool = False
    expected: bool = False


class _Atom(NamedTuple):
    first: int
    last: int
    iso: str
    kind: str


@cache
def months() -> dict[str, int]:
    """The number of each month, by its names and their short forms in small letters."""
    listed: list[str] = table("dates")["months"]
    return {name: number for number, names in enumerate(listed, 1) for name in names.split("|")}


def _any(key: str) -> str:
    # The longest first, so that "present" is not taken for its beginning. Some are patterns themselves.
    return "|".join(part if "[" in part else re.escape(part) for part in phrases("dates", key))


@cache
def _atom() -> re.Pattern[str]:
    month = "|".join(sorted(months(), key=len, reverse=True))
    separator = r"[\s./,'’‘-]{0,3}(?:de |of |del )?"
    forms = (
        rf"(?P<now>{_any('now')})(?!\w)",
        rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de )?(?P<m1>{month})\.?{separator}"
        rf"(?P<y1>{_YEAR})(?!\d)",
        rf"(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})(?!\d)",
        rf"(?P<m3>{month})\.?{separator}(?P<y3>{_YEAR})(?!\d)",
        rf"(?P<m4>{month})\.?(?:\s*['’‘]\s*|[-./]|\s(?=\d\d\s*(?:[-–—]|to\b|$)))(?P<y4>\d\d)(?![\d:])",
        rf"(?P<y5>{_YEAR})[-/.](?P<m5>0?[1-9]|1[0-2])(?:[-/.](?P<d5>[0-2]?\d|3[01]))?(?!\d)",
        rf"(?P<d6>[0-2]?\d|3[01])[./-](?P<m6>[0-2]?\d|3[01])[./-](?P<y6>{_YEAR})(?!\d)",
        rf"(?P<m7>0?[1-9]|1[0-2])\s?[./-]\s?(?P<y7>{_YEAR})(?!\d)",
        r"(?P<m9>0[1-9]|1[0-2])/(?P<y9>\d\d)(?![\d/])",
        rf"(?:(?:{_any('seasons')})\.?[\s']+(?:of )?)?(?P<y8>{_YEAR})"
        rf"(?=(?:\s*{_YEAR})?(?!\d)|to\b)(?!\s*(?:%|\+|€|\$|x\b))",
        rf"(?P<m10>{month})\.?(?!\w)",
    )
    glued = rf"(?P<now2>{_any('now')})(?!\w)"
    return re.compile(
        rf"(?<![\w$€£.,+])(?:{'|'.join(forms)})|(?<=(?<!\d){_YEAR})(?:(?P<y11>{_YEAR})(?!\d)|{glued})", re.I
    )


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"[\s.,)]*(?:{_any('between')})?[\s(:]*", re.IGNORECASE)


@cache
def _before(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(key)})[\s:.]*\(?$", re.IGNORECASE)


_SHORT_END = re.compile(r"\s?[-–—/]\s?(\d\d)(?![\d/.-]|\s*%)")
_ONWARDS = re.compile(r"\s*(?:onwards?\b|\+|[-–—]\s*(?:$|[)|,]|(?=\t)))", re.IGNORECASE)


@lru_cache(maxsize=4096)
def periods(text: str) -> tuple[Period, ...]:
    """Every date and span in a text, in order."""
    atoms = [atom for match in _atom().finditer(text) if (atom := _read(match))]
    found: list[Period] = []
    at = 0
    while at < len(atoms):
        here = atoms[at]
        after = atoms[at + 1] if at + 1 < len(atoms) else None
        pair = _pair(text, here, after) if after else None
        if pair:
            found.append(pair)
        elif here.kind == "date":
            found.append(_alone(text, here))
        at += 2 if pair else 1
    return tuple(found)


def _read(match: re.Match[str]) -> _Atom | None:
    """One date, one month without a year (for "Jun - Aug 2019"), or a word for now."""
    parts = {key: value for key, value in match.groupdict().items() if value}
    if "now" in parts or "now2" in parts:
        return _Atom(match.start(), match.end(), "", "now")
    by = {key[0]: value for key, value in parts.items()}
    month = by.get("m", "")
    number = months().get(month.lower(), 0) or (int(month) if month.isdigit() else 0)
    day = int(by.get("d", 0))
    if number > 12 >= day:
        number, day = day, number
    if "y" not in by:
        return _Atom(match.start(), match.end(), f"{number:02d}", "month")
    year = by["y"] if len(by["y"]) == 4 else ("20" if int(by["y"]) < 50 else "19") + by["y"]
    if number > 12 or day > 31:
        return None
    iso = year + (f"-{number:02d}" if number else "") + (f"-{day:02d}" if number and day else "")
    return _Atom(match.start(), match.end(), iso, "date")


def _pair(text: str, here: _Atom, after: _Atom) -> Period | None:
    """A span of two dates, or of a date and now, where only a dash or "to" stands between them."""
    between = text[here.last : after.first]
    if len(between) > 12 or not _between().fullmatch(between) or here.kind == "now":
        return None
    if "," in between and not re.search(r"[-–—]", between):
        return None
    if here.kind == "month":
        ends = after.kind == "date" and len(after.iso) >= 7
        return Period(here.first, after.last, f"{after.iso[:4]}-{here.iso}", after.iso) if ends else None
    backwards = after.kind == "date" and after.iso[: len(here.iso)] < here.iso[: len(after.iso)]
    if after.kind == "month" or backwards:
        return None
    expected = bool(_before("expected").search(text[: after.first]))
    return Period(
        here.first, after.last, here.iso, after.iso or None, now=after.kind == "now", expected=expected
    )


def _alone(text: str, here: _Atom) -> Period:
    short = _SHORT_END.match(text, here.last)
    if short and len(here.iso) == 4 and int(short[1]) > int(here.iso[2:]):
        return Period(here.first, short.end(), here.iso, here.iso[:2] + short[1])
    since = _before("open_since").search(text[: here.first])
    if since:
        return Period(since.start(), here.last, here.iso, now=True)
    onwards = _ONWARDS.match(text, here.last)
    if onwards and text[here.last : onwards.end()].strip():
        return Period(here.first, onwards.end(), here.iso, now=True)
    expected = bool(_before("expected").search(text[: here.first]))
    return Period(here.first, here.last, here.iso, single=True, expected=expected)


# What sets a date apart within a line.
_SIGNS = frozenset("|–—-\t•·")
_NAMED = pattern("forms", "dates", r"(?<!\w)(?:%s)\s*:\s*$")
_WORDS_LEFT = re.compile(r"\(\s*\)|\[\s*\]|\(\s*(?=[,;|])", re.I)
_DURATION = pattern("forms", "duration", "%s")


def without(text: str, found: tuple[Period, ...]) -> str:
    """The text without these dates, the words that lead to them, empty brackets and durations."""
    rest = text
    for period in reversed(found):
        head = rest[: period.first]
        for key in ("expected", "since"):
            head = _before(key).sub("", head)
        head = _NAMED.sub("", head)
        rest = f"{head}\t{rest[period.last :]}"
    if found:
        rest = _DURATION.sub(" ", rest)
    rest = _WORDS_LEFT.sub(" ", re.sub(r"[(\[]\s*[\t ]*[)\]]", " ", rest))
    rest = re.sub(r"[ \t]*\t[ \t]*", "\t", rest).strip("\t ")
    return re.sub(r"^[\s,;|·•:–—)\]-]+|[\s,;|·•:–—(\[-]+$", "", rest)


def _stands_apart(before: str, after: str) -> bool:
    """Whether a date begins or ends its line, or signs set it apart on both sides."""
    if not before.strip(" (,|–—-\t") or not after.strip(" ).,|–—-:\t"):
        return True
    return before.rstrip(" (")[-1:] in _SIGNS and after.lstrip(" )")[:1] in _SIGNS


def at_edges(text: str) -> tuple[Period, ...]:
    """The dates of a line that could be those of an entry: spans, or a single one at an end of the line."""
    found = periods(text)
    spans = tuple(one for one in found if not one.single)
    if spans:
        return spans
    edge = [one for one in found if _stands_apart(text[: one.first], text[one.last :])]
    return tuple(edge[-1:])


def now_like(text: str) -> bool:
    """Whether a text is but a word for a time that has not ended, such as "ongoing"."""
    return re.fullmatch(_any("now"), text.strip(" ()[].:"), re.IGNORECASE) is not None
