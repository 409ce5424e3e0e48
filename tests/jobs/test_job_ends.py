"""Jobs end when they are old, past their date or gone; what somebody keeps stays, and the rest is dropped."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from hearback.boards.posting import Batch
from hearback.models import BoardFeed, BoardRun, Job, JobBand, JobMark, JobSource, User, database
from jobs.job_ends import expire_jobs
from jobs.take_jobs import take
from tests.jobs.postings import AT, DAY, LEDGER, batch, feed, posting
from tests.support import product


@pytest.fixture(autouse=True)
def running(database_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(database_url, redis_url)), database.connection_context():
        yield


def job(number: str, **more: Any) -> Job:
    take(None, Batch((posting(number, f"Engineer {number}", **more),)), AT)
    return Job.get(Job.title == f"Engineer {number}")


def ends(*jobs: Job) -> list[str | None]:
    """Why each of these is closed."""
    return [Job.get_by_id(job.id).closed_why for job in jobs]


def test_a_job_ends_after_ninety_days_and_with_its_date() -> None:
    old, young = job("1", posted_at=AT - 91 * DAY), job("2", posted_at=AT - 89 * DAY)
    past, open_still = job("3", valid_through=AT - DAY), job("4", valid_through=AT + DAY)
    expire_jobs(AT)
    assert ends(old, young, past, open_still) == ["age", None, "expired", None]
    assert Job.get_by_id(old.id).closed_at == AT
    expire_jobs(AT + 2 * DAY)
    assert ends(old, young, past, open_still) == ["age", "age", "expired", "expired"]
    assert Job.get_by_id(old.id).closed_at == AT


def test_a_job_without_a_date_counts_from_when_it_was_first_seen() -> None:
    undated = job("1", posted_at=None)
    expire_jobs(AT + 89 * DAY)
    assert ends(undated) == [None]
    expire_jobs(AT + 91 * DAY)
    assert ends(undated) == ["age"]


def test_an_old_job_that_its_board_still_lists_stays_closed_until_it_is_posted_anew() -> None:
    given = posting(posted_at=AT - 91 * DAY)
    take(feed(), batch(given), AT)
    expire_jobs(AT)
    take(feed(), batch(given), AT + DAY)
    assert ends(Job.get()) == ["age"]
    take(feed(), batch(posting(posted_at=AT)), AT + 2 * DAY)
    assert ends(Job.get()) == [None]


def test_an_expired_job_whose_date_moves_is_open_again() -> None:
    take(feed(), batch(posting(valid_through=AT - DAY)), AT)
    expire_jobs(AT)
    assert ends(Job.get()) == ["expired"]
    take(feed(), batch(posting(valid_through=AT + 9 * DAY)), AT + DAY)
    assert ends(Job.get()) == [None]


def test_what_nobody_keeps_is_dropped_after_some_months_with_all_that_belongs_to_it() -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    kept, applied, hidden, left = (job(n, posted_at=AT - 91 * DAY, description_text=LEDGER) for n in "1234")
    JobMark.note(user.id, kept.id, saved_at=AT)
    JobMark.note(user.id, applied.id, applied_at=AT)
    JobMark.note(user.id, hidden.id, hidden_at=AT)
    expire_jobs(AT)
    expire_jobs(AT + 170 * DAY)
    assert Job.select().count() == 4
    expire_jobs(AT + 190 * DAY)
    assert {made.id for made in Job.select()} == {kept.id, applied.id}
    assert {made.job_id for made in JobSource.select()} == {kept.id, applied.id}
    assert {made.job_id for made in JobBand.select()} == {kept.id, applied.id}
    assert left.id not in {mark.job_id for mark in JobMark.select()}


def test_records_of_runs_are_kept_for_a_month() -> None:
    made = BoardFeed.keep("greenhouse", "tidewater", "starter")
    for days in (1, 29, 31):
        BoardRun.create(feed=made, board="greenhouse", started_at=AT - dt.timedelta(days=days))
    expire_jobs(AT)
    assert BoardRun.select().count() == 2


def test_many_ends_are_written_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.job_ends.BULK", 2)
    made = [job(str(number), posted_at=AT - 100 * DAY) for number in range(5)]
    expire_jobs(AT)
    assert ends(*made) == ["age"] * 5
