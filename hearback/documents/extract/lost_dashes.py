"""Puts back the dash of a span of time where a copy lost it and left two spaces, or a sign that is none."""

import re

from hearback.documents.extract.parted_dates import MONTH, YEAR

_DATE = rf"(?:(?:{MONTH}[\s,'’.]{{1,3}}|(?:0?[1-9]|1[0-2])\s?[/.]\s?)?{YEAR})"
_NOW = r"(?:present|current|now|today|till (?:date|now)|to ?date|ongoing|heute|aktuell|actualidad)"
# What two spaces, or a dash that was read in the wrong alphabet, look like.
_GAP = r"(?:[ \xa0]{2,3}|\s\u00e2[\x80-\x9f\s]{1,3}|\s\\xc3\\xa2\s{1,2})"
# Two years in columns are no span if a dash stands beside either.
_LOST = re.compile(
    rf"(?<![-–—/\w.])(?P<start>{_DATE}){_GAP}(?=(?P<end>{_DATE}|{_NOW})(?![\w%])(?!\s?[-–—/]))",
    re.IGNORECASE,
)
_SPAN_BEFORE = re.compile(r"[-–—]\s*$|\\x[0-9a-f]{2}\s*$")


def with_dashes(text: str) -> str:
    """The text with " – " between two dates that only wide space sets apart, the earlier first."""
    return _LOST.sub(lambda match: _joined(match, text), text)


def _joined(match: re.Match[str], text: str) -> str:
    before = text[max(match.start() - 8, 0) : match.start()]
    years = [int(year) for part in ("start", "end") for year in re.findall(YEAR, match[part])]
    forward = len(years) < 2 or years[0] <= years[1]
    return f"{match['start']} – " if forward and not _SPAN_BEFORE.search(before) else match[0]
