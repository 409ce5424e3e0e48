"""Times of day in words: "9:30-10 am ET", "14 Uhr", "at 3", "half past two"."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, time

from hearback.mail import hours
from hearback.mail.date_words import compiled, is_morning
from hearback.mail.hours import Clock
from hearback.mail.sentences import Sentence
from hearback.mail.zones import Zone, zone_at

# "Friday evening at 9", but "afternoon from 11" is before noon all the same.
_LAST_EVENING_HOUR = 10
# English says "at 3.50" of money and marks as well.
_WEAK = frozenset({"at", "around", "about", "from", "after"})
# "À 16 heures" is a time, "about 4 hours" a length.
_AT_HOURS = frozenset({"à", "a las", "a la", "las", "às", "dès", "vers"})
_BEHIND_DAY = re.compile(r"¤[\s,:(]{1,3}$")
_BEHIND_TIME = re.compile(r"(?:,|,? (?:or|and|oder|und|ou|et|o|y|e|of|en)) ")


@dataclass(frozen=True, slots=True)
class Span:
    """A time of day, perhaps with its end, and where it stands in the sentence.

    `limit` if it says only until when; `loose` if morning and afternoon are a guess.
    """

    begin: time
    finish: time | None
    start: int
    end: int
    zone: Zone | None
    limit: bool = False
    loose: bool = False

    def within(self, part: str) -> "Span":
        """The same time on a day of which the mail names the part: "Friday evening at 8"."""
        if not part or not self.loose:
            return self
        if is_morning(part):
            shift = -12 if self.begin.hour > 12 else 0
        else:
            shift = 12 if self.begin.hour < _LAST_EVENING_HOUR else 0
        finish = self.finish and hours.later(self.finish, shift)
        return replace(self, begin=hours.later(self.begin, shift), finish=finish)


def times(sentence: Sentence, masked: str, sent: datetime | None) -> list[Span]:
    """The times of day in a sentence; `masked` is its norm with "¤" over the words of days."""
    found: list[Span] = []
    for match in compiled("time").finditer(masked):
        before = masked[max(0, match.start() - 30) : match.start()]
        if compiled("open_hours").search(before) or compiled("old_time").search(before):
            continue
        # "Tue 10-12" and "at 10 or 11" stand for times as "from 10 to 12" does.
        listed = found and _BEHIND_TIME.fullmatch(masked, found[-1].end, match.start())
        beside = "time" if listed else "day" if _BEHIND_DAY.search(before) else ""
        found += _spans(sentence, masked, match, beside, sent)
    return found


def _spans(
    sentence: Sentence, masked: str, match: re.Match[str], beside: str, sent: datetime | None
) -> list[Span]:
    """The one time or span of times, or two times, of a match."""
    first = hours.read(match["from"])
    second = hours.read(match["to"]) if match["to"] else None
    if first and first.length:
        first = replace(first, sure=True) if match["at"] in _AT_HOURS else None
    # "À 10h et à 15h": what looks like a zone may be an "and".
    is_and = match["and"] and not match["span"]
    is_and = is_and or (match["mid"] and not zone_at(sentence, match.end("from"), sent)[0])
    led = match["lead"] is not None
    if first and second and not is_and:
        free = (led or (beside and not match["link"])) and _ends_freely(
            sentence, masked, match.end("to"), sent
        )
        if not (first.sure or second.sure or free):
            return []
        return [_span(sentence, match, (first, second), ("from", "to"), sent)]
    if first and first.minutes and match["at"] and match["at"] not in _WEAK:
        first = replace(first, sure=True)
    led = led or beside == "time" or (beside == "day" and first is not None and first.minutes)
    found: list[Span] = []
    for group, clock in (("from", first), ("to", second)):
        if clock and (clock.sure or (led and _ends_freely(sentence, masked, match.end(group), sent))):
            found.append(_span(sentence, match, (clock, None), (group, group), sent))
    return found


def _ends_freely(sentence: Sentence, masked: str, end: int, sent: datetime | None) -> bool:
    """Whether behind a bare number stands nothing that it would count: "at 5 Main Street"."""
    follows = compiled("follows").match(masked, end)
    return follows is not None or zone_at(sentence, end, sent)[0] is not None


def _span(
    sentence: Sentence,
    match: re.Match[str],
    clocks: tuple[Clock, Clock | None],
    groups: tuple[str, str],
    sent: datetime | None,
) -> Span:
    first, second = clocks
    start, end = match.start(groups[0]), match.end(groups[1])
    part = compiled("part").match(sentence.norm, end)
    zone, stop = zone_at(sentence, part.end() if part else end, sent)
    if zone is None and second and match["mid"]:
        zone = zone_at(sentence, match.end("from"), sent)[0]
    half = ("am" if is_morning(part[0]) else "pm") if part else ""
    begin = hours.told(first, second, half)
    finish = hours.told(second, None, half) if second else None
    if finish and finish <= begin and finish.hour < 12 and not (second and second.half == "am"):
        finish = hours.later(finish, 12)
    loose = not (first.half or first.fixed or half or (second and (second.half or second.fixed)))
    return Span(begin, finish, start, max(end, stop), zone, match["limit"] is not None, loose)
