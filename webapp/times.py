"""Says moments in words, in the time zone of whoever reads them."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hearback.words import MONTHS, WEEKDAYS, plural

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """This moment, and the zone in which a page tells times."""

    now: dt.datetime
    zone: ZoneInfo

    def local(self, at: dt.datetime) -> dt.datetime:
        """The moment in the reader's zone."""
        return at.astimezone(self.zone)

    def days_since(self, at: dt.datetime) -> int:
        """Whole calendar days from `at` to today; negative for what is to come."""
        return (self.local(self.now).date() - self.local(at).date()).days

    def ago(self, at: dt.datetime) -> str:
        """How long ago, when near ("3 h ago"); else the day, and within a week the time as well."""
        passed = self.now - at
        if -MINUTE < passed < MINUTE:
            return "just now"
        if MINUTE <= passed < HOUR:
            return f"{passed // MINUTE} min ago"
        if HOUR <= passed < DAY / 2:
            return f"{passed // HOUR} h ago"
        if abs(self.days_since(at)) < 7:
            return f"{_capital(self.day(at))}, {self.hour(at)}"
        return self.date(at)

    def since_days(self, at: dt.datetime) -> str:
        """Whole days in words: "today", "yesterday", "12 days ago"."""
        days = self.days_since(at)
        return ("today", "yesterday")[days] if 0 <= days < 2 else f"{plural(days, 'day')} ago"

    def day(self, at: dt.datetime | dt.date) -> str:
        """A day near to today by its name, another one by its date."""
        day = self.local(at).date() if isinstance(at, dt.datetime) else at
        distance = (day - self.local(self.now).date()).days
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(distance)
        if near:
            return near
        return WEEKDAYS[day.weekday()] if abs(distance) < 7 else self.date(day)

    def on(self, at: dt.datetime | dt.date) -> str:
        """The day as it stands in a sentence: "today", "on Thursday", "on 3 May"."""
        day = self.day(at)
        return day if day in {"today", "tomorrow", "yesterday"} else f"on {day}"

    def date(self, at: dt.datetime | dt.date) -> str:
        """The date ("3 May"), with the year when it is another one."""
        day = self.local(at).date() if isinstance(at, dt.datetime) else at
        year = "" if day.year == self.local(self.now).year else f" {day.year}"
        return f"{day.day} {MONTHS[day.month - 1]}{year}"

    def hour(self, at: dt.datetime) -> str:
        """The hour, "14:05", in the reader's zone."""
        return f"{self.local(at):%H:%M}"

    def exact(self, at: dt.datetime) -> str:
        """Day, date, time and zone, for who wants to know exactly."""
        local = self.local(at)
        day = f"{WEEKDAYS[local.weekday()]}, {local.day} {MONTHS[local.month - 1]} {local.year}"
        return f"{day}, {local:%H:%M} ({self.zone.key.replace('_', ' ')})"

    def meeting(self, start: dt.datetime, end: dt.datetime | None = None) -> str:
        """When to be there: "on Thursday, 14:00", without an hour where only the day is known."""
        if _whole_day(start, end):
            return self.on(start.date())
        return f"{self.on(start)}, {self.hour(start)}"

    def until(self, start: dt.datetime, end: dt.datetime) -> str:
        """A span in full: "Thursday, 14 May, 14:00 to 15:00"."""
        if _whole_day(start, end):
            return f"{WEEKDAYS[start.weekday()]}, {self.date(start.date())}"
        day = f"{WEEKDAYS[self.local(start).weekday()]}, {self.date(start)}"
        if self.local(start).date() == self.local(end).date():
            return f"{day}, {self.hour(start)} to {self.hour(end)}"
        return f"{day}, {self.hour(start)} to {self.date(end)}, {self.hour(end)}"

    def deadline(self, text: str) -> tuple[str, bool]:
        """A stored deadline in words, and whether it has passed."""
        if "T" in text:
            at = dt.datetime.fromisoformat(text)
            return f"{self.day(at)}, {self.hour(at)}", at < self.now
        day = dt.date.fromisoformat(text)
        return self.day(day), day < self.local(self.now).date()


def _whole_day(start: dt.datetime, end: dt.datetime | None) -> bool:
    # A mail that names a day without an hour is stored from midnight to midnight, in its own zone.
    return end is not None and end - start == DAY and start.time() == dt.time(0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
