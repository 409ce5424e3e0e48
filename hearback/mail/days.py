"""The days that a sentence names, against the day on which the mail came."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hearback.mail.date_words import DAYS, MONTHS, RELATIVE, compiled

# A date without a year is the nearest one that is not longer ago than this.
_PAST = timedelta(days=60)
_APART = re.compile(r"\b(?:or|and|oder|und|ou|et|o|y|e|of|en)\b|[&/\d]")
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where its words stand; `weekday` if they are no more than a weekday's name."""

    day: date
    start: int
    end: int
    weekday: bool


def find(norm: str, today: date | None) -> list[Day]:
    """The days in a sentence; a weekday and the date beside it are one.

    Without `today` only dates with a year are found.
    """
    pattern = compiled("iso", "day_month", "month_day", "numeric", "weekday", "relative")
    days: list[Day] = []
    for match in pattern.finditer(norm):
        day = _day(match, today)
        if day is None:
            continue
        weekday = match["weekday"] is not None
        before = days[-1] if days else None
        if before is None or not _adjoin(norm, before, match.start()):
            days.append(Day(day, match.start(), match.end(), weekday))
        elif before.weekday and not weekday:
            days[-1] = Day(day, before.start, match.end(), False)
        elif weekday and before.day.weekday() == DAYS[match["weekday"]]:
            days[-1] = Day(before.day, before.start, match.end(), before.weekday)
        else:
            days.append(Day(day, match.start(), match.end(), weekday))
    return days


def _adjoin(norm: str, before: Day, start: int) -> bool:
    """Whether nothing but a comma or an article stands between two dates."""
    return start - before.end <= _NEAR and not _APART.search(norm, before.end, start)


def _day(match: re.Match[str], today: date | None) -> date | None:
    try:
        if match["iso"]:
            year, month, day = match["iso"].split("-")
            return date(int(year), int(month), int(day))
        if match["month"]:
            month_number = MONTHS[match["month"].rstrip(".")]
            return _dated(match["myear"], month_number, int(match["dmonth"]), today)
        if match["amonth"]:
            month_number = MONTHS[match["amonth"].rstrip(".")]
            return _dated(match["ayear"], month_number, int(match["aday"]), today)
        if match["n1"]:
            return _numeric(match, today)
        if today is None:
            return None
        if match["relative"]:
            return today + timedelta(days=RELATIVE[match["relative"]])
        return _weekday(match, today)
    except (ValueError, OverflowError):
        return None


def _weekday(match: re.Match[str], today: date) -> date:
    """The next such day; with "next" the one in the week after, as most people mean it."""
    ahead = (DAYS[match["weekday"]] - today.weekday()) % 7
    following = (match["next"] or "").strip() in {"next", "nächsten"} or match["after"]
    if following and ahead and today.weekday() + ahead < 7:
        ahead += 7
    return today + timedelta(days=ahead or 7)


def _numeric(match: re.Match[str], today: date | None) -> date | None:
    """12.3.2026 is day first; 3/12/2026 is month first unless that is no month."""
    if match["sep"] == "." and not match["nyear"] and not match[0].endswith("."):
        return None
    first, second = int(match["n1"]), int(match["n2"])
    year = match["nyear"]
    year = f"20{year}" if year and len(year) == 2 else year
    day_first = match["sep"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    return _dated(year, month, day, today)


def _dated(year: str | None, month: int, day: int, today: date | None) -> date | None:
    if year:
        return date(int(year), month, day)
    if today is None:
        return None
    guess = date(today.year, month, day)
    return date(today.year + 1, month, day) if guess < today - _PAST else guess
