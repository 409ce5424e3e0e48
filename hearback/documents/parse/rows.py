"""The lines of a section as rows: which head an entry, which bear its dates, and which are its text."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from hearback.documents.lines import Line
from hearback.documents.parse.contact import URL
from hearback.documents.parse.dates import Period, at_edges, without
from hearback.documents.parse.evidence import company_score, degrees, school_score, sentence_like, title_score
from hearback.documents.parse.fields import apart, bare_field, whole_names
from hearback.documents.parse.tables import fold, pattern, table
from hearback.documents.parse.wrap import right_edge, was_full

_FIELD = re.compile(rf"^(?:{table('degrees')['courses']}|{table('degrees')['grade']})\s*:", re.IGNORECASE)
_LABEL = pattern("forms", "label", r"^(?:%s)\s*(?::|$)")
_STRAY = re.compile(r"\W+|st|nd|rd|th")
_MOST_WORDS = 16


class Role(StrEnum):
    """What a row does in its section."""

    HEAD = "head"
    DATED = "dated"
    BODY = "body"


@dataclass(frozen=True)
class Row:
    """A line, what dates stand in it, and what is left without them."""

    line: Line
    role: Role
    found: tuple[Period, ...] = ()
    rest: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return self.line.text


def rows_of(lines: list[Line]) -> list[Row]:
    """Each line of a section with its role, judged with the lines around it."""
    lines = _without_first_bullet([line for line in lines if line.text.strip()])
    widest = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)] if lines else 0
    left = min((line.x0 for line in lines if line.x0), default=0.0)
    right = right_edge(lines)
    bulleted = _entries_are_bulleted(lines)
    bold = _bold_marks_heads(lines)
    rows: list[Row] = []
    for line in apart(whole_names(map(bare_field, lines))):
        row = _row(line, bulleted, bold)
        if (
            rows
            and row.role is not Role.BODY
            and _continues(rows[-1], row, widest, left)
            and (row.text[:1].islower() or was_full(rows[-1].line, line, right))
        ):
            row = replace(row, role=Role.BODY)
        if row.role is Role.HEAD and (not row.rest or _STRAY.fullmatch(row.rest)) and not row.found:
            # Nothing but a length of time, "2 years 10 months", or what was set high beside a number.
            continue
        rows.append(row)
    return _with_bulleted_employers(rows)


def _with_bulleted_employers(rows: list[Row]) -> list[Row]:
    """A bulleted employer right above a title with dates in plain letters is no text of the job before."""
    for at, (row, after) in enumerate(pairwise(rows)):
        plain = row.line.bullet and not (after.line.bullet or after.line.bold)
        below = plain and after.role is Role.DATED and title_score(after.rest) >= 0.6
        if below and row.role is Role.BODY and _is_employer(row.text):
            rows[at] = Row(replace(row.line, bullet=False), Role.HEAD, (), without(row.text, ()))
    return rows


def _is_employer(text: str) -> bool:
    named = company_score(text) >= 0.6 and title_score(text) < 0.6
    return named and len(text.split()) <= 14 and not sentence_like(text, True)


def _without_first_bullet(lines: list[Line]) -> list[Line]:
    """Where a copy kept a list's first bullet alone, that line is no text of an entry."""
    if len(lines) < 2 or not lines[0].bullet or lines[1].bullet:
        return lines
    first = lines[0]
    known = company_score(first.text) >= 0.6 or school_score(first.text) >= 0.9
    head = _is_dated(first, at_edges(first.text)) or (known and not sentence_like(first.text, True))
    return [replace(first, bullet=False), *lines[1:]] if head else lines


def _entries_are_bulleted(lines: list[Line]) -> bool:
    """Whether each entry is itself one of a list: then the dates stand in bulleted lines alone."""
    dated = [line for line in lines if _is_dated(line, at_edges(line.text))]
    with_bullet = [line for line in dated if line.bullet]
    return len(with_bullet) > len(dated) / 2 and len(with_bullet) >= 0.5 * sum(line.bullet for line in lines)


def _bold_marks_heads(lines: list[Line]) -> bool:
    bold = sum(line.bold for line in lines)
    return 0 < bold <= len(lines) * 0.6


def _is_dated(line: Line, found: tuple[Period, ...]) -> bool:
    if not found:
        return False
    rest = without(line.text, found)
    if not rest:
        return True
    if not re.search(r"[^\W\d_]{2}", rest):
        return False
    long = len(rest.split()) > (_MOST_WORDS if not found[0].single else 12)
    return not long and not _LABEL.match(rest) and not sentence_like(rest.rstrip("."), line.bullet)


def _row(line: Line, bulleted: bool, bold: bool) -> Row:
    found = at_edges(line.text)
    rest = without(line.text, found)
    if _is_address(line.text):
        return Row(line, Role.BODY, (), line.text)
    if line.bullet and not bulleted and not (bold and line.bold):
        return Row(line, Role.BODY, found, rest)
    if _is_dated(line, found):
        return Row(line, Role.DATED, found, rest)
    if _LABEL.match(line.text) or _FIELD.match(line.text):
        return Row(line, Role.BODY, (), line.text)
    short = len(line.text.split()) <= _MOST_WORDS
    if (line.bold or line.heading) and short:
        return Row(line, Role.HEAD, (), without(line.text, ()))
    if line.bullet or sentence_like(line.text):
        return Row(line, Role.BODY, (), line.text)
    return Row(line, Role.HEAD, (), _bare(line.text))


def _is_address(text: str) -> bool:
    """Whether a line is a web address, and not an employer that calls itself by one: "ELMBANK.COM"."""
    named = text[:1].isupper() and "/" not in text and not text.lower().startswith("www")
    return URL.fullmatch(text.strip()) is not None and not named


def _bare(text: str) -> str:
    """The text, or nothing where it is but a length of time."""
    timed = re.sub(
        r"[\d\s+,.()]|years?|yrs?|months?|mos?|jahre?|monate?|ans?|mois|and|und|et", "", text.lower()
    )
    return text if timed else ""


def _continues(before: Row, row: Row, widest: int, left: float) -> bool:
    """Whether a row goes on with the text that the one before it began."""
    line = row.line
    if (
        before.role is not Role.BODY
        or URL.fullmatch(before.text.strip())
        or line.bold
        or line.heading
        or line.bullet
    ):
        return False
    if row.role is Role.DATED and (not row.rest or len(line.cells) > 1 or not row.found[0].single):
        return False
    if line.block and line.block != before.line.block and line.gap:
        return False
    closed = bool(re.search(r"[.!?:;]$", before.text))
    indented = bool(line.x0) and line.x0 > left + 4 and line.x0 >= before.line.x0 - 2
    if indented and line.gap < 0.8 and line.page == before.line.page and not closed:
        return True
    long = len(before.text) >= 0.72 * widest and len(before.text) > 45
    strong = title_score(row.rest) >= 0.9 or company_score(row.rest) >= 1 or degrees(row.rest)
    return (
        long
        and not closed
        and line.gap < 0.8
        and not (strong and line.text[:1].isupper())
        and not line.x0 > before.line.x0 + 60
    )


def first_word(text: str) -> str:
    """The first word, folded."""
    return (fold(text).split() or [""])[0]
