"""Walks the pages of a board: a page that fails ends the walk and never loses the pages before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hearback.boards.faults import BoardFault, Fault

# Steps from the top of an answer to its list of rows.
_DEEPEST = 8


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


def rows_in(answer: object, *keys: str, like: tuple[str, ...] = ()) -> list[object]:
    """The rows of an answer: itself, or what stands under the first of `keys` that it has.

    Boards wrap their answers anew from time to time, and some give the rows in groups, or groups within
    groups: where the list is not on top, all lists of that name further down are taken together. Where there
    is none, what has all the names of `like` is a row, alone or in a list of another name. Raises BoardFault
    where there is nothing of all this: the board has changed its shape.
    """
    for key in keys:
        if isinstance(answer, dict) and isinstance(answer.get(key), list):
            return list(answer[key])
        grouped = not isinstance(answer, list) or (bool(answer) and all(_holds(one, key) for one in answer))
        if grouped and (lists := list(_lists(answer, key, _DEEPEST))):
            return [row for found in lists for row in found]
    if isinstance(answer, list):
        return answer
    if rows := list(_alike(answer, like, _DEEPEST)) if like else []:
        return rows
    raise BoardFault(Fault.SHAPE, f"The board's answer has no list {' or '.join(repr(key) for key in keys)}.")


def _holds(one: object, key: str) -> bool:
    return isinstance(one, dict) and isinstance(one.get(key), list)


def _lists(answer: object, key: str, depth: int) -> Iterator[list[object]]:
    """Every list under a key, but none within its rows."""
    if isinstance(answer, dict) and isinstance(answer.get(key), list):
        yield answer[key]
    if depth and isinstance(answer, dict | list):
        named = answer.items() if isinstance(answer, dict) else enumerate(answer)
        for name, value in named:
            if name != key:
                yield from _lists(value, key, depth - 1)


def _alike(answer: object, names: tuple[str, ...], depth: int) -> Iterator[object]:
    if isinstance(answer, dict) and all(answer.get(name) for name in names):
        yield answer
    elif depth and isinstance(answer, dict | list):
        for one in answer.values() if isinstance(answer, dict) else answer:
            yield from _alike(one, names, depth - 1)


def _identity(row: object, keys: tuple[str, ...]) -> object:
    if not isinstance(row, dict):
        return None
    found = next((row[key] for key in keys if row.get(key)), None)
    return found if isinstance(found, str | int) else None
