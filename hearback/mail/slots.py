"""Which times of day belong to which day of a sentence."""

from hearback.mail.clock import Span
from hearback.mail.date_words import compiled
from hearback.mail.days import Named

# How far behind its day a time may stand, and how far before.
_BEHIND = 160
_BEFORE = 40


def paired(norm: str, days: list[Named], spans: list[Span]) -> list[list[Span]]:
    """For each day its times: those behind it up to the next day, or those close before it."""
    slots: list[list[Span]] = [[] for _ in days]
    led: set[int] = set()
    for span in spans:
        at = sum(day.start <= span.start for day in days) - 1
        if _belongs_to_next(norm, days, at, span, led):
            slots[at + 1].append(span)
            led.add(at + 1)
        elif at >= 0 and span.start - days[at].end <= _BEHIND:
            slots[at].append(span)
    for index in range(len(days) - 2, -1, -1):
        # "Tuesday or Wednesday at 10".
        gap = norm[days[index].end : days[index + 1].start]
        if not slots[index] and not days[index].part and compiled("listed").search(gap) and gap.strip(" "):
            slots[index] = slots[index + 1]
    return slots


def _belongs_to_next(norm: str, days: list[Named], at: int, span: Span, led: set[int]) -> bool:
    """Whether a time leads the day behind it: "2 pm on Wednesday"."""
    if at + 1 >= len(days) or days[at + 1].start - span.end > _BEFORE:
        return False
    gap = norm[span.end : days[at + 1].start]
    if at < 0 or compiled("belongs").search(gap):
        return True
    return at in led and compiled("before_day").search(gap) is not None
