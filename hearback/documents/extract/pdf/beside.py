"""Puts what stands beside a line, but elsewhere in the file, onto it, such as dates at the right edge.

Programs that set pages by a grid write the left cell with all its lines and then the right one; browsers
write whatever floats before all else.
"""

from collections.abc import Sequence

from hearback.documents.extract.bullets import ALONE, without_bullet
from hearback.documents.extract.parted_dates import LONGEST, is_parted
from hearback.documents.extract.pdf.glyphs import Glyph
from hearback.documents.extract.pdf.rows import Block, Row, share_of_digits
from hearback.documents.extract.pdf.segments import Segment

# In sizes of the font: how far two texts of one line may stand apart in height.
TOLERANCE = 0.3
# More rows than these make a column of its own.
MOST_ROWS = 4


def with_satellites(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that belong beside others; their rows are cells of the others' rows."""
    for block in blocks:
        _mend(block)
    kept = list(blocks)
    for block in blocks:
        if len(block.rows) <= MOST_ROWS and not _is_of_a_column(block, blocks):
            host = _host(block, kept)
            if host is not None:
                _attach(block, host)
                kept = [one for one in kept if one is not block]
    return kept


def _mend(block: Block) -> None:
    """Make a date that narrow cells part one text again, on the row that it begins on."""
    first = block.rows[0]
    while len(block.rows) > 1 and len(block.rows[1].segments) == len(first.segments) == 1:
        one, other = first.segments[0], block.rows[1].segments[0]
        if len(other.text) > LONGEST or not is_parted(one.text, other.text):
            return
        last = one.glyphs[-1]
        one.glyphs += [Glyph(" ", last.x1, last.x1, last.base, last.style), *other.glyphs]
        one.x1 = max(one.x1, other.x1)
        del block.rows[1]


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
    near: list[tuple[float, int]] = []
    for place, other in enumerate(blocks):
        row = _aligned(block.rows[0], other) if other is not block else None
        if row is None or not _inside(block, other):
            continue
        right, left = block.x0 - row.x1, row.x0 - block.x1
        # In the left margin stand dates, but headings and cells of several lines too: those stay as they are.
        dated = len(block.rows) == 1 and any(sign.isdigit() for sign in block.rows[0].text)
        # What stands right of a date is what happened then: the text, and no addition to it.
        adds = share_of_digits([row]) <= share_of_digits(block.rows)
        if right >= -row.size / 2 and adds and _is_free(block, other):
            near.append((right, place))
        elif left >= -row.size / 2 and dated:
            near.append((left, place))
    return blocks[min(near)[1]] if near else None


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
