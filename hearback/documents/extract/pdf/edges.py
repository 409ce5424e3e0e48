"""Parts a text where a column begins in it: at a gap that is narrow, but at the edge of many lines."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hearback.documents.extract.pdf.glyphs import Glyph
from hearback.documents.extract.pdf.segments import WIDE_GAP, Segment

# In sizes of the font: narrower gaps are spaces between words, and those over WIDE_GAP part anyway.
NARROW_GAP = 0.75
# So many other lines begin at an edge, this exactly in points.
FEWEST, EDGE = 4, 1.0


def parted_at_edges(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those that run over the left edge of a column parted there; their order is kept."""
    starts = sorted(one.x0 for one in segments if not one.turn)
    parts = [part for one in segments for part in _parts(one, starts)]
    for number, part in enumerate(parts):
        part.order = number
    return parts


def _parts(segment: Segment, starts: Sequence[float]) -> Iterator[Segment]:
    inked = [glyph for glyph in segment.glyphs if glyph.sign != " "]
    wide = (right.x0 for left, right in pairwise(inked) if _is_gap(left, right))
    cuts = [x for x in wide if _is_edge(x, starts)]
    rest = segment.glyphs
    for cut in cuts:
        yield Segment(segment.order, [one for one in rest if one.x0 < cut]).close()
        rest = [one for one in rest if one.x0 >= cut]
    yield Segment(segment.order, rest).close() if cuts else segment


def _is_gap(left: Glyph, right: Glyph) -> bool:
    size = min(left.style.size, right.style.size)
    return NARROW_GAP * size <= right.x0 - left.x1 <= WIDE_GAP * size


def _is_edge(x: float, starts: Sequence[float]) -> bool:
    first = bisect_left(starts, x - EDGE)
    return first + FEWEST <= len(starts) and starts[first + FEWEST - 1] <= x + EDGE
