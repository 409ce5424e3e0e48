"""A mail's sentences with the days, times, zones and deadlines that each of them names."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from hearback.mail import clock, deadlines, slots
from hearback.mail.clock import Span
from hearback.mail.date_words import compiled
from hearback.mail.day_context import judged
from hearback.mail.days import Named, masked, named
from hearback.mail.sentences import LONGEST_SENTENCE, Sentence
from hearback.mail.zones import Zone, common_zone, zone_at

# "Next week" holds for the weekdays of so many sentences behind it.
_HINT_REACH = 2
_DATE_DOT = re.compile(r"\d\.\d{1,2}\.$")


@dataclass(slots=True)
class Line:
    """A sentence as dates are read in it.

    `slots` are the times of each day, `alone` those of a sentence without a day. `limits` tells of
    days that are deadlines whether they are the reader's own. `dates` are filled in once all of
    the mail is known.
    """

    sentence: Sentence
    days: list[Named]
    slots: list[list[Span]]
    limits: dict[int, bool]
    alone: list[Span]
    dates: list[date | None] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        return [span for spans in [*self.slots, self.alone] for span in spans]

    def says(self, pattern: str) -> bool:
        """Whether the sentence has a pattern of phrases/dates.toml."""
        return compiled(pattern).search(self.sentence.norm) is not None


def lines(sentences: list[Sentence], sent: datetime | None) -> list[Line]:
    """The sentences, read one by one; `sent` tells the writer's own offset."""
    found = [_line(sentence, sent) for sentence in _whole(sentences)]
    for at, line in enumerate(found):
        if any(day.weekday is not None for day in line.days):
            line.days = _in_their_week(found, at)
    return found


def zone_of_all(found: list[Line], sent: datetime | None) -> Zone | None:
    """The zone that a sentence gives for all times, else the only one that any time has."""
    for line in found:
        if zone := common_zone(line.sentence, sent):
            return zone
    zones = [span.zone for line in found for span in line.spans]
    zones += [zone_at(line.sentence, day.end, sent)[0] for line in found for day in line.days]
    named_zones = {zone.name: zone for zone in zones if zone}
    return next(iter(named_zones.values())) if len(named_zones) == 1 else None


def _line(sentence: Sentence, sent: datetime | None) -> Line:
    days = judged(sentence.norm, named(sentence))
    spans = clock.times(sentence, masked(sentence.norm, days), sent)
    pairs = slots.paired(sentence.norm, days, spans)
    limits = deadlines.limits(sentence.norm, days, pairs)
    return Line(sentence, days, pairs, limits, [] if days else spans)


def _in_their_week(found: list[Line], at: int) -> list[Named]:
    """A line's days; "next week" in it or right before it holds for its weekdays, too."""
    window = found[max(0, at - _HINT_REACH) : at + 1]
    text = " ".join(masked(line.sentence.norm, line.days) for line in window)
    if not compiled("week_hint").search(text) or compiled("this_week_hint", "not_then").search(text):
        return found[at].days
    return [
        day if day.lead or index in found[at].limits else replace(day, lead="next week")
        for index, day in enumerate(found[at].days)
    ]


def _whole(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences with those put together that were parted behind the dot of a date, "27.10."."""
    whole: list[Sentence] = []
    for part in sentences:
        before = whole[-1] if whole else None
        if before and _cut_at_date(before, part):
            whole[-1] = replace(before, text=f"{before.text} {part.text}", norm=f"{before.norm} {part.norm}")
        else:
            whole.append(part)
    return whole


def _cut_at_date(before: Sentence, part: Sentence) -> bool:
    fits = len(before.text) + len(part.text) < LONGEST_SENTENCE
    return fits and _DATE_DOT.search(before.norm) is not None and part.text[:1].islower()
