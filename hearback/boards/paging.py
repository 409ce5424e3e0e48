"""Walks the pages of a board: a page that fails ends the walk and never loses the pages before it."""

from collections.abc import Callable
from dataclasses import dataclass

from hearback.boards.faults import BoardFault, Fault

# Steps from the top of an answer to its list of rows.
_DEEPEST = 4


@dataclass(frozen=True)
class Page:
    """The rows of one page; `last` says that no page follows."""

    rows: list[object]
    last: bool = False


@dataclass(frozen=True)
class Walked:
    """The rows of all pages; `full` says that the walk came to the end of the board."""

    rows: tuple[object, ...]
    full: bool
    warnings: tuple[str, ...] = ()


def walk(page: Callable[[int], Page], most: int, *id_keys: str) -> Walked:
    """Take pages 0, 1, ... of at most `most`; raise BoardFault where the first gives nothing.

    The walk ends at the last page, at an empty one, and at one whose rows (by the first of `id_keys` that a
    row has) all came before: some boards give the last page, or the only one, for every number.
    """
    rows: list[object] = []
    seen: set[object] = set()
    for number in range(most):
        try:
            found = page(number)
        except BoardFault as fault:
            if not number:
                raise
            return Walked(tuple(rows), False, (f"Page {number + 1} failed: {fault.words}",))
        new = [row for row in found.rows if (key := _identity(row, id_keys)) is None or key not in seen]
        rows += new
        seen |= {_identity(row, id_keys) for row in new}
        if found.last or not any(_identity(row, id_keys) is not None for row in new):
            return Walked(tuple(rows), True)
    return Walked(tuple(rows), False)


def rows_in(answer: object, *keys: str) -> list[object]:
    """The list of rows in an answer: itself, or what stands under the first of `keys` that it has.

    Boards wrap their answers anew from time to time, and some give several at once: where the list is not
    on top, all lists of that name a few steps further down are taken together. Raises BoardFault where
    there is none: the board has changed its shape.
    """
    if isinstance(answer, list):
        return answer
    inner: list[object] = [answer]
    for _ in range(_DEEPEST):
        objects = [part for part in inner if isinstance(part, dict)]
        for key in keys:
            if lists := [part[key] for part in objects if isinstance(part.get(key), list)]:
                return [row for found in lists for row in found]
        inner = [value for part in objects for value in part.values()]
        inner = [one for value in inner for one in (value if isinstance(value, list) else [value])]
    raise BoardFault(Fault.SHAPE, f"The board's answer has no list {' or '.join(repr(key) for key in keys)}.")


def _identity(row: object, keys: tuple[str, ...]) -> object:
    if not isinstance(row, dict):
        return None
    found = next((row[key] for key in keys if row.get(key)), None)
    return found if isinstance(found, str | int) else None
