"""The head of an entry taken to pieces: what stands between bars, dashes, tabs and telling commas."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import Entry
from hearback.documents.parse.dates import at_edges, without
from hearback.documents.parse.evidence import (
    company_score,
    employment_like,
    place_like,
    school_score,
    title_score,
)
from hearback.documents.parse.rows import Row
from hearback.documents.parse.tables import table, tokens, words

_STRONG = re.compile(r"\t+|\s*[|•·●▪■◆♦]\s*|\s+[–—]+\s+|\s+[-‐]+\s+|\s[-–—]$|\s+//\s+|\s*;\s+|\s@\s|\s~\s")
_AT = re.compile(r"\s(?:at|@|bei|chez|en|presso|na|no|bij)\s(?:the\s)?(?=[A-ZÀ-Þ0-9])")
_TYPE = re.compile(r"\s*[(\[]([^()\[\]]{2,30})[)\]]")


@dataclass(frozen=True)
class Piece:
    """One piece of an entry's head: `key` says where in heads of this form it stands, `bold` how it looks."""

    text: str
    row: Row
    key: tuple[int, int]
    bold: bool


def pieces_of(entry: Entry) -> list[Piece]:
    """The pieces of an entry's head in reading order, without dates and ways of employment."""
    rows = _in_order(entry)
    dated = next((at for at, row in enumerate(rows) if row is entry.dated), 0)
    pieces = []
    for at, row in enumerate(rows):
        for index, text in enumerate(split(styled(row.line))):
            bare = _without_types(text).strip(" \t,;:|–—-•·'\"“”")
            if re.search(r"\w", bare) and not employment_like(bare):
                pieces.append(Piece(bare, row, (at - dated, index), _is_bold(row.line, bare)))
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
        if employment_like(match[1]) or place_like(match[1]):
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


def split(text: str) -> list[str]:
    """The pieces of a line of a head."""
    chunks = [chunk for chunk in _STRONG.split(text) if chunk and chunk.strip(" ,")]
    return [piece for chunk in chunks for piece in _at(chunk.strip())]


def _at(text: str) -> Iterator[str]:
    """ "Engineer at Acme" as its two sides, where the left is a title."""
    match = next((one for one in _AT.finditer(text) if _is_title(text[: one.start()])), None)
    if match and not (place_like(text[match.end() :]) and match[0].strip() != "at"):
        yield text[: match.start()]
        yield from _commas(text[match.end() :])
    else:
        yield from _commas(text)


def _is_title(text: str) -> bool:
    return title_score(text) >= 0.6 and company_score(text) < 0.6


def _commas(text: str) -> Iterator[str]:
    """The sides of the comma that sets title and company apart, and a place at the end."""
    if place_like(text):
        yield text
        return
    parts = _joined(re.split(r",\s*", text))
    keep = len(parts)
    for start in range(1, len(parts)):
        if place_like(", ".join(parts[start:])):
            keep = start
            break
    at = _boundary(parts[:keep])
    if at:
        yield ", ".join(parts[:at])
    yield ", ".join(parts[at:keep])
    if keep < len(parts):
        yield ", ".join(parts[keep:])


def _joined(parts: Iterable[str]) -> list[str]:
    """Without the commas before "Inc." and the like, and without empty sides."""
    joined: list[str] = []
    for part in parts:
        legal = tokens(part) and all(word in words("organisations", "legal") for word in tokens(part))
        if joined and (legal and part.upper() not in table("places")["states"].split()):
            joined[-1] += f", {part}"
        elif part.strip() and not employment_like(part):
            joined.append(part.strip())
    return joined


def _boundary(parts: list[str]) -> int:
    """At which comma a title and a company meet; 0 where at none."""
    for at in range(1, len(parts)):
        left, right = ", ".join(parts[:at]), ", ".join(parts[at:])
        titled, named = title_score(left), title_score(right)
        if titled >= 0.6 and titled > company_score(left) and not _department(parts[at]):
            if named < 0.6 or company_score(right) >= 0.6 or school_score(right):
                return at
        elif (
            titled < 0.5
            and title_score(parts[at]) >= 0.6
            and title_score(parts[at]) > company_score(parts[at])
        ):
            return at
    return 0


def _department(text: str) -> bool:
    listed = tokens(text)
    return (
        bool(listed)
        and all(word in words("roles", "departments") or word in ("and", "of", "team") for word in listed)
        and company_score(text) < 1
    )
