"""Finds the columns of a page, such as a sidebar, by the gutters that no line of text crosses."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hearback.documents.extract.pdf.segments import Segment

# In points: how exactly the lines of a column begin at its left edge, and how high it is at least.
EDGE, LOWEST = 1.5, 110.0
FEWEST_LINES = 5
# A column in which so many lines hold a year is one of dates: those belong to the lines beside them.
MOST_YEARS = 0.35
# Lines of two columns stand level only by chance; those of cells in a table nearly all do.
LEVEL, MOST_LEVEL = 1.2, 0.75
DEEPEST = 4
# A column that is so much narrower than the one beside it is a sidebar.
NARROW = 0.66


@dataclass(frozen=True)
class Part:
    """A part of a page. `side` says that it stands beside the main text, as a sidebar does."""

    segments: Sequence[Segment]
    side: bool = False


def parts_of(segments: Sequence[Segment], side: bool = False, depth: int = 0) -> list[Part]:
    """The parts of a page in reading order: what stands above two columns, each column, what stands below.

    The segments of a part keep the order that they have in the file.
    """
    best = max(_splits(segments), key=lambda parts: min(len(parts[1]), len(parts[2])), default=None)
    if best is None or depth > DEEPEST:
        return [Part(list(segments), side)] if segments else []
    above, left, right, below = best
    # Who wrote the file may want the right column to be read first; a file in disorder wants nothing.
    turned = max(one.order for one in right) < min(one.order for one in left)
    widths = _width(left), _width(right)
    sides = [(left, side or widths[0] < NARROW * widths[1]), (right, side or widths[1] < NARROW * widths[0])]
    columns = reversed(sides) if turned else sides
    return [
        part
        for one, beside in ((above, side), *columns, (below, side))
        for part in parts_of(one, beside, depth + 1)
    ]


def _width(segments: Sequence[Segment]) -> float:
    return max(one.x1 for one in segments) - min(one.x0 for one in segments)


def _splits(segments: Sequence[Segment]) -> list[tuple[list[Segment], ...]]:
    found: list[tuple[list[Segment], ...]] = []
    for edge in _edges(segments):
        for top, bottom in _ranges(segments, edge):
            inside = [one for one in segments if bottom < one.base < top]
            left = [one for one in inside if one.x0 < edge - EDGE]
            right = [one for one in inside if one.x0 >= edge - EDGE]
            if _is_column(left) and _is_column(right) and not _are_cells(left, right):
                above = [one for one in segments if one.base >= top]
                below = [one for one in segments if one.base <= bottom]
                found.append((above, left, right, below))
    return found


def _edges(segments: Sequence[Segment]) -> list[float]:
    """Where many segments begin: the left edges of columns, but for that of the page's text."""
    starts = sorted(one.x0 for one in segments)
    edges: list[float] = []
    for start in starts:
        near = sum(abs(start - other) <= EDGE for other in starts)
        if near >= FEWEST_LINES and (not edges or start - edges[-1] > 2 * EDGE) and start > starts[0] + 20:
            edges.append(start)
    return edges


def _ranges(segments: Sequence[Segment], edge: float) -> list[tuple[float, float]]:
    """The parts of the page's height in which no segment runs over an edge, as tops and bottoms."""
    crossing = [one.base for one in segments if one.x0 < edge - EDGE and one.x1 > edge - EDGE / 2]
    borders = sorted([*crossing, -1e6, 1e6], reverse=True)
    return [(top, bottom) for top, bottom in pairwise(borders) if top - bottom >= LOWEST]


def _is_column(segments: Sequence[Segment]) -> bool:
    if len(_lines(segments)) < FEWEST_LINES:
        return False
    high = max(one.base for one in segments) - min(one.base for one in segments) >= LOWEST / 2
    dated = statistics.mean(
        any(word.isdigit() and len(word) == 4 for word in _words(one)) for one in segments
    )
    return high and dated <= MOST_YEARS


def _words(segment: Segment) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in segment.text).split()


def _are_cells(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the lines of one stand level with those of the other, and are written along with them."""
    apart = max(part.order for part in left) < min(part.order for part in right)
    apart = apart or max(part.order for part in right) < min(part.order for part in left)
    if apart:
        return False
    one, other = sorted((_lines(left), _lines(right)), key=len)
    # Only where both go on: above or below the other, a column is level with nothing.
    shared = [base for base in one if other[0] - LEVEL <= base <= other[-1] + LEVEL]
    level = sum(any(abs(base - near) <= LEVEL for near in other) for base in shared)
    return len(shared) < FEWEST_LINES - 1 or level >= MOST_LEVEL * len(shared)


def _lines(segments: Sequence[Segment]) -> list[float]:
    """The heights of their lines, from the lowest."""
    return sorted({round(one.base, 1) for one in segments})
