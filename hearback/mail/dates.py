"""Dates, times and deadlines in a mail's words, against the moment at which it was received."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from hearback.mail import clock
from hearback.mail.clock import Span, Zone
from hearback.mail.date_words import COUNTS, compiled
from hearback.mail.days import Day, find
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import When

MOST_DATES = 8
_MOST_SENTENCES = 80
# How far behind its day a time may stand, and how far before.
_BEHIND = 160
_BEFORE = 40
_DEADLINE_REACH = 45


def read(
    sentences: list[Sentence], received: datetime | None, sent: datetime | None
) -> tuple[tuple[When, ...], date | datetime | None]:
    """The times that sentences name, in order, and the deadline they set.

    `received` (aware) is what "tomorrow" is counted from; without it only full dates are read.
    `sent` gives the writer's own offset, for times without a zone.
    """
    local: tzinfo = (sent.tzinfo if sent else None) or UTC
    moment = received or sent
    today = moment.astimezone(local).date() if moment else None
    reader = _Reader(sentences[:_MOST_SENTENCES], today, local)
    return reader.spans(), reader.deadline()


class _Reader:
    """Reads one mail: what its sentences say together about zone and length, and each day."""

    def __init__(self, sentences: list[Sentence], today: date | None, local: tzinfo) -> None:
        self.sentences = sentences
        self.today = today
        self.local = local
        self.days = [find(sentence.norm, today) for sentence in sentences]
        norms = [sentence.norm for sentence in sentences]
        self.zone = next(filter(None, map(clock.common_zone, norms)), None)
        self.length = next(filter(None, map(clock.duration, norms)), None)

    def spans(self) -> tuple[When, ...]:
        """Every time and day named, but for deadlines; the more exact word for one day wins."""
        found: list[When] = []
        waiting: When | None = None
        for sentence, days in zip(self.sentences, self.days, strict=True):
            limit = compiled("deadline").search(sentence.norm)
            if not days and waiting:
                # "Date: 4 May" on one line and "Time: 10:00" on the next.
                spans = clock.times(sentence.norm, 0, len(sentence.norm))
                if spans:
                    found.remove(waiting)
                    found += self._timed(waiting.start.date(), spans, sentence, waiting.text)
                    waiting = None
                continue
            waiting = None
            for index, day in enumerate(days):
                if limit and limit.start() < day.start <= limit.end() + 25:
                    continue
                spans = self._times_of(sentence, days, index)
                if spans:
                    words = sentence.text[day.start : day.end]
                    found += self._timed(day.day, spans, sentence, words, day)
                else:
                    waiting = self._whole_day(day, sentence)
                    found.append(waiting)
        return self._distinct(found)

    def deadline(self) -> date | datetime | None:
        """The first day or moment by which something is to be done."""
        for sentence, days in zip(self.sentences, self.days, strict=True):
            limit = compiled("deadline").search(sentence.norm)
            if limit is None:
                continue
            for index, day in enumerate(days):
                if limit.start() < day.start <= limit.start() + _DEADLINE_REACH:
                    spans = self._times_of(sentence, days, index)
                    if not spans:
                        return day.day
                    return self._moment(day.day, spans[0].begin, spans[0].zone)
            if self.today and (span := _within(sentence.norm, limit.start(), self.today)):
                return span
        return None

    def _times_of(self, sentence: Sentence, days: list[Day], index: int) -> list[Span]:
        """The times of day that belong to a day: behind it up to the next, else before it."""
        day = days[index]
        until = days[index + 1].start if index + 1 < len(days) else len(sentence.norm)
        after = days[index - 1].end if index else 0
        behind = clock.times(sentence.norm, day.end, min(until, day.end + _BEHIND))
        return behind or clock.times(sentence.norm, max(after, day.start - _BEFORE), day.start)

    def _timed(
        self, day: date, spans: list[Span], sentence: Sentence, words: str, at: Day | None = None
    ) -> list[When]:
        found: list[When] = []
        shared = next((span.zone for span in spans if span.zone), None)
        for span in spans:
            zone = span.zone or shared or self.zone
            start = self._moment(day, span.begin, zone)
            end = self._moment(day, span.finish, zone) if span.finish else None
            if end and end < start:
                end += timedelta(days=1)
            if end is None and self.length:
                end = start + self.length
            text = words + " " + sentence.text[span.start : span.end]
            if at:
                text = sentence.text[min(at.start, span.start) : max(at.end, span.end)]
            found.append(When(start, end, zone.name if zone else None, " ".join(text.split())))
        return found

    def _whole_day(self, day: Day, sentence: Sentence) -> When:
        start = datetime.combine(day.day, time.min, tzinfo=self.local)
        text = sentence.text[day.start : day.end].strip()
        return When(start, start + timedelta(days=1), None, text)

    def _moment(self, day: date, at: time, zone: Zone | None) -> datetime:
        return datetime.combine(day, at, tzinfo=zone.info if zone else self.local)

    def _distinct(self, found: list[When]) -> tuple[When, ...]:
        """Each moment once, and no whole day that is also named with a time."""
        timed = {when.start.date() for when in found if not _is_day(when)}
        kept: dict[datetime, When] = {}
        for when in found:
            if not _is_day(when) or when.start.date() not in timed:
                kept.setdefault(when.start, when)
        return tuple(kept.values())[:MOST_DATES]


def _is_day(when: When) -> bool:
    return when.end is not None and when.end - when.start == timedelta(days=1)


def _within(norm: str, start: int, today: date) -> date | None:
    """The last day of "within 5 days"."""
    span = compiled("within").search(norm, max(0, start - 5))
    if span is None:
        return None
    count = COUNTS.get(span["count"]) or int(span["count"])
    if span["unit"].startswith("hour"):
        return today + timedelta(days=-(-count // 24))
    if span["unit"].startswith("week"):
        return today + timedelta(weeks=count)
    if (span["business"] or "").strip() in {"business", "working"}:
        return _working_days(today, count)
    return today + timedelta(days=count)


def _working_days(today: date, count: int) -> date:
    """`count` working days on, weekends left out."""
    while count > 0:
        today += timedelta(days=1)
        count -= today.weekday() < 5
    return today
