"""The normal form of a job as a board gives it, whatever the board calls its parts."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# The company of a job whose board keeps it to itself. No two such jobs are taken for one.
UNDISCLOSED = "Undisclosed"


class Remote(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


class Employment(StrEnum):
    """What kind of contract is offered."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    VOLUNTEER = "volunteer"


class Period(StrEnum):
    """What a salary is paid for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Place:
    """One place of work: `text` as the board wrote it, the parts only where they are known.

    `country` is ISO 3166-1 alpha-2, `region` the name of a state, land or province.
    """

    text: str
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Salary:
    """What is paid, in whole or part units of `currency` (ISO 4217) for each `period`.

    `guessed` marks what was read out of prose, or has a currency or period that the board does not state.
    """

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    period: Period | None = None
    guessed: bool = False


@dataclass(frozen=True)
class Posting:
    """One job on one board. What the board does not give is None or empty, never made up.

    `external_id` is the board's own and unique within (`board`, `feed`); `feed` is the company's name in
    the board's addresses, or empty where the board is one feed. `level` is one of hearback.levels.
    `skills` are canonical names of hearback.skills. `description_html` is safe to show as it is.
    `remote_from` are country codes, or the board's own words for a wider region.
    """

    board: str
    feed: str
    external_id: str
    title: str
    company: str
    url: str
    places: tuple[Place, ...] = ()
    remote: Remote | None = None
    remote_from: tuple[str, ...] = ()
    salary: Salary | None = None
    employment: Employment | None = None
    level: str | None = None
    posted_at: dt.datetime | None = None
    valid_through: dt.datetime | None = None
    description_html: str = ""
    description_text: str = ""
    apply_url: str | None = None
    apply_email: str | None = None
    skills: tuple[str, ...] = ()
    company_url: str | None = None
    requisition: str | None = None


@dataclass(frozen=True)
class Skipped:
    """A row that could not be read: which one (its id, or its place in the answer), and why, in words."""

    row: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """What one fetch gave.

    `full` says that it lists all open jobs of its feed, so that a job that is missing has gone. `rows` is
    how many rows the answers held: those read, those skipped, and those that are no open job.
    `stale` says that the board did not answer and an older answer was read instead.
    """

    postings: tuple[Posting, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    rows: int = 0
    full: bool = False
    stale: bool = False
    warnings: tuple[str, ...] = ()
