"""Joins words that were parted at the end of a line, and tells them from those that have a hyphen."""

import re
from collections.abc import Iterable
from dataclasses import replace

from hearback.documents.lines import Line, Span, spans_after

_PARTED = re.compile(r"([^\W\d_]+)[-‐\u00ad]$")
_REST = re.compile(r"^([^\W\d_]+)(\S*)\s*")
# First parts that keep their hyphen: "cross-functional", "long-term", "self-service".
_KEPT = frozenset(
    {
        "all", "back", "best", "client", "co", "cost", "cross", "cutting", "data", "day", "decision", "end",
        "ex", "fast", "first", "five", "forward", "four", "front", "full", "half", "hands", "high", "higher",
        "in", "just", "large", "life", "long", "low", "mid", "multi", "near", "new", "next", "non", "object",
        "off", "on", "one", "open", "over", "part", "peer", "post", "pre", "problem", "process", "product",
        "quasi", "re", "real", "result", "role", "security", "self", "semi", "short", "single", "small",
        "state", "step", "team", "tech", "third", "three", "time", "top", "two", "user", "value", "vice",
        "web", "well", "world", "year",
    }
)  # fmt: skip


def joined(lines: Iterable[Line], hyphenates: bool) -> list[Line]:
    """The lines with each parted word whole on the line that it begins on.

    `hyphenates` says whether the program parts words; others break lines only at a hyphen that is there.
    """
    found: list[Line] = []
    known = _with_hyphens(lines := list(lines))
    for line in lines:
        above = found[-1] if found else None
        parted = _PARTED.search(above.text) if above else None
        rest = _REST.match(line.text)
        if above and parted and rest and rest[1][0].islower() and _goes_on(above, line):
            first, second = parted[1].lower(), rest[1].lower()
            kept = not hyphenates or first in _KEPT or f"{first}-{second}" in known
            kept = kept or above.text[: parted.start()].endswith("-")
            word = rest[1] + rest[2]
            found[-1] = _with_end(above, parted.end(1), ("-" if kept else "") + word)
            below = line.text[rest.end() :]
            if below:
                found.append(_from(line, below))
            continue
        found.append(line)
    return found


def _goes_on(above: Line, line: Line) -> bool:
    return not line.bullet and above.column == line.column and abs(above.size - line.size) < 1


def _with_hyphens(lines: Iterable[Line]) -> set[str]:
    """The words that stand with a hyphen within a line."""
    return {word.lower() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text)}


def _with_end(line: Line, at: int, end: str) -> Line:
    """The line with what follows place `at`, its hyphen, made `end`."""
    text = line.text[:at] + end
    *others, last = line.spans or (Span(line.text),)
    cut = len(line.text) - at
    spans = (*others, replace(last, text=last.text[: len(last.text) - cut] + end))
    return replace(line, text=text, cells=(*line.cells[:-1], text.rpartition("\t")[2]), spans=spans)


def _from(line: Line, text: str) -> Line:
    """The line without what went to the line above."""
    spans = spans_after(line.spans, len(line.text) - len(text))
    return replace(line, text=text, cells=tuple(text.split("\t")), spans=spans)
