"""Dates, times and deadlines in a mail's words, against the moment at which it was written."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hearback.mail import deadlines
from hearback.mail.clock import Span
from hearback.mail.date_lines import Line, lines, zone_of_all
from hearback.mail.day_order import day_first
from hearback.mail.days import Named
from hearback.mail.durations import durations
from hearback.mail.nearby_times import times_nearby
from hearback.mail.nearest import date_of
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import When
from hearback.mail.zones import UNKNOWN, Zone, zone_at

MOST_DATES = 8
_MOST_SENTENCES = 80
_FEW_WORDS = 40
_FIRST_YEAR, _LAST_YEAR = 1971, 2199
# A Date header that is further from the arrival than this is not believed.
_LONGEST_WAY = timedelta(days=3)


def read(
    sentences: list[Sentence], received: datetime | None, sent: datetime | None
) -> tuple[tuple[When, ...], date | datetime | None]:
    """The times that sentences name, in order, and the deadline they set.

    "Tomorrow" is counted from `sent`, the writer's own day, or from `received` (both aware) where
    the mail came long before or after that; without either only full dates are read. `sent` gives
    the writer's offset, too, for times without a zone. What is over by then is left out.
    """
    received, sent = _believed(received), _believed(sent)
    local: tzinfo = (sent.tzinfo if sent else None) or UTC
    moment = received or sent
    if sent and received and abs(received - sent) <= _LONGEST_WAY:
        moment = sent
    reader = _Reader(sentences[:_MOST_SENTENCES], moment.astimezone(local) if moment else None, local, sent)
    return reader.spans(), reader.deadline()


def _believed(moment: datetime | None) -> datetime | None:
    """The moment, unless it is one at which nobody writes mail, near the ends of what can be counted."""
    return moment if moment and _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


class _Reader:
    """Reads one mail: what its sentences say together about zone and length, and each day."""

    def __init__(
        self, sentences: list[Sentence], now: datetime | None, local: tzinfo, sent: datetime | None
    ) -> None:
        self.now = now
        self.local = local
        self.sent = sent
        self.lines = lines(sentences, sent)
        self.zone = zone_of_all(self.lines, sent)
        zones = {span.zone.name for line in self.lines for span in line.spans if span.zone}
        order = day_first(
            sentences,
            [day for line in self.lines for day in line.days],
            zones | ({self.zone.name} if self.zone else set()),
            sent,
        )
        for line in self.lines:
            line.dates = [date_of(day, now.date() if now else None, order) for day in line.days]
        lengths = set().union(*(durations(sentence.norm) for sentence in sentences))
        self.length = lengths.pop() if len(lengths) == 1 else None

    def spans(self) -> tuple[When, ...]:
        """Every time and day to come, but for deadlines; the more exact word for one day wins."""
        found: list[tuple[When, bool]] = []
        for at, line in enumerate(self.lines):
            for index, day in enumerate(line.days):
                if day.told and index not in line.limits:
                    found += [(when, day.old) for when in self._told(at, line, index)]
        kept = [when for when, old in found if not old] or [when for when, _ in found]
        return _distinct(kept)

    def _told(self, at: int, line: Line, index: int) -> list[When]:
        """A day's times, or the whole day, unless that is over or no more than "today"."""
        day, on, spans = line.days[index], line.dates[index], line.slots[index]
        if on is None:
            return []
        apart = not spans
        told = self._timed(on, day, spans or times_nearby(self.lines, at, index), line.sentence, apart)
        if told or day.bare or day.ahead == 0 or self._is_over(on) or not _is_for_meeting(line):
            return told
        start = datetime.combine(on, time.min, tzinfo=self.local)
        return [When(start, start + timedelta(days=1), None, _words(line.sentence, day, None))]

    def deadline(self) -> date | datetime | None:
        """The first day or moment by which the reader is to do something."""
        for line in self.lines:
            for index, own in line.limits.items():
                on = line.dates[index]
                if on is None or not own or self._is_over(on):
                    continue
                spans = [span for span in line.slots[index] if span.zone is not UNKNOWN]
                zone = spans[0].zone or self.zone if spans else None
                return on if not spans or zone is UNKNOWN else self._moment(on, spans[0].begin, zone)
            if self.now and (last := deadlines.within(line.sentence, self.now.date())):
                return last
        return None

    def _timed(self, on: date, day: Named, spans: list[Span], sentence: Sentence, apart: bool) -> list[When]:
        found: list[When] = []
        shared = next((span.zone for span in spans if span.zone), None)
        for span in (span.within(day.part) for span in spans if not span.limit):
            zone = span.zone or shared or zone_at(sentence, day.end, self.sent)[0] or self.zone
            if zone is UNKNOWN:
                continue
            start = self._moment(on, span.begin, zone)
            end = self._moment(on, span.finish, zone) if span.finish else None
            if end and end < start:
                end += timedelta(days=1)
            if end is None and self.length:
                end = start + self.length
            if not self._is_past(end or start, zone):
                name = zone.name if zone else None
                found.append(When(start, end, name, _words(sentence, day, None if apart else span)))
        return found

    def _is_past(self, moment: datetime, zone: Zone | None) -> bool:
        """Whether a time was over when the mail was written, as far as its zone is sure."""
        if self.now is None:
            return False
        sure = zone is not None or self.now.utcoffset()
        return moment < self.now if sure else moment.date() < self.now.date()

    def _is_over(self, day: date) -> bool:
        return self.now is not None and day < self.now.date()

    def _moment(self, day: date, at: time, zone: Zone | None) -> datetime:
        return datetime.combine(day, at, tzinfo=zone.info if zone else self.local)


def _is_for_meeting(line: Line) -> bool:
    """Whether a day without a time is one to meet on: few words, or some that say so."""
    return len(line.sentence.norm) <= _FEW_WORDS or line.says("meets")


def _words(sentence: Sentence, day: Named, span: Span | None) -> str:
    """The words that name the day, and the time if it stands in the same sentence."""
    start, end = (min(day.start, span.start), max(day.end, span.end)) if span else (day.start, day.end)
    return sentence.text[start:end].strip()


def _distinct(found: list[When]) -> tuple[When, ...]:
    """Each moment once, and no whole day that is also named with a time."""
    timed = {when.start.date() for when in found if not _is_day(when)}
    kept: dict[datetime, When] = {}
    for when in found:
        if not _is_day(when) or when.start.date() not in timed:
            kept.setdefault(when.start, when)
    return tuple(kept.values())[:MOST_DATES]


def _is_day(when: When) -> bool:
    return when.end is not None and when.end - when.start == timedelta(days=1)
