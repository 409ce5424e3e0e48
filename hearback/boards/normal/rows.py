"""Reads a board's rows one by one, so that a bad one never loses the others."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from hearback.boards.normal.where import unique
from hearback.boards.posting import Posting, Skipped

_MOST_REASONS = 300
_UNKNOWN_SHAPES = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
# What no database keeps: a zero byte, and half of a character.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Unreadable(ValueError):
    """A row that is no job, with the reason in words."""


def read_rows(
    rows: Iterable[object], reader: Callable[[dict[str, object]], Posting | None]
) -> tuple[tuple[Posting, ...], tuple[Skipped, ...]]:
    """The postings of rows, and those rows that could not be read with the reason.

    `reader` gives None for a row that is no open job (a notice, a draft). Each row stays a posting,
    also where a board repeats a job for each of its places: `united` makes them one.
    """
    read: list[Posting] = []
    skipped = []
    for at, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise Unreadable(f"row {at} is not an object")
            posting = reader(row)
        except (*_UNKNOWN_SHAPES, RecursionError) as fault:
            skipped.append(Skipped(_name_of(row, at), _reason(fault)))
            continue
        if posting is not None:
            read.append(posting)
    return tuple(read), tuple(skipped)


def united(postings: Iterable[Posting]) -> list[Posting]:
    """One posting for each identity on its board, with the places of all rows that are that job."""
    whole: dict[tuple[str, str, str], Posting] = {}
    for posting in postings:
        key = (posting.board, posting.feed, posting.external_id)
        whole[key] = _merged(whole[key], posting) if key in whole else posting
    return list(whole.values())


def _merged(one: Posting, other: Posting) -> Posting:
    return replace(
        one,
        places=unique([*one.places, *other.places]),
        remote_from=tuple(dict.fromkeys([*one.remote_from, *other.remote_from])),
        remote=one.remote or other.remote,
        salary=one.salary or other.salary,
    )


def _name_of(row: object, at: int) -> str:
    named = row.get("id") or row.get("shortcode") or row.get("uuid") if isinstance(row, dict) else None
    return _UNSTORABLE.sub("?", str(named)[:80]) if isinstance(named, str | int) else str(at)


def _reason(fault: Exception) -> str:
    if isinstance(fault, Unreadable):
        return str(fault)[:_MOST_REASONS]
    if isinstance(fault, KeyError):
        return f"lacks {fault.args[0]!r}"[:_MOST_REASONS]
    return f"has a shape that is not known here ({type(fault).__name__})"
