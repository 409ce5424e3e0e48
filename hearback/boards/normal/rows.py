"""Reads a board's rows one by one, so that a bad one never loses the others."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from hearback.boards.normal.where import unique
from hearback.boards.posting import Posting, Skipped

_MOST_REASONS = 300


class Unreadable(ValueError):
    """A row that is no job, with the reason in words."""


def read_rows(
    rows: Iterable[object], reader: Callable[[dict[str, object]], Posting | None]
) -> tuple[tuple[Posting, ...], tuple[Skipped, ...]]:
    """The postings of rows, and those rows that could not be read with the reason.

    `reader` gives None for a row that is no open job (a notice, a draft). Rows with the same identity are one
    job, as where a board repeats it for each place: the places of all are kept.
    """
    read: dict[tuple[str, str], Posting] = {}
    skipped = []
    for at, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise Unreadable(f"row {at} is not an object")
            posting = reader(row)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as fault:
            skipped.append(Skipped(_name_of(row, at), _reason(fault)))
            continue
        if posting is not None:
            key = (posting.feed, posting.external_id)
            read[key] = _merged(read[key], posting) if key in read else posting
    return tuple(read.values()), tuple(skipped)


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
    return str(named)[:80] if isinstance(named, str | int) else str(at)


def _reason(fault: Exception) -> str:
    if isinstance(fault, Unreadable):
        return str(fault)[:_MOST_REASONS]
    if isinstance(fault, KeyError):
        return f"lacks {fault.args[0]!r}"[:_MOST_REASONS]
    return f"has a shape that is not known here ({type(fault).__name__})"
