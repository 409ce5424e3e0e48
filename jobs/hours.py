"""When something is due at a user's own hour: pure, so that a whole year can be tried in a moment."""

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


class Every(StrEnum):
    """How often; each period is named by its first day: the day itself, a Monday, the 1st."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def first(self, day: dt.date) -> dt.date:
        """The first day of the period in which `day` lies."""
        if self is Every.WEEK:
            return day - dt.timedelta(days=day.weekday())
        return day.replace(day=1) if self is Every.MONTH else day

    def following(self, first: dt.date) -> dt.date:
        """The first day of the next period."""
        # From any first day, 32 days lead into the next month.
        steps = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 32}
        return self.first(first + dt.timedelta(days=steps[self]))

    def before(self, first: dt.date) -> dt.date:
        """The first day of the period before."""
        return self.first(first - DAY)


def clock_time(text: str) -> dt.time:
    """The hour that a user set, "09:00". Raises ValueError for anything else."""
    if len(text) != len("09:00"):
        raise ValueError(f"{text!r} is no time of day such as 09:00")
    return dt.time.fromisoformat(text)


def moment(day: dt.date, hour: dt.time, where: ZoneInfo) -> dt.datetime:
    """The one instant, in UTC, at which it is `hour` on `day` there.

    Of a doubled hour it is the first one. A skipped hour comes as much later as the clocks skip (02:30
    becomes 03:30), and an hour of a day that a zone left out comes on the day after.
    """
    return dt.datetime.combine(day, hour, tzinfo=where).astimezone(dt.UTC)


def latest(
    every: Every, hour: dt.time, where: ZoneInfo, at: dt.datetime
) -> tuple[dt.date, dt.datetime, dt.datetime]:
    """The last period whose moment has come by `at`: its first day, that moment, and the next one's."""
    first = every.following(every.first(at.astimezone(where).date()))
    coming = moment(first, hour, where)
    while coming > at:
        first, following = every.before(first), coming
        coming = moment(first, hour, where)
    return first, coming, following
