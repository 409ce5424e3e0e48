"""The text of an entry: its highlights, each whole over its lines, and its running text."""

import re

from hearback.documents.lines import Line
from hearback.documents.parse.evidence import sentence_like
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.rows import Row, first_word
from hearback.documents.parse.tables import pattern, words
from hearback.documents.parse.wrap import right_edge, was_full

_LEAD = pattern("forms", "lead", r"^(?:%s)\s*:?$")


def texts_of(rows: list[Row], sure: float = 0.9) -> tuple[Found | None, list[Found]]:
    """The running text and the highlights of an entry's body."""
    return texts_in([row.line for row in rows], sure)


def texts_in(lines: list[Line], sure: float = 0.9) -> tuple[Found | None, list[Found]]:
    """The same of lines."""
    whole = joined([line for line in lines if not _LEAD.match(line.text)])
    listed = any(line.bullet for line, _ in whole)
    running: list[tuple[Line, str]] = []
    highlights: list[tuple[Line, str]] = []
    for line, text in whole:
        single = (
            line.bullet or (not listed and len(whole) > 1 and _tells_deed(text)) or (listed and highlights)
        )
        (highlights if single else running).append((line, text))
    summary = found(" ".join(text for _, text in running), running[0][0], sure) if running else None
    return summary, [value for line, text in highlights if (value := found(text, line, sure))]


def _tells_deed(text: str) -> bool:
    return first_word(text) in words("roles", "doing") and len(text.split()) > 3


def joined(lines: list[Line]) -> list[tuple[Line, str]]:
    """Lines put together where one goes on with the text of the one before."""
    whole: list[tuple[Line, str]] = []
    right = right_edge(lines)
    for last, line in zip([None, *lines], lines, strict=False):
        text = line.text.replace("\t", " ")
        full = last is None or was_full(last, line, right)
        if whole and not line.bullet and _goes_on(whole[-1], line, full):
            before = whole[-1][1]
            # A word broken at a hyphen keeps it: "on-" and "call" are "on-call".
            space = "" if re.search(r"\w[-/]$", before) and line.text[:1].islower() else " "
            whole[-1] = whole[-1][0], f"{before}{space}{text}"
        else:
            whole.append((line, text))
    return whole


def _goes_on(before: tuple[Line, str], line: Line, full: bool) -> bool:
    head, text = before
    if line.text[:1].islower() or re.search(
        r"(?:[,&(-]|\b(?:and|or|of|to|the|for|with|in|und|et|y|e|de))$", text
    ):
        return True
    paragraph = not line.x1 and head.block != line.block
    if (
        paragraph
        or not full
        or line.gap >= 0.8
        or re.match(r"[^\W\d_][^:]{2,30}: ", line.text)
        or (line.heading and not head.heading)
    ):
        return False
    closed = bool(re.search(r"[.!?:]$", text))
    if head.block and head.block == line.block and len(text) > 40:
        return not closed or not head.bullet or sentence_like(line.text)
    return not closed and len(text) > 40
