"""Jobs that are told in sentences instead of being set as entries."""

import re
from typing import Any

from hearback.documents.parse.entry import Entry, dates_of
from hearback.documents.parse.found import found

_WORKED_AS = re.compile(
    r"\b(?:work(?:ed|ing|s)?|employed|serv(?:ed|ing)|join(?:ed)?)\s+as\s+(?:an?\s+|the\s+)?(?P<title>[^.;]{3,60}?)\s+(?:at|for|with|in)\s+(?:the\s+)?(?P<company>[A-Z][^.;]{1,60}?(?:\s(?:Ltd|Inc|Pvt|LTD)\.?)*)(?=,|\.|;|\s\(|\s+(?:from|since|until|during|till|as)\b|$)",
)


def told_in(entries: list[Entry]) -> list[dict[str, Any]]:
    """Jobs told in sentences: "Worked as a nurse at Elm Park Hospital from May 2009 to April 2010"."""
    rows = [
        row
        for entry in entries
        for row in (*entry.heads, *([entry.dated] if entry.dated else []), *entry.body)
    ]
    matches = [(row, match) for row in rows if (match := _WORKED_AS.search(row.text))]
    if not matches or len(matches) < len(entries) / 2:
        return []
    return [
        {
            "name": found(match["company"].strip(" ,"), row.line, 0.7),
            "position": found(match["title"], row.line, 0.75),
            **dates_of(Entry(dated=row)),
        }
        for row, match in matches
    ]
