"""One opening of an invented employer, and its text, made of the parts that its trade has."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
AWAY = {
    "remote": "This job is remote.",
    "hybrid": "This job is hybrid: three days a week with us, two wherever you like.",
    "": "This job is done on site.",
}
CLOSING = (
    "Send us a CV and a few lines on why this job. A person reads both, and answers within two weeks.",
    "We talk twice: half an hour about you and us, then once with the team. Then we decide within a week.",
    "If you meet most of this and not all of it, apply all the same. We would rather read one CV too many.",
    "We hire for what you can learn as much as for what you know. Tell us what you need for an interview.",
)


@dataclass(frozen=True)
class Company:
    """An employer; `board` is where its jobs stand: "greenhouse", a "page" of its own, or "remotive"."""

    key: str
    name: str
    board: str
    about: str
    offer: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """One job. `pay` is minimum, maximum, currency and period; after the moment `until` it is past."""

    id: int
    company: Company
    title: str
    trade: str
    place: str
    posted: datetime
    own: str
    away: str = ""
    kind: str = "Full-time"
    also: str = ""
    pay: tuple[float, float, str, str] | None = None
    until: datetime | None = None

    def boards(self) -> set[str]:
        """The boards on which it stands."""
        return {self.company.board, self.also} - {""}

    def sections(self) -> list[tuple[str, list[str]]]:
        """Its text as paragraphs under headings; under the first and the last there is none."""
        parts = trades()[self.trade]
        # By the title, so that a job that is posted again has the text that it had.
        begin = sum(map(ord, self.title))
        return [
            ("", [self.own, self.company.about]),
            ("What you will do", _some(parts["duties"], begin, 5)),
            ("What you bring", _some(parts["asks"], begin, 4)),
            ("What we offer", list(self.company.offer)),
            ("", [AWAY[self.away], CLOSING[begin % len(CLOSING)]]),
        ]

    def words(self) -> str:
        """What it pays, as people write it; empty where it says nothing."""
        if self.pay is None:
            return ""
        low, high, currency, period = self.pay
        sign = {"USD": "$", "EUR": "€", "CAD": "CA$"}[currency]
        figures = [f"{sign}{figure:,.2f}".removesuffix(".00") for figure in dict.fromkeys((low, high))]
        return f"{' - '.join(figures)} per {period}"


@cache
def companies() -> dict[str, Company]:
    """The employers by their key."""
    rows = _rows("companies")["company"]
    return {row["key"]: Company(**{**row, "offer": tuple(row["offer"])}) for row in rows}


@cache
def trades() -> dict[str, dict[str, list[str]]]:
    """What postings of each trade are made of."""
    return _rows("trades")


def listed(since: datetime) -> list[Opening]:
    """The openings of the start, with dates as seen from the moment `since`."""
    return [made(number, since, row) for number, row in enumerate(_rows("jobs")["job"], start=1)]


def made(number: int, since: datetime, row: dict[str, Any]) -> Opening:
    """The opening of a row: `days` before `since` it was posted, `until` days after it ends."""
    values = {name: value for name, value in row.items() if name not in {"days", "until", "pay", "company"}}
    day = (since - timedelta(days=row["days"])).replace(second=0, microsecond=0)
    return Opening(
        id=number,
        company=companies()[row["company"]],
        # Not all in one minute, and none in the night.
        posted=day.replace(hour=8 + number % 9, minute=number * 17 % 60) if row["days"] else day,
        until=since + timedelta(days=row["until"]) if "until" in row else None,
        pay=tuple(row["pay"]) if "pay" in row else None,
        **values,
    )


def _rows(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _some(pool: list[str], begin: int, count: int) -> list[str]:
    """`count` lines of the pool from `begin` on, and around, in its order."""
    chosen = {(begin + step) % len(pool) for step in range(min(count, len(pool)))}
    return [pool[one] for one in sorted(chosen)]
