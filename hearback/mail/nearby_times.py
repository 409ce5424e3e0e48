"""The times of a day that stand in other sentences than the day: tables, lists, "Your time is 10"."""

from dataclasses import replace

from hearback.mail.clock import Span
from hearback.mail.date_lines import Line

# A line of a table whose time belongs to the day of a line above it.
_LONGEST_ROW = 80
_ROW_START = 25
_ROWS_APART = 3
_MOST_ABOVE = 8
# How many lines below the only day of a mail its only time may stand.
_ONLY_REACH = 4


def times_nearby(lines: list[Line], at: int, index: int) -> list[Span]:
    """The times that the day `index` of line `at`, which has none in its own line, takes over."""
    if index + 1 < len(lines[at].days):
        return []
    return _below(lines, at) or _above(lines, at) or _only_time(lines, at)


def _below(lines: list[Line], at: int) -> list[Span]:
    """The times of the lines below, one right after the other: the slots of a day in a list."""
    found: list[Span] = []
    for below in range(at + 1, len(lines)):
        line = lines[below]
        if line.days:
            break
        if line.alone and line.says("end_label") and found:
            end = line.alone[0]
            found[-1] = replace(found[-1], finish=end.begin, zone=found[-1].zone or end.zone)
        elif _is_row(line) and (found or below == at + 1 or line.says("label")):
            found += line.alone
        elif found or below - at >= _ROWS_APART:
            break
    return found


def _above(lines: list[Line], at: int) -> list[Span]:
    """The times of the lines right above a day that stands by itself, "Date: 14 July"."""
    found: list[Span] = []
    listed = lines[at].says("date_label")
    for line in reversed(lines[max(0, at - _MOST_ABOVE) : at]):
        if line.days or not _is_row(line) or not (listed or line.says("label")):
            break
        found = line.alone + found
    return found


def _only_time(lines: list[Line], at: int) -> list[Span]:
    """The one time of a mail that names one day: "We meet you on 5 May. ... Your time is 10:00"."""
    days = {
        on
        for line in lines
        for index, on in enumerate(line.dates)
        if on and line.days[index].told and index not in line.limits
    }
    alone = [(below, span) for below, line in enumerate(lines) for span in line.alone if not span.limit]
    if len(days) != 1 or len(alone) != 1:
        return []
    below, span = alone[0]
    return [span] if at < below <= at + _ONLY_REACH and not lines[below].says("has_been") else []


def _is_row(line: Line) -> bool:
    """Whether a line says little more than a time."""
    return bool(line.alone) and len(line.sentence.norm) <= _LONGEST_ROW and line.alone[0].start <= _ROW_START
