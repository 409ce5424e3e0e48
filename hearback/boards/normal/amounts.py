"""Amounts of money and ranges of them, as they stand in a text."""

import math
import re
from dataclasses import dataclass

_LARGEST = 1e9
_SIGN = r"(?:US|CA|C|CDN|AU|A|NZ|S|SG|HK|R|MX|NT)?\$|[€£₹¥₩₽₪₺]|zł|Rs\.?"
_CODE = (
    r"USD|EUR|GBP|CAD|AUD|NZD|CHF|SGD|HKD|INR|JPY|CNY|KRW|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|ILS|AED|SAR|"
    r"TRY|PHP|THB|IDR|MYR|VND|COP|CLP|ARS|PEN|UAH|BGN|euros?|dollars?|pounds?"
)
_NUMBER = r"\d{1,3}(?:[ .,'’\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?![\d.,]\d)"
_THOUSANDS = r"k\b|lakhs?\b|lpa\b"


def _amount_pattern(which: str) -> str:
    """One amount with a currency before or after it; the names of its groups end in `which`."""
    return (
        rf"(?:(?P<before{which}>{_SIGN}|\b(?:{_CODE})\b) ?)?(?<![\w.,])(?P<number{which}>{_NUMBER})"
        rf" ?(?P<thousands{which}>{_THOUSANDS})?(?: ?(?P<after{which}>{_SIGN}|(?:{_CODE})\b))?"
    )


_TO = r" ?(?:/ ?(?:yr|year|hr|hour|annum) ?)?(?:-|/|–|—|−|to|and|bis|à|a|until|up to) ?"
_RANGE = re.compile(
    rf"(?P<upto>\b(?:up to|bis zu|max\.?|maximum|hasta|jusqu['’]à) )?"
    rf"{_amount_pattern('_1')}(?:{_TO}{_amount_pattern('_2')})?",
    re.IGNORECASE,
)
# An amount that goes on so is no pay.
_LARGE = re.compile(
    r"^ ?(?:m|mm|mn|b|bn|million|billion|milli\w+|mio|%|\+? ?(?:users|customers|employees|people))(?:\b|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Range:
    """An amount or two with the sign or code of their currency, and where in the text they stand."""

    low: float | None
    high: float | None
    sign: str | None
    by_lakh: bool
    start: int
    end: int

    @property
    def both(self) -> bool:
        """Whether two ends are given."""
        return self.low is not None and self.high is not None


def ranges(text: str) -> list[Range]:
    """Every amount or range in a text, but those of millions, of percents and of people."""
    found = (_read(match) for match in _RANGE.finditer(text) if not _LARGE.match(text[match.end() :][:20]))
    return [one for one in found if one is not None]


def number(value: object) -> float | None:
    """A positive amount out of a number or words ("75,000", "75.000 €", "60k"); None for 0 and nonsense."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) and 0 < value < _LARGEST else None
    if not isinstance(value, str) or value.strip().startswith("-"):
        return None
    match = re.search(rf"(?P<number>{_NUMBER}) ?(?P<thousands>{_THOUSANDS})?", value[:60], re.IGNORECASE)
    return _amount(match["number"], match["thousands"]) if match else None


def _read(match: re.Match[str]) -> Range | None:
    # A "k" that stands once counts for both ends, as in "120-150k".
    thousands = match["thousands_1"] or match["thousands_2"]
    low = _amount(match["number_1"], thousands)
    high = _amount(match["number_2"], match["thousands_2"] or thousands) if match["number_2"] else None
    if match["upto"] and high is None:
        low, high = None, low
    if low is None and high is None:
        return None
    sign = match["before_1"] or match["before_2"] or match["after_1"] or match["after_2"]
    # "$70,000 - $90,000 CAD" says the currency in full at its end.
    full = match["after_2"] or match["after_1"]
    by_lakh = (thousands or "").lower().startswith("l")
    named = full if sign == "$" and full and full.isalpha() else sign
    return Range(low, high, named, by_lakh, match.start(), match.end())


def _amount(digits: str, thousands: str | None) -> float | None:
    bare = re.sub(r"[ '’\u202f]", "", digits)
    # A sign before three digits parts thousands; one before one or two digits at the end parts cents.
    cents = re.search(r"[.,](\d{1,2})$", bare)
    whole = re.sub(r"[.,]", "", bare[: cents.start()] if cents else bare)
    value = float(f"{whole}.{cents[1]}") if cents else float(whole)
    if thousands:
        value *= 1_000 if thousands.lower() == "k" else 100_000
    return value if 0 < value < _LARGEST else None
