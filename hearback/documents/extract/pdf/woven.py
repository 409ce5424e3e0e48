"""Takes two columns apart that a file weaves together line by line, as if the page were one wide text."""

import statistics
from collections.abc import Iterator, Sequence
from itertools import groupby

from hearback.documents.extract.pdf.rows import Row, share_of_digits

# So many lines in a row with the same two edges are two columns, if both hold words and not dates.
FEWEST_ROWS = 8
LONGEST_DIGITS = 0.25
SHORTEST_TEXT = 14


def unwoven(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of woven columns as rows of the left one and then rows of the right one."""
    found: list[Row] = []
    for key, group in groupby(rows, key=_gutter):
        run = list(group)
        found += _apart(run) if key is not None and _is_woven(run) else run
    return found


def _gutter(row: Row) -> int | None:
    """Where the second of two parts begins, in steps of some points; None for a row that is not of two."""
    return round(row.segments[1].x0 / 6) if len(row.segments) == 2 else None


def _is_woven(rows: Sequence[Row]) -> bool:
    if len(rows) < FEWEST_ROWS:
        return False
    sides = [[Row([row.segments[side]]) for row in rows] for side in (0, 1)]
    worded = all(share_of_digits(side) < LONGEST_DIGITS for side in sides)
    return worded and all(statistics.mean(len(row.text) for row in side) >= SHORTEST_TEXT for side in sides)


def _apart(rows: Sequence[Row]) -> Iterator[Row]:
    for side in (0, 1):
        for row in rows:
            yield Row([row.segments[side]])
