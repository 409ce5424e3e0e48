"""Segments of a page put in reading order: rows, and the blocks and columns that they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hearback.documents.extract.pdf.segments import OFF_LINE, Segment


@dataclass(slots=True)
class Row:
    """Segments that are read as one line, from left to right."""

    segments: list[Segment] = field(default_factory=list)
    block: int = 0
    column: int = 0

    @property
    def x0(self) -> float:
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def base(self) -> float:
        return self.segments[0].base

    @property
    def size(self) -> float:
        return max(segment.size for segment in self.segments)


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """The rows of a page in reading order, each with its block."""
    rows: list[Row] = []
    for segment in segments:
        if rows and _beside(rows[-1], segment):
            rows[-1].segments.append(segment)
        else:
            rows.append(Row([segment]))
    for row in rows:
        row.segments.sort(key=lambda segment: segment.x0)
    _number(rows)
    return rows


def _beside(row: Row, segment: Segment) -> bool:
    """Whether a segment that comes next in the file stands on the row's line, and not over it."""
    last = row.segments[-1]
    near = abs(last.base - segment.base) <= OFF_LINE * max(last.size, segment.size)
    free = all(
        segment.x0 >= one.x1 - one.size / 2 or segment.x1 <= one.x0 + one.size / 2 for one in row.segments
    )
    return last.turn == segment.turn and near and free


def _number(rows: Sequence[Row]) -> None:
    """Give each row its block: a new one begins where the text jumps up, or far down, or aside."""
    block = column = 0
    for previous, row in pairwise(rows):
        drop = previous.base - row.base
        aside = row.x0 > previous.x1 or row.x1 < previous.x0
        if drop <= 0 or (aside and drop > 3 * row.size):
            column += drop <= 0 and aside
            block += 1
        elif drop > 2.2 * max(row.size, previous.size):
            block += 1
        row.block, row.column = block, column
