"""Joins dates that were parted at the end of a line, such as "Jun 2017 –" and "Feb 2021" below it."""

import re
from collections.abc import Iterable
from dataclasses import replace

from hearback.documents.lines import Line, Span

# The beginnings of months in English, German, French, Spanish, Italian, Portuguese and Dutch.
MONTH = (
    r"(?:jan|gen|ene|f[eé][bv]|m[aär]r|mär|mar|mrt|maa|apr|abr|avr|ma[iygj]|mei|ju[ln]|juin|juil|giu|lug|aug|ago|"
    r"ao[uû]|sep|set|o[ckut]t|out|nov|de[czs]|déc|dic|dez)[^\W\d_]{0,7}\.?"
)
YEAR = r"(?:19|20)\d\d"
# A period whose end is missing; its month may be there.
_OPEN = re.compile(rf"(?:\d|{YEAR}\)?)\s*[-–—]\s*(?:{MONTH})?$", re.I)
# A month without its year, at the end of a line.
_MONTH_ALONE = re.compile(rf"(?:^|[\s|,(·•\t]){MONTH}$", re.I)
# What ends a period: a month with a year, a year, a word or two for now.
_END = re.compile(rf"^(?:{MONTH}\s+)?(?:\d{{1,2}}[./])?{YEAR}\)?(?![\d\w])|^[^\W\d_]{{2,12}}\)?$", re.I)
_YEAR_FIRST = re.compile(rf"^{YEAR}(?![\d\w])", re.I)
LONGEST = 26


def joined_dates(lines: Iterable[Line]) -> list[Line]:
    """The lines with each such date whole on the line that it begins on."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        if above is not None and _goes_on(above, line) and is_parted(above.text, line.text):
            found[-1] = _with(above, line)
        else:
            found.append(line)
    return found


def _goes_on(above: Line, line: Line) -> bool:
    same = above.page == line.page and above.column == line.column and abs(above.size - line.size) < 1
    return same and not line.bullet and line.gap < 0.6 and len(line.text) <= LONGEST and len(line.cells) == 1


def is_parted(above: str, below: str) -> bool:
    """Whether a date begins at the end of one text and ends in the other."""
    if _OPEN.search(above):
        return _END.search(below) is not None
    return _MONTH_ALONE.search(above) is not None and _YEAR_FIRST.search(below) is not None


def _with(above: Line, line: Line) -> Line:
    *cells, last = above.cells or (above.text,)
    spans = (*above.spans, Span(" ", size=line.size), *line.spans)
    text = f"{above.text} {line.text}"
    return replace(
        above, text=text, cells=(*cells, f"{last} {line.text}"), spans=spans, x1=max(above.x1, line.x1)
    )
