"""Reads lines of sorted tables where they lie, so that a large one costs neither time nor memory to load."""

from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

_Key = TypeVar("_Key", bytes, float)
_DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> bytes:
    """A file of `data/`: lines that end in a newline, with tabs between what they hold."""
    return (_DATA / name).read_bytes()


def rows(name: str) -> list[list[str]]:
    """All of a small table."""
    return [line.split("\t") for line in table(name).decode().splitlines()]


def line_at(lines: bytes, start: int) -> bytes:
    """The line that begins there, without its newline."""
    return lines[start : lines.index(b"\n", start)]


def first_from(lines: bytes, least: _Key, key: Callable[[bytes], _Key]) -> int:
    """Where the first line begins whose key is `least` or more; their length where there is none.

    The lines are sorted by that key.
    """

    def key_around(position: int) -> _Key:
        return key(line_at(lines, lines.rfind(b"\n", 0, position) + 1))

    # Every byte of a line has the key of the line, so that the first one with a key is where a line begins.
    return bisect_left(range(len(lines)), least, key=key_around)
