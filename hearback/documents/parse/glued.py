"""Headings that a copied text has in one line with the first entry: "Work Experience Elm Park Hospital"."""

from hearback.documents.lines import Line
from hearback.documents.parse.dates import periods
from hearback.documents.parse.evidence import (
    company_score,
    degrees,
    school_score,
    sentence_like,
    title_score,
)
from hearback.documents.parse.headings import Section, named, sure_alone

_LONGEST = 120
# A heading has at most so many words.
_MOST_WORDS = 4

Headings = dict[int, tuple[Section, str | None]]


def glued_headings(lines: list[Line], found: Headings) -> Headings:
    """The line that begins with the heading of jobs or schools where these have none of their own."""
    have = {section for section, _ in found.values()}
    glued: Headings = {}
    for wanted in (Section.WORK, Section.EDUCATION):
        if wanted in have:
            continue
        for at, line in enumerate(lines):
            rest = _after(line, wanted) if at not in found else ""
            if rest:
                glued[at] = wanted, rest
                break
    return glued


def _after(line: Line, wanted: Section) -> str:
    """What follows the heading in its line; empty where the line begins with none."""
    listed = line.text.split()
    if line.bullet or len(line.text) > _LONGEST or len(listed) < 2:
        return ""
    for size in range(min(_MOST_WORDS, len(listed) - 1), 0, -1):
        head = " ".join(listed[:size])
        rest = line.text[len(head) :].strip(" \t:-–—") if line.text.startswith(head) else ""
        capital = all(word[0].isupper() for word in listed[:size] if len(word) > 3)
        if rest and capital and named(head) is wanted and sure_alone(head):
            return rest if _begins_entry(rest, size) else ""
    return ""


def _begins_entry(rest: str, size: int) -> bool:
    """Whether a text is the head of an entry; after a heading of one word it has to say more."""
    if not (rest[:1].isupper() or rest[:1].isdigit()) or sentence_like(rest):
        return False
    spans = any(not period.single for period in periods(rest))
    told = company_score(rest) >= 0.6 or title_score(rest) >= 0.8 or school_score(rest) >= 0.9
    return spans or told or degrees(rest) is not None or (size > 1 and rest[:1].isupper())
