"""The head of an entry taken to pieces: what stands between bars, dashes, tabs and telling commas."""

import re
from dataclasses import dataclass

from hearback.documents.lines import Line
from hearback.documents.parse.dates import at_edges, without
from hearback.documents.parse.entry import Entry
from hearback.documents.parse.evidence import employment_like
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.rows import Row
from hearback.documents.parse.sides import OWN, split

# Ways of employment that people count to the title.
_KEPT = re.compile(r"contract|intern|freelance|temporary|interim", re.IGNORECASE)
# What part of a week one worked, and that a job goes on on the next page.
_SHARE = re.compile(
    r"\d ?%|\b(?:full|part)[- ]time\b|\bhours? (?:per|a) week|^cont(?:inue)?'?d\.?$", re.IGNORECASE
)
_TYPE = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]")


@dataclass(frozen=True)
class Piece:
    """One piece of an entry's head: `key` says where it stands in heads of this form, `bold` how it looks."""

    text: str
    row: Row
    key: tuple[int, int]
    bold: bool
    place: bool = False


def pieces_of(entry: Entry) -> list[Piece]:
    """The pieces of an entry's head in reading order, without dates and ways of employment."""
    rows = _in_order(entry)
    dated = next((at for at, row in enumerate(rows) if row is entry.dated), 0)
    pieces = []
    for at, row in enumerate(rows):
        sides = split(styled(row.line))
        for index, side in enumerate(sides):
            bare = _without_types(side.text).strip(" \t,;:|–—-•·'\"“”")
            for left, right in ("()", "[]"):
                if bare.count(left) > bare.count(right):
                    # The bracket's other half went with the dates.
                    bare = bare[: bare.rindex(left)].rstrip(" ,-–—")
            own = OWN.match(bare) and len(sides) <= 2
            if re.search(r"\w", bare) and (own or not employment_like(bare)):
                bold = _is_bold(row.line, bare)
                pieces.append(Piece(bare, row, (at - dated, index), bold, side.place))
    return pieces


def _in_order(entry: Entry) -> list[Row]:
    rows = [*entry.heads, *([entry.dated] if entry.dated else [])]
    return sorted(rows, key=lambda row: _place_of(row, entry))


def _place_of(row: Row, entry: Entry) -> int:
    """The row's place on its way through the document: lists keep it, except for the dated row."""
    if row is not entry.dated:
        return entry.heads.index(row) * 2
    return entry.dated_at * 2 - 1


def _without_types(text: str) -> str:
    for match in _TYPE.finditer(text):
        share = _SHARE.search(match[1]) is not None
        if share or (employment_like(match[1]) and not _KEPT.match(match[1])) or place_like(match[1]):
            text = text.replace(match[0], " ")
    return text


def _is_bold(line: Line, text: str) -> bool:
    if not line.spans or len(line.spans) == 1:
        return line.bold
    return any(
        span.bold and (text in span.text or (span.text.strip(" ,|") and span.text.strip(" ,|–—-") in text))
        for span in line.spans
    )


def styled(line: Line) -> str:
    """The line without its dates, with a tab where its style changes at a sign that sets apart."""
    text = line.text
    if len(line.spans) > 1 and "".join(span.text for span in line.spans) == text:
        text = ""
        for before, span in zip((None, *line.spans), line.spans, strict=False):
            changed = before is not None and (before.bold, before.italic) != (span.bold, span.italic)
            apart = (
                re.search(r"[,|–—:(-]\s*$", text)
                or re.match(r"\s*[,|–—:(-]", span.text)
                or text.endswith("  ")
            )
            text += ("\t" if changed and apart else "") + span.text
    return without(text, at_edges(text))
