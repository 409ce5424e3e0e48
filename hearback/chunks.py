"""Cutting something long into lists, for work that is done in bulk and never held as a whole."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut `things` into lists of `size`, the last one shorter."""
    source = iter(things)
    while chunk := list(islice(source, size)):
        yield chunk
