"""Jobs that are told in sentences instead of being set as entries."""

import re
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.dates import at_edges
from hearback.documents.parse.entry import Entry, dates_of
from hearback.documents.parse.evidence import title_score
from hearback.documents.parse.found import found
from hearback.documents.parse.rows import Role, Row

_ENDS = r"(?=,|\.|;|\s\(|\s+(?:from|since|until|during|till|as)\b|$)"
_COMPANY = r"(?P<company>(?-i:[A-Z]|x{2,}\b)[^.;,]{1,60}?(?:,?\s(?:Ltd|Inc|Pvt|Limited)\b\.?)*)"
_DID = r"\b(?:work(?:ed|ing|s)?|employed|serv(?:ed|ing)|join(?:ed)?|associated)"
_WORKED_AS = re.compile(
    rf"{_DID}\s+as\s+(?:an?\s+|the\s+)?(?P<title>(?:Sr\.|Jr\.|[^.;]){{3,60}}?)\s+(?:at|for|with|in)\s+(?:the\s+|m/s\.?\s+)?"
    rf"{_COMPANY}{_ENDS}",
    re.IGNORECASE,
)
# "Worked with Acme Ltd. as a clerk".
_WORKED_WITH = re.compile(
    rf"{_DID}\s+(?:at|for|with|in)\s+(?:the\s+|m/s\.?\s+)?{_COMPANY},?\s+(?:[^.;]{{0,30}}?\s)?as\s+(?:an?\s+|the\s+)?"
    rf"(?P<title>(?:Sr\.|Jr\.|[^.;,]){{3,60}}?){_ENDS}",
    re.IGNORECASE,
)


def told_in(entries: list[Entry]) -> list[dict[str, Any]]:
    """Jobs told in sentences: "Worked as a nurse at Elm Park Hospital from May 2009 to April 2010"."""
    lines = [row.line for entry in entries for row in entry.rows]
    matches = [(line, text, match) for line, text in _sentences(lines) if (match := _sentence(text))]
    whole = sum(entry.dated is not None and bool(entry.heads or entry.dated.rest) for entry in entries)
    if not matches or (len(matches) < len(entries) / 2 and whole):
        return []
    return [
        {
            "name": found(match["company"].strip(" ,"), line, 0.7),
            "position": found(match["title"], line, 0.75),
            **dates_of(Entry(dated=Row(line, Role.DATED, at_edges(text)))),
        }
        for line, text, match in matches
    ]


def _sentences(lines: list[Line]) -> list[tuple[Line, str]]:
    """Each sentence that tells of a job with what of it stands in the next line."""
    whole: list[tuple[Line, str]] = []
    for line in lines:
        begins = line.bullet or not whole or whole[-1][1].rstrip().endswith((".", "!", ":"))
        if begins or re.match(rf"(?i).{{0,12}}{_DID}", line.text):
            whole.append((line, line.text))
        else:
            whole[-1] = whole[-1][0], f"{whole[-1][1]} {line.text}"
    return whole


def _sentence(text: str) -> re.Match[str] | None:
    match = _WORKED_AS.search(text) or _WORKED_WITH.search(text)
    return match if match and title_score(match["title"]) >= 0.5 else None
