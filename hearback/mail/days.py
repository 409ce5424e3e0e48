"""The days that a sentence names, in its words; nearest.py says which dates they are, day_context.py whether they count."""

import re
from dataclasses import dataclass

from hearback.mail.date_words import (
    ALSO_ORDINALS,
    ALSO_VERBS,
    DAYS,
    MONTHS,
    RELATIVE,
    compiled,
)
from hearback.mail.sentences import Sentence

# Between the parts of one date: "Tuesday, the 12th of May", "12 May (Tuesday)".
_ADJOINING = re.compile(r"[\s,.()|·⋅-]*(?:(?:the|der|den|dem|am|el|le|il|of|dia|día)\s)?")
_NEAR = 8
_FOLLOWED_BY_DATE = ("iso", "day_month", "month_day", "numeric", "weekday", "relative", "ordinal")


@dataclass(frozen=True, slots=True)
class Named:
    """What the words between `start` and `end` say of a day; None and empty where they do not.

    `readings` are (day, month), two if figures can be read in either order. `number` is a day of
    a month that is not named. `lead` says "next" or the like of a weekday. `told` is False for what
    is no one day to come: the past, a span of days, "every Tuesday", the day of something else.
    `old` is the day that another one takes the place of. `bare` is what needs a time
    beside it to be told; `first_figure` is the first of figures without a certain order.
    """

    start: int
    end: int
    readings: tuple[tuple[int, int], ...] = ()
    year: int | None = None
    number: int | None = None
    weekday: int | None = None
    lead: str = ""
    ahead: int | None = None
    part: str = ""
    told: bool = True
    old: bool = False
    bare: bool = False
    first_figure: int | None = None

    @property
    def dated(self) -> bool:
        return bool(self.readings) or self.number is not None


def named(sentence: Sentence) -> list[Named]:
    """The days in a sentence; a weekday and the date beside it are one."""
    norm = sentence.norm
    pattern = compiled(*_FOLLOWED_BY_DATE)
    found = [day for match in pattern.finditer(norm) if (day := _read(match, sentence)) is not None]
    return _joined(norm, found)


def masked(norm: str, days: list[Named]) -> str:
    """`norm` with the words of days made unreadable, so that their figures are no times of day."""
    for day in days:
        norm = norm[: day.start] + "¤" * (day.end - day.start) + norm[day.end :]
    return norm


def _read(match: re.Match[str], sentence: Sentence) -> Named | None:
    start, end = match.span()
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split(match["isep"]))
        return Named(start, end, ((day, month),), year)
    if match["month"]:
        reading = (int(match["dmonth"]), MONTHS[match["month"].rstrip(".")])
        start = match.start("dmonth")
        return Named(start, end, (reading,), _year(match["myear"]), told=not match["several"])
    if match["amonth"]:
        reading = (int(match["aday"]), MONTHS[match["amonth"].rstrip(".")])
        return Named(start, end, (reading,), _year(match["ayear"]), told=not match["through"])
    if match["n1"]:
        return _figures(match)
    if match["nth"]:
        return Named(start, end, number=int(match["nth"]))
    if match["weekday"]:
        return _weekday(match, sentence)
    ahead = next(days for group, days in RELATIVE.items() if match[group])
    part = compiled("part").search(match[0]) if ahead == 0 else None
    words = match["rpart"] or (part[0] if part else "")
    return Named(start, end, ahead=ahead, part=words, told=ahead is not None)


def _weekday(match: re.Match[str], sentence: Sentence) -> Named | None:
    word = match["weekday"]
    at = match.start("weekday")
    if word in ALSO_VERBS and not _is_name(sentence, at, match.end("weekday")):
        return None
    lead = (match["lead"] or "").strip() or (match["trail"] or "").strip()
    if word in ALSO_ORDINALS and not (
        lead or match["number"] or compiled("also_follow").search(sentence.norm[match.end("weekday") :])
    ):
        return None
    number = int(match["number"]) if match["number"] else None
    told = not compiled("untold").fullmatch(lead)
    return Named(
        *match.span(), weekday=DAYS[word], lead=lead, number=number, part=match["wpart"] or "", told=told
    )


def _is_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether "sat" or "wed" is the day: it has a capital, for its own sake or before a date."""
    own = start > 0 and sentence.norm[start - 2] not in ".!?:"
    return sentence.text[start].isupper() and bool(own or compiled("verb_follow").search(sentence.norm[end:]))


def _figures(match: re.Match[str]) -> Named | None:
    """12.3.2026 is day first; 3/12/2026 may be either."""
    first = int(match["n1"])
    if match["d2"]:
        return Named(*match.span(), ((first, int(match["d2"])),))
    if match["s2"]:
        return Named(*match.span(), _orders(first, int(match["s2"])), bare=True, first_figure=first)
    if match["sep"] == "-" and len(match["nyear"]) != 4:
        return None
    second = int(match["n2"])
    if match["sep"] == ".":
        return Named(*match.span(), ((first, second),), _year(match["nyear"]))
    return Named(*match.span(), _orders(first, second), _year(match["nyear"]), first_figure=first)


def _orders(first: int, second: int) -> tuple[tuple[int, int], ...]:
    """(day, month) with the day first, then with the month first, as far as there is such a month."""
    both = [(day, month) for day, month in ((first, second), (second, first)) if month <= 12]
    return tuple(dict.fromkeys(both))


def _year(words: str | None) -> int | None:
    digits = re.sub(r"\D", "", words or "")
    return int(digits[-2:]) + 2000 if digits else None


def _joined(norm: str, found: list[Named]) -> list[Named]:
    """Parts of one date put together: "tomorrow, Tuesday 5 May"."""
    days: list[Named] = []
    for index, day in enumerate(found):
        before = days[-1] if days else None
        after = found[index + 1] if index + 1 < len(found) else None
        heads_next = bool(after and not day.dated and after.dated and _adjoin(norm, day, after))
        if before and _adjoin(norm, before, day) and _fit(before, day, heads_next):
            days[-1] = _both(before, day)
        else:
            days.append(day)
    return days


def _adjoin(norm: str, before: Named, day: Named) -> bool:
    gap = norm[before.end : day.start]
    return len(gap) <= _NEAR and _ADJOINING.fullmatch(gap) is not None


def _fit(before: Named, day: Named, heads_next: bool) -> bool:
    """Whether two parts can be one date: each says what the other leaves open."""
    if before.dated and (day.dated or heads_next):
        return False
    if before.weekday is not None and day.weekday is not None:
        return False
    return before.ahead is None or day.ahead is None


def _both(one: Named, other: Named) -> Named:
    return Named(
        one.start,
        other.end,
        one.readings or other.readings,
        one.year or other.year,
        one.number if one.number is not None else other.number,
        one.weekday if one.weekday is not None else other.weekday,
        one.lead or other.lead,
        one.ahead if one.ahead is not None else other.ahead,
        one.part or other.part,
        one.told and other.told,
        bare=(one.bare or other.bare) and one.weekday is None and other.weekday is None,
        first_figure=one.first_figure or other.first_figure,
    )
