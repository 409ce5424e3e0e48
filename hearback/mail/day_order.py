"""Whether the figures of a mail's dates put the day or the month first."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hearback.mail.date_words import compiled
from hearback.mail.days import Named
from hearback.mail.sentences import Sentence

_MONTH_FIRST = {
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/Chicago",
    "America/New_York",
}
# Where writers of either order live, or nobody does.
_EITHER = {"", "UTC", "America/Halifax", "Asia/Manila", "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai"}
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-10), timedelta(hours=-4)
_DAY_FIRST_OFFSETS = {timedelta(hours=hours) for hours in (1, 2, 3, 5.5, 10, 11, 12, 13)}


def day_first(
    sentences: list[Sentence], days: Iterable[Named], zones: Iterable[str], sent: datetime | None
) -> bool | None:
    """True for 31/12, False for 12/31; None where nothing settles it or the signs disagree."""
    days = list(days)
    if not any(len(day.readings) > 1 for day in days):
        return None
    # A day over twelve in one date settles all the others.
    orders = {
        day.readings[0][0] == day.first_figure
        for day in days
        if day.first_figure is not None and len(day.readings) == 1 and len(set(day.readings[0])) == 2
    }
    if orders:
        return orders.pop() if len(orders) == 1 else None
    votes = {name in _MONTH_FIRST for name in zones if name not in _EITHER and name[0] not in "+-"}
    signs = {not vote for vote in votes}
    if _is_foreign(sentences):
        signs.add(True)
    elif sent and (offset := sent.utcoffset()) is not None:
        if _WESTERNMOST <= offset <= _EASTERNMOST:
            signs.add(False)
        elif offset in _DAY_FIRST_OFFSETS:
            signs.add(True)
    return signs.pop() if len(signs) == 1 else None


def _is_foreign(sentences: list[Sentence]) -> bool:
    """Whether the mail is in one of the languages that put the day first."""
    foreign = sum(len(compiled("foreign").findall(sentence.norm)) for sentence in sentences)
    english = sum(len(compiled("english").findall(sentence.norm)) for sentence in sentences)
    return foreign > english
