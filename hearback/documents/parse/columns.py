"""Puts dates and places that stand in a column of their own back beside the lines that they belong to."""

from dataclasses import replace

from hearback.documents.lines import Line
from hearback.documents.parse.dates import periods, without
from hearback.documents.parse.placed import place_like

# How far apart, in points, the tops of lines may lie that stand beside each other.
_SAME_HEIGHT = 3.0
_MOST = 4
_LOOK_BACK = 40


def beside(lines: list[Line]) -> list[Line]:
    """The lines with each column of dates as cells of the line at the height of its first."""
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        target = _target(kept, lines[at]) if end > at else None
        if target is None:
            kept.append(lines[at])
            at += 1
            continue
        texts = [line.text for line in lines[at:end]]
        cells = (*(kept[target].cells or (kept[target].text,)), *texts)
        text = "\t".join([kept[target].text, *texts])
        kept[target] = replace(kept[target], text=text, cells=cells, spans=())
        at = end
    return kept


def _end(lines: list[Line], at: int) -> int:
    """Where a run of nothing but dates, places and lengths of time ends; `at` where none begins."""
    first = lines[at]
    if not first.x0 or first.bullet or first.heading:
        return at
    end = at
    while end < len(lines) and end - at < _MOST and _is_margin(lines[end], first):
        end += 1
    dated = any(periods(line.text) for line in lines[at:end])
    return end if dated else at


def _is_margin(line: Line, first: Line) -> bool:
    if (line.page, line.column) != (first.page, first.column) or line.bullet:
        return False
    found = periods(line.text)
    return place_like(line.text) or (bool(found) and not without(line.text, found)) or _only_time(line)


def _only_time(line: Line) -> bool:
    """Whether a line is a length of time, which `without` takes out only beside a date."""
    return (
        len(line.text) < 25 and line.text[:1].isdigit() and not without(f"2020 {line.text}", periods("2020"))
    )


def _target(kept: list[Line], first: Line) -> int | None:
    """The line at the same height on the same page, beside it, and in another column."""
    for index in range(len(kept) - 1, max(len(kept) - _LOOK_BACK, -1), -1):
        line = kept[index]
        if line.page != first.page:
            return None
        if abs(line.top - first.top) <= _SAME_HEIGHT and _apart(line, first) and line.column != first.column:
            return index
    return None


def _apart(one: Line, other: Line) -> bool:
    return one.x1 <= other.x0 or other.x1 <= one.x0
