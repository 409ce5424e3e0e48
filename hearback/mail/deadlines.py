"""Until when something is to be done: "by Friday 5 pm ET", "within five business days"."""

import re
from datetime import date, timedelta

from hearback.mail.clock import Span
from hearback.mail.date_words import COUNTS, compiled
from hearback.mail.days import Named
from hearback.mail.sentences import Sentence

_REACH = 45
_LOOK_BACK = 120
# A few words alone need not ask: "By Friday 5 pm".
_SHORT = 30
_UNTIL = frozenset({"until", "till", "bis", "até"})


def limits(norm: str, days: list[Named], slots: list[list[Span]]) -> dict[int, bool]:
    """The days that are deadlines, by their place, and whether they are the reader's own."""
    found: dict[int, bool] = {}
    asks = len(norm) <= _SHORT or compiled("asks").search(norm) is not None
    for index, day in enumerate(days):
        begin = days[index - 1].end if index else 0
        if index and compiled("spans").search(norm[begin : day.start]):
            continue
        before = norm[max(begin, day.start - _LOOK_BACK) : day.start]
        marks = list(compiled("deadline").finditer(before))
        if marks and _is_limit(norm, before, marks[-1], slots[index]):
            found[index] = asks and not compiled("ours").search(before[: marks[-1].start()])
    return found


def _is_limit(norm: str, before: str, mark: re.Match[str], spans: list[Span]) -> bool:
    """Whether the "by" or "deadline" in the words before a day is about that day."""
    head, gap = before[: mark.start()], before[mark.end() :]
    if mark["near"] in _UNTIL and compiled("moves").search(head):
        # "We have to push it out until Friday" names the new day.
        return False
    if mark["far"]:
        return len(gap) <= _REACH and not compiled("talked_of").search(gap)
    if spans and compiled("be_there").search(head):
        return False
    # The time may stand between: "by 5 pm ET on Wednesday".
    for span in spans:
        gap = gap.replace(norm[span.start : span.end], "")
    return compiled("filler").search(gap) is not None


def within(sentence: Sentence, today: date) -> date | None:
    """The last day of "within 5 days", if it is the reader who has so long."""
    for span in compiled("within").finditer(sentence.norm):
        before = sentence.norm[max(0, span.start() - _LOOK_BACK) : span.start()]
        if compiled("ours").search(before) or compiled("then_we").search(sentence.norm[span.end() :]):
            continue
        count = COUNTS.get(span["count"]) or int(span["count"])
        if span["hours"]:
            return today + timedelta(days=-(-count // 24))
        if span["weeks"]:
            return today + timedelta(weeks=count)
        if span["workdays"] or span["work"] or (span["business"] or "").strip() in {"business", "working"}:
            return _working_days(today, count)
        return today + timedelta(days=count)
    return None


def _working_days(today: date, count: int) -> date:
    """`count` working days on, weekends left out."""
    while count > 0:
        today += timedelta(days=1)
        count -= today.weekday() < 5
    return today
