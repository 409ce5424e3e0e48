"""Segments of a page put in reading order: rows, and the blocks and columns that they stand in.

The order in the file is trusted first: who wrote it drew one column after the other. Where it cannot be
right, since a block follows one that it stands above, the places decide.
"""

from collections.abc import Sequence
from itertools import pairwise

from hearback.documents.extract.pdf.beside import with_satellites
from hearback.documents.extract.pdf.columns import Part, parts_of
from hearback.documents.extract.pdf.place import is_out_of_order, sorted_by_place
from hearback.documents.extract.pdf.rows import Block, Row
from hearback.documents.extract.pdf.segments import OFF_LINE, Segment
from hearback.documents.extract.pdf.woven import unwoven

# In sizes of the font: a jump so far down or left is to another part of the page.
FAR_DOWN, FAR_LEFT = 2.3, 15.0
# The next cell of a table's row begins higher, but not as high as the next column of the page.
FAR_UP = 6.0


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """The rows of a page in reading order, each with the number of its block and of its column."""
    upright = [one for one in segments if not one.turn]
    turned = [one for one in segments if one.turn]
    parts = [*parts_of(upright), *([Part(turned, side=True)] if turned else [])]
    return _numbered([(_blocks_of(part.segments), part.side) for part in parts])


def _blocks_of(segments: Sequence[Segment]) -> list[Block]:
    rows: list[Row] = []
    for segment in segments:
        if rows and _beside(rows[-1], segment):
            rows[-1].segments.append(segment)
        else:
            rows.append(Row([segment]))
    for row in rows:
        row.segments.sort(key=lambda one: one.x0)
    blocks = with_satellites(_blocks(unwoven(rows)))
    if is_out_of_order(blocks):
        blocks = _blocks([row for block in sorted_by_place(blocks) for row in block.rows])
    return blocks


def _beside(row: Row, segment: Segment) -> bool:
    """Whether a segment that comes next in the file stands on the row's line, and not over it."""
    last = row.segments[-1]
    near = abs(last.base - segment.base) <= OFF_LINE * max(last.size, segment.size)
    return last.turn == segment.turn and near and all(_free(one, segment) for one in row.segments)


def _free(one: Segment, other: Segment) -> bool:
    """Whether two segments do not lie over each other but for half a letter."""
    return other.x0 >= one.x1 - one.size / 2 or other.x1 <= one.x0 + one.size / 2


def _blocks(rows: Sequence[Row]) -> list[Block]:
    """Runs of rows that go down the page without a jump."""
    blocks: list[Block] = []
    for row in rows:
        if blocks and _goes_on(blocks[-1].rows[-1], row):
            blocks[-1].rows.append(row)
        else:
            blocks.append(Block([row]))
    return blocks


def _goes_on(above: Row, row: Row) -> bool:
    size = max(above.size, row.size, 1.0)
    drop = above.base - row.base
    # What starts far left of a date at the right edge goes on with something else.
    aside = row.x0 > above.x1 + size or row.x1 < above.x0 - size or above.x0 - row.x0 > FAR_LEFT * size
    return -0.3 * size < drop < FAR_DOWN * max(row.size, 1.0) and not aside and above.turn == row.turn


def _numbered(parts: Sequence[tuple[Sequence[Block], bool]]) -> list[Row]:
    """The rows with the numbers of their blocks; a column ends where the text goes up the page and aside."""
    column = number = 0
    last: Block | None = None
    for blocks, side in parts:
        for block in blocks:
            if last is not None:
                up = block.top > last.bottom + FAR_UP * last.rows[-1].size
                column += up and not block.is_over(last)
                number += 1
            for row in block.rows:
                row.block, row.column, row.side = number, column, side
            last = block
    rows = [row for blocks, _ in parts for block in blocks for row in block.rows]
    for above, row in pairwise(rows):
        if above.column == row.column:
            row.gap = max(0.0, (above.base - row.base) / (1.2 * max(row.size, 1.0)) - 1.0)
    return rows
