"""Months of work out of the dates of a CV, each counted once however many entries it stands in."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

# From the first of these months to before the second, each counted from year 0.
Span = tuple[int, int]
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-\d{1,2})?")


def span_of(entry: Mapping[str, Any], today: dt.date) -> Span | None:
    """The months of an entry by its startDate and endDate; without an end it goes on. None without a start.

    Years without months are counted from January to January: from 2019 to 2021 is two years, no more.
    """
    first = _month(entry.get("startDate"))
    if first is None:
        return None
    now = today.year * 12 + today.month - 1
    start, whole_year = first
    end = _month(entry.get("endDate"))
    if end is None:
        last = now
    else:
        # A month that is named is counted as worked; a year alone is not.
        last = end[0] if end[1] else end[0] + 1
        if end[1] and whole_year and end[0] == start:
            last = start + 6
    last = min(last, now)
    return (start, last) if last > start else None


def has_ended(entry: Mapping[str, Any], today: dt.date) -> bool:
    """Whether an entry is over: its end has passed, or it names no dates at all."""
    end = _month(entry.get("endDate"))
    if end is None:
        return not entry.get("startDate")
    return end[0] <= today.year * 12 + today.month - 1


def years(spans: Iterable[Span]) -> float:
    """The length of spans in years, what they share counted once."""
    months, counted = 0, 0
    for start, end in sorted(spans):
        months += max(0, end - max(start, counted))
        counted = max(end, counted)
    return months / 12


def _month(value: Any) -> tuple[int, bool] | None:
    """A date as its month from year 0, and whether only the year was given."""
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    month = int(found[2]) if found[2] else 1
    return (int(found[1]) * 12 + min(max(month, 1), 12) - 1, not found[2])
