"""Puts what stands beside a line, but elsewhere in the file, onto it, such as dates at the right edge.

Programs that set pages by a grid write the left cell with all its lines and then the right one; browsers
write whatever floats before all else.
"""

from collections.abc import Sequence

from hearback.documents.extract.bullets import ALONE, without_bullet
from hearback.documents.extract.pdf.rows import Block, Row
from hearback.documents.extract.pdf.segments import Segment

# In sizes of the font: how far two texts of one line may stand apart in height.
TOLERANCE = 0.3
# More rows than these make a column of its own.
MOST_ROWS = 4


def with_satellites(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that belong beside others; their rows are cells of the others' rows."""
    kept = list(blocks)
    for block in blocks:
        if len(block.rows) <= MOST_ROWS and not _is_of_a_column(block, blocks):
            host = _host(block, kept)
            if host is not None:
                _attach(block, host)
                kept = [one for one in kept if one is not block]
    return kept


def _is_of_a_column(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether the block before or after it in the file stands in the same strip and has many lines."""
    place = next(index for index, one in enumerate(blocks) if one is block)
    near = [blocks[index] for index in (place - 1, place + 1) if 0 <= index < len(blocks)]
    return any(_same_strip(block, one) and max(len(one.rows), len(block.rows)) > 2 for one in near)


def _same_strip(one: Block, other: Block) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.5 * max(one.x1 - one.x0, other.x1 - other.x0)


def _host(block: Block, blocks: Sequence[Block]) -> Block | None:
    """The block whose lines it stands beside."""
    for other in blocks:
        if other is block:
            continue
        row = _aligned(block.rows[0], other)
        if row is None or not _inside(block, other):
            continue
        right = block.x0 >= row.x1 - row.size / 2
        left = block.x1 <= row.x0 + row.size / 2
        # In the left margin stand dates, but headings too: those stay lines of their own.
        if (right and _is_free(block, other)) or (
            left and any(sign.isdigit() for sign in block.rows[0].text)
        ):
            return other
    return None


def _aligned(row: Row, block: Block) -> Row | None:
    near = (one for one in block.rows if one.turn == row.turn)
    found = min(near, key=lambda one: abs(one.base - row.base), default=None)
    if found is None or abs(found.base - row.base) > TOLERANCE * max(found.size, row.size):
        return None
    return found


def _inside(block: Block, other: Block) -> bool:
    """Whether it reaches hardly above or below the other."""
    more = 2.5 * block.rows[0].size
    return block.top <= other.top + more / 2 and block.bottom >= other.bottom - more


def _is_free(block: Block, other: Block) -> bool:
    """Whether no line of the other runs through it."""
    return all(
        row.x1 <= block.x0 + row.size / 2
        for row in other.rows
        if block.bottom - 0.1 * row.size <= row.base <= block.top
    )


def _attach(block: Block, host: Block) -> None:
    """Make its rows cells: of the line beside each, or of the first if that line is part of a text."""
    at = _aligned(block.rows[0], host)
    for number, row in enumerate(block.rows):
        beside = _aligned(row, host)
        if number and beside is not None and _is_short(beside, host):
            at = beside
        if at is not None:
            at.segments = _joined(at, row)


def _joined(row: Row, more: Row) -> list[Segment]:
    """The cells of both from left to right; those beside come in the order that they were written in."""
    first = row.segments[0]
    if more.x0 > first.x0:
        return [*row.segments, *more.segments]
    before = [one for one in row.segments if one.x1 <= more.x1]
    return [*before, *more.segments, *row.segments[len(before) :]]


def _is_short(row: Row, block: Block) -> bool:
    """Whether a row is a line of its own, such as a title, and no entry of a list nor part of a paragraph."""
    place = next(index for index, one in enumerate(block.rows) if one is row)
    entry = next((one for one in reversed(block.rows[: place + 1]) if _is_entry(one)), None)
    if entry is not None and (entry is row or row.x0 > entry.x0 + 1):
        return False
    return place + 1 == len(block.rows) or row.x1 - row.x0 < 0.6 * (block.x1 - block.x0)


def _is_entry(row: Row) -> bool:
    return without_bullet(row.text)[1] or row.segments[0].text in ALONE
