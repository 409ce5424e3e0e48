"""The weeks and months that summaries and reports are about, in a user's own zone."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from jobs.hours import Every, moment

MIDNIGHT = dt.time(0)


@dataclass(frozen=True)
class Period:
    """A week from Monday or a month from the 1st, from local midnight to local midnight."""

    every: Every
    first: dt.date
    zone: ZoneInfo

    @property
    def start(self) -> dt.datetime:
        """The first instant that belongs to it."""
        return moment(self.first, MIDNIGHT, self.zone)

    @property
    def end(self) -> dt.datetime:
        """The first instant that does not belong to it any more."""
        return moment(self.every.following(self.first), MIDNIGHT, self.zone)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        return self.every.following(self.first) - dt.timedelta(days=1)

    @property
    def before(self) -> "Period":
        """The one before."""
        return Period(self.every, self.every.before(self.first), self.zone)

    @property
    def key(self) -> str:
        """Its name in addresses: "2026-W47" (the week by ISO 8601), "2026-10"."""
        if self.every is Every.WEEK:
            year, week, _ = self.first.isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.first:%Y-%m}"

    def contains(self, at: dt.datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= at < self.end


def parse(every: Every, key: str, zone: ZoneInfo) -> Period:
    """The period of that name. Raises ValueError for anything else."""
    if every is Every.WEEK and re.fullmatch(r"\d{4}-W\d\d", key):
        period = Period(every, dt.date.fromisocalendar(int(key[:4]), int(key[6:]), 1), zone)
    elif every is Every.MONTH and re.fullmatch(r"\d{4}-\d\d", key):
        period = Period(every, dt.date(int(key[:4]), int(key[5:]), 1), zone)
    else:
        raise ValueError(f"{key!r} names no {every}")
    # No person's history goes back further, and the calendar's own ends are no place to count from.
    if not 1990 <= period.first.year <= 2200:
        raise ValueError(f"{key!r} is too far away")
    return period
