"""Whether a line of running text was broken because the page was full, or ended of itself."""

from collections.abc import Iterable

from hearback.documents.lines import Line

# Which share of the width a line and the next word have to exceed: edges are ragged, and letters differ.
_FULL = 0.93
# How many letters a line of plain text has at least where it was broken.
_NARROWEST = 60


def right_edge(lines: Iterable[Line]) -> float:
    """Where text reaches to on the right, in points; 0 where lines have no places."""
    return max((line.x1 for line in lines if len(line.cells) < 2 and "\t" not in line.text), default=0.0)


def was_full(before: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word had no room left in the line before."""
    if not before.text or not line.text:
        return True
    first = line.text.split()[0]
    if not right:
        return len(before.text) + 1 + len(first) > _NARROWEST
    letter = (before.x1 - before.x0) / len(before.text)
    return before.x1 + (len(first) + 1) * letter - before.x0 > _FULL * (right - before.x0)
