"""What the words around a day make of it: past, given up, the end of a span, or of no interview."""

from dataclasses import replace

from hearback.mail.date_words import compiled
from hearback.mail.days import Named

# How far behind words of the past, or of other things, a day may stand that they speak of.
_CUE_REACH = 45
_LOOK_BACK = 110


def judged(norm: str, days: list[Named]) -> list[Named]:
    """The days of a sentence, those that are not to be told or that give way to others marked."""
    found: list[Named] = []
    for index in range(len(days)):
        found.append(_judged(norm, days, index, bool(found and found[-1].old)))
    return found


def _judged(norm: str, days: list[Named], index: int, after_old: bool) -> Named:
    """The day with what the words around it make of it."""
    day = days[index]
    begin = days[index - 1].end if index else 0
    before = norm[max(begin, day.start - _LOOK_BACK) : day.start]
    behind = norm[day.end : days[index + 1].start if index + 1 < len(days) else len(norm)]
    moved = compiled("moves").search(norm) is not None
    if compiled("old_before").search(before) or compiled("old_after").search(behind):
        return replace(day, old=True)
    if moved and (
        compiled("from").search(before) or compiled("planned").search(behind) or _is_moved(before, behind)
    ):
        return replace(day, old=True)
    first = index + 1 < len(days) and _opens_span(before, behind)
    last = index > 0 and not after_old and _opens_span(norm[: days[index - 1].start], before)
    if compiled("onward").search(before):
        day = replace(day, bare=True)
    head = norm[: days[_head(norm, days, index)].start]
    if compiled("no_day").search(head[-_LOOK_BACK:]) or _is_any(norm, day):
        return replace(day, told=False)
    shut = compiled("not_then_after").search(behind) or compiled("week_before").search(before)
    if first or last or shut or behind.startswith("'s ") or _of_other(before):
        return replace(day, told=False)
    return day


def _is_any(norm: str, day: Named) -> bool:
    """Whether the day is no certain one: "could you come in one Friday"."""
    return any(
        match.end() == day.start for match in compiled("any_day").finditer(norm, max(0, day.start - 5))
    )


def _is_moved(before: str, behind: str) -> bool:
    """Whether it is this day that is left: "we have to move Tuesday", and not the one moved to."""
    verbs = list(compiled("moves").finditer(before))
    if not verbs:
        return bool(compiled("moves").search(behind[:_CUE_REACH])) and not compiled("goes_to").search(before)
    between = before[verbs[-1].end() :]
    return len(between) <= _CUE_REACH and not compiled("goes_to").search(between)


def _head(norm: str, days: list[Named], index: int) -> int:
    """The first of the days that are only counted up: "Tuesday, Wednesday or Friday"."""
    while index and compiled("listed").search(norm[days[index - 1].end : days[index].start]):
        index -= 1
    return index


def _opens_span(before: str, between: str) -> bool:
    """Whether two days are the ends of a span: "Monday to Friday", "between 11 and 15 May"."""
    counted = compiled("between").search(before) and compiled("and").match(between)
    return bool(counted or compiled("spans").search(between))


def _of_other(before: str) -> bool:
    """Whether the words before a day speak of what has been, or of no interview."""
    cues = list(compiled("has_been", "other_thing", "not_then").finditer(before))
    if not cues:
        return False
    between = before[cues[-1].end() :]
    return len(between) <= _CUE_REACH and not compiled("talked_of").search(between)
