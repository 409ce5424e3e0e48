"""Orders blocks by where they stand, for files whose own order says nothing.

T. M. Breuel, "High performance document layout analysis", 2003: a block comes before another if it stands
above it, or if it stands left of it and no block between them in height reaches over both.
"""

from collections.abc import Sequence
from itertools import pairwise

from hearback.documents.extract.pdf.rows import Block

# The comparison takes the third power of their number.
MOST_BLOCKS = 90


def is_out_of_order(blocks: Sequence[Block]) -> bool:
    """Whether a block follows one that it stands above."""
    return any(_is_above(after, before) and after.is_over(before) for before, after in pairwise(blocks))


def _is_above(one: Block, other: Block) -> bool:
    return one.bottom >= other.top - 0.5 * other.rows[0].size


def sorted_by_place(blocks: Sequence[Block]) -> list[Block]:
    """The blocks in reading order; where places do not decide, the file's order does."""
    if len(blocks) > MOST_BLOCKS:
        return sorted(blocks, key=lambda block: -block.top)
    before = [[_comes_before(one, other, blocks) for one in blocks] for other in blocks]
    left = list(range(len(blocks)))
    found: list[Block] = []
    while left:
        # Those that nothing left comes before; in a circle, that which the fewest come before.
        best = min(left, key=lambda one: (sum(before[one][other] for other in left), one))
        left.remove(best)
        found.append(blocks[best])
    return found


def _comes_before(one: Block, other: Block, blocks: Sequence[Block]) -> bool:
    if one is other:
        return False
    if one.is_over(other):
        return one.top + one.bottom > other.top + other.bottom
    if one.x0 > other.x0:
        return False
    return not any(_parts(block, one, other) for block in blocks)


def _parts(block: Block, one: Block, other: Block) -> bool:
    """Whether a block stands between two others in height and reaches over both."""
    if block is one or block is other or not (block.is_over(one) and block.is_over(other)):
        return False
    high, low = (one, other) if one.bottom > other.bottom else (other, one)
    return _is_above(high, block) and _is_above(block, low)
