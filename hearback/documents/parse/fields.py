"""The lines of a section without the names of their fields, and with names whole that a line's end broke."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hearback.documents.lines import Line
from hearback.documents.parse.evidence import title_score
from hearback.documents.parse.tables import pattern

_NAMED = pattern("forms", "field", r"^(?:%s)\s*:\s*(?=\S)")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{3,80})[)\]]\s*[.,]?$")
# "Clerk - Kept the books of nine branches", with dates in brackets or without.
_TITLE_AND_TEXT = re.compile(
    r"(?P<title>[A-ZÀ-Þ][^.;:!?]{2,90}?)\s+[-–—]\s+(?P<text>[A-Z][a-z]+(?:ed|ee|te|se|ge|de|ve|le|ok|ew|an|ly)\s(?:\S+\s+){4,}\S+.*)"
)
_DATES = re.compile(r"\([^()]*\d{4}[^()]*\)")
_GOES_ON = re.compile(r"(?:of|and|&|for|de|der|du|della|do|da)\s[A-ZÀ-Þ][^.;:!?]*$")


def whole_names(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a name that was broken before "of" as one: "Elm University" and "of Reno, NV"."""
    held: Line | None = None
    for line in lines:
        broken = _GOES_ON.match(line.text) and not line.bullet and len(line.text) < 60
        inside = held is not None and held.text.count("(") > held.text.count(")") < line.text.count(")")
        open_end = held is not None and 25 < len(held.text) < 110 and held.text[-1] not in ".:;!?"
        if held is not None and ((broken and open_end) or (inside and not line.bullet)):
            text = f"{held.text} {line.text}"
            held = replace(held, text=text, cells=(text,), spans=())
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def apart(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with a title and the text that follows it after a dash on a line each."""
    for line in lines:
        match = _TITLE_AND_TEXT.match(line.text)
        title = _DATES.sub("", match["title"]) if match else ""
        if match is None or line.spans[1:] or title_score(title) < 0.8 or len(title.split()) > 9:
            yield line
            continue
        yield replace(line, text=match["title"], cells=(match["title"],), spans=(), bullet=False)
        yield replace(line, text=match["text"], cells=(match["text"],), spans=(), bullet=line.bullet, gap=0.0)


def bare_field(line: Line) -> Line:
    """The line without the name of its field: "Position: Cook" as "Cook"."""
    if len(line.text) > 110:
        return line
    text = _without_brackets(line.text)
    match = _NAMED.match(text)
    if match is None and text == line.text:
        return line
    text = text[match.end() if match else 0 :]
    return replace(line, text=text, cells=(text,), spans=(), bullet=line.bullet and not match)


def _without_brackets(text: str) -> str:
    """ "[Research Assistant]" without its brackets, and "Elm Bank (Designation: Clerk)" as two cells."""
    match = _BRACKETED.search(text)
    if match is None:
        return text
    field = _NAMED.match(match[1])
    if match.start() == 0:
        return match[1] if field or title_score(match[1]) >= 0.6 else text
    return f"{text[: match.start()].rstrip()}\t{match[1][field.end() :]}" if field else text
