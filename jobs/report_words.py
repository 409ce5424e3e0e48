"""What a summary or a report says, as plain values that its page, its mail and its pictures all show."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from hearback.charts import Chart, chart_from_json, chart_to_json
from hearback.models import Status
from hearback.notify.letter import Letter, Link, Picture, Section
from hearback.words import MONTHS, WEEKDAYS, plural
from jobs.periods import Period

# The tones of the style sheet in which statuses are shown; a test holds them against the board's.
TONES: dict[Status, str] = {
    Status.DRAFT: "quiet",
    Status.APPLIED: "sent",
    Status.UNDER_REVIEW: "review",
    Status.ASSESSMENT: "review",
    Status.INTERVIEW_SCHEDULED: "talk",
    Status.INTERVIEW_COMPLETED: "talk",
    Status.OFFER_RECEIVED: "offer",
    Status.OFFER_ACCEPTED: "offer",
    Status.OFFER_DECLINED: "quiet",
    Status.REJECTED: "no",
    Status.WITHDRAWN: "quiet",
    Status.ARCHIVED: "quiet",
}
NO_NAME = "An employer"


@dataclass(frozen=True)
class Cell:
    """A cell of a table, and the page of the application that it names."""

    text: str
    application: int | None = None


@dataclass(frozen=True)
class Part:
    """A section: a title, a sentence, a table and a chart; its first `words` columns are words, not figures.

    `name` is the chart's in addresses and the section's on its page.
    """

    name: str
    title: str
    note: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    words: int = 1
    chart: Chart | None = None


@dataclass(frozen=True)
class Telling:
    """All of it: the news in one sentence, what it is about, and the sections."""

    title: str
    news: str
    intro: str
    parts: tuple[Part, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for the row that keeps it."""
        parts = [{**asdict(part), "chart": part.chart and chart_to_json(part.chart)} for part in self.parts]
        return {**asdict(self), "parts": parts}

    def letter(self, path: str) -> Letter:
        """The same as a letter, whose page is at `path`."""
        return Letter(
            subject=self.news.rstrip("."),
            intro=self.intro,
            sections=tuple(_section(part) for part in self.parts),
            link=Link(f"Open: {self.title}", path),
            pictures=tuple(
                Picture(
                    f"{part.name}.png",
                    f"{part.chart.title}. {part.chart.description}",
                    f"{path}/{part.name}.png",
                )
                for part in self.parts
                if part.chart
            ),
        )


def from_json(data: Mapping[str, Any]) -> Telling:
    """The telling that `to_json` gave."""
    parts = tuple(_part(part) for part in data["parts"])
    return Telling(data["title"], data["news"], data["intro"], parts)


def _part(data: Mapping[str, Any]) -> Part:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in data["rows"])
    chart = chart_from_json(data["chart"]) if data["chart"] else None
    return Part(data["name"], data["title"], data["note"], tuple(data["heads"]), rows, data["words"], chart)


def _section(part: Part) -> Section:
    table = (part.heads, *(tuple(cell.text for cell in row) for row in part.rows)) if part.rows else ()
    return Section(part.title, (part.note,) if part.note else (), table)


def cells(*values: str | int) -> tuple[Cell, ...]:
    """A row of words and figures."""
    return tuple(Cell(str(value)) for value in values)


def status_word(status: Status) -> str:
    """A status as it is called everywhere: "Under review"."""
    return status.value.replace("_", " ").capitalize()


def day(at: dt.datetime, zone: ZoneInfo) -> str:
    """A day, short enough for a table on a phone: "Thu 26 Nov"."""
    return _day(at.astimezone(zone).date())


def moment(at: dt.datetime, end: dt.datetime | None, zone: ZoneInfo) -> str:
    """A moment: "Thu 26 Nov, 14:00"; without an hour where an interview has only a day, kept as UTC's."""
    utc = at.astimezone(dt.UTC)
    if end is not None and end - at == dt.timedelta(days=1) and utc.time() == dt.time(0):
        return _day(utc.date())
    return f"{day(at, zone)}, {at.astimezone(zone):%H:%M}"


def _day(day: dt.date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def span(first: dt.date, last: dt.date) -> str:
    """The days of a period: "16 to 22 November", "28 December to 3 January"."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {last.day} {MONTHS[last.month - 1]}"


def silence(last: dt.datetime, at: dt.datetime, zone: ZoneInfo) -> str:
    """How long nobody has written, in calendar days, as the board counts: "18 days"."""
    return plural((at.astimezone(zone).date() - last.astimezone(zone).date()).days, "day")


def days(wait: dt.timedelta) -> str:
    """A time that passed, as a person says it: "5 hours", "6 days"; half a day is a day."""
    hours = round(wait.total_seconds() / 3600)
    if hours < 24:
        return plural(hours, "hour") if hours else "less than an hour"
    return plural((hours + 12) // 24, "day")


def month_name(period: Period) -> str:
    """A month as it is called: "October"."""
    return MONTHS[period.first.month - 1]
