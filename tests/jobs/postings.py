"""Postings as boards give them, for tests of what becomes of them."""

import datetime as dt
from typing import Any

from hearback.boards.normal.where import places
from hearback.boards.posting import Batch, Posting, Salary
from hearback.models import BoardFeed, Job, JobSource

AT = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

LEDGER = """\
Payments at Tidewater Labs run through one ledger, and you look after it. With five others you write Go,
keep the reconciliation honest, and answer when a bank changes its format over night. We look for
somebody who has run a service that must not lose a cent, reads SQL plans with pleasure and explains
trade-offs to people who do not code. There is a pager, one week in six. We pay for a desk at home or
near you, and for four weeks of holiday that you have to take."""


def posting(
    external_id: str = "1", title: str = "Backend Engineer", board: str = "greenhouse", **more: Any
) -> Posting:
    """A posting of Tidewater Labs in Berlin, of two days ago."""
    company = board in {"greenhouse", "lever", "ashby"}
    values: dict[str, Any] = {
        "board": board,
        "feed": "tidewater" if company else "",
        "external_id": external_id,
        "title": title,
        "company": "Tidewater Labs",
        "url": f"https://{board}.example/tidewater/{external_id}",
        "places": places(more.pop("place", "Berlin, Germany")),
        "posted_at": AT - 2 * DAY,
        **more,
    }
    return Posting(**values)


def pay(low: float, high: float | None = None, guessed: bool = False, currency: str | None = "EUR") -> Salary:
    """A yearly salary whose period the board does not state."""
    return Salary(low, high, currency, None, guessed)


def batch(*postings: Posting, **more: Any) -> Batch:
    """What a company's board gives: all that is open there."""
    return Batch(postings, **{"rows": len(postings), "full": True, **more})


def feed(board: str = "greenhouse", key: str = "tidewater") -> BoardFeed:
    """The feed of Tidewater's own board, or of another."""
    return BoardFeed.keep(board, key if board != "arbeitnow" else "", "starter")


def one_job() -> Job:
    """The only job there is."""
    (job,) = Job.select()
    return job


def sources() -> list[tuple[str, str, int]]:
    """Board, id and job of each source."""
    rows = JobSource.select(JobSource.board, JobSource.external_id, JobSource.job).order_by(JobSource.id)
    return list(rows.tuples())
