"""Boards that give what no table can hold or other ids to their jobs, and pages that claim to be a job."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from hearback.boards.posting import Batch, Period, Place, Posting, Salary
from hearback.models import Job, JobSource, database
from jobs.find_jobs import find
from jobs.find_jobs_wanted import Wanted
from jobs.take_jobs import take
from tests.jobs.postings import AT, DAY, HOUR, LEDGER, batch, feed, one_job, posting
from tests.support import product

ODD: list[dict[str, Any]] = [
    {"title": "word " * 400_000},
    {"title": "a\0b"},
    {"title": "a\ud800b"},
    {"title": "🚀" * 300},
    {"company": "comp" * 200_000},
    {"external_id": "x" * 5_000},
    {"external_id": "x\0"},
    {"feed": "f" * 400},
    {"description_text": "lorem ipsum " * 100_000, "description_html": "<p>x</p>" * 200_000},
    {"description_text": " ".join(f"w{number}" for number in range(200_000))},
    {"description_text": "a" * 900_000},
    {"description_text": "漢" * 300_000},
    {"description_text": "a\0b\udfff", "description_html": "<p>\0</p>"},
    {"places": tuple(Place(f"City {number}", f"City {number}", None, "US") for number in range(10_000))},
    {"places": (Place("a\0b", "a\ud800"),)},
    {"requisition": "R" * 300 + "1234"},
    {"salary": Salary(float("inf"), float("inf"), "USD", Period.YEAR)},
    {"salary": Salary(float("nan"), None, "USD", Period.YEAR)},
    {"salary": Salary(1.0, 2.0, "DOLLARS", Period.YEAR)},
    {"level": "x" * 50},
    {"skills": tuple(f"skill{number}" for number in range(50_000))},
    {"url": "https://x.example/\0"},
    {"apply_url": "https://x.example/" + "a" * 2_000_000},
    {"posted_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)},
    {"valid_through": dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC)},
    {"remote_from": ("x" * 3_000,) * 500},
]


@pytest.fixture(autouse=True)
def running(database_url: str, redis_url: str) -> Iterator[None]:
    with product.running(product.environment(database_url, redis_url)), database.connection_context():
        yield


def test_no_odd_value_loses_its_row_or_the_one_beside_it() -> None:
    for number, odd in enumerate(ODD):
        good = posting(f"good{number}", f"Good Cook {number}")
        bad = replace(posting(f"bad{number}", f"Bad Cook {number}"), **odd)
        take(None, Batch((good, bad), rows=2), AT)
        changed = (replace(good, title=f"Good Chef {number}"), replace(bad, company_url="https://x.example"))
        take(None, Batch(changed, rows=2), AT + HOUR)
        assert Job.select().count() == 2 * number + 2, odd.keys()
        assert Job.select().where(Job.title == f"Good Chef {number}").exists()
        find(None, Wanted(words="cook", place="Berlin"))


@pytest.mark.parametrize(
    "lacks",
    [{"title": ""}, {"company": " "}, {"external_id": ""}, {"url": "https://x.example/" + "a" * 9_999}],
)
def test_a_row_that_names_no_job_is_left_out(lacks: dict[str, Any]) -> None:
    take(None, Batch((replace(posting("1"), **lacks), posting("2", "Cook")), rows=2), AT)
    assert one_job().title == "Cook"


def renamed(postings: list[Posting], sign: str, **more: Any) -> list[Posting]:
    """The same jobs under other ids and addresses."""
    return [replace(one, external_id=sign + one.external_id, url=one.url + sign, **more) for one in postings]


def open_jobs() -> set[str]:
    """The last sign of the address of each open job."""
    return {job.url[-1] for job in Job.select().where(Job.closed_at.is_null())}


def test_a_board_that_gives_all_its_jobs_other_ids_brings_nothing_new() -> None:
    kinds = [f"{first}{second} Specialist" for first in "ABCDEFGHIJKLM" for second in "NOPQRSTUVW"]
    first = [posting(f"{n}-0", kind, description_text=f"{LEDGER} {n}") for n, kind in enumerate(kinds)]
    # Three that nothing tells apart.
    first += [posting(f"same-{n}0", "Barista") for n in range(3)]
    take(feed(), batch(*first), AT)
    assert Job.select().count() == len(first)
    later = [
        (6 * HOUR, renamed(first, "1")),
        (2 * DAY, first),
        (60 * DAY, renamed(first, "2", posted_at=AT + 60 * DAY)),
    ]
    for after, given in later:
        taken = take(feed(), batch(*given), AT + after)
        assert (taken.new, taken.ids) == (0, [])
        for again in (1, 2):
            assert take(feed(), batch(*given), AT + after + again * HOUR).closed == 0
        assert Job.select().where(Job.closed_at.is_null()).count() == len(first)
        assert open_jobs() == {given[0].url[-1]}
        assert JobSource.select().where(JobSource.gone_at.is_null()).count() == len(first)


def test_one_job_that_is_posted_anew_much_later_is_a_repost() -> None:
    rest = [posting(f"r{number}", f"{letter}x Specialist") for number, letter in enumerate("ABCDEFGH")]
    take(feed(), batch(posting("1"), *rest), AT)
    taken = take(feed(), batch(posting("2", posted_at=AT + 40 * DAY), *rest), AT + 40 * DAY)
    assert taken.new == 1
    first, second = Job.select().where(Job.title == "Backend Engineer").order_by(Job.id)
    assert first.alike_id == second.alike_id == first.id


def test_a_job_leads_to_where_it_still_stands_and_back_again() -> None:
    own, copy, other = posting("1", "Cook"), posting("9", "Cook", board="arbeitnow"), posting("2", "Waiter")
    take(feed(), batch(own), AT)
    take(feed("arbeitnow"), batch(copy), AT)
    for hours in (1, 2):
        take(feed(), batch(other), AT + hours * HOUR)
    cook = Job.get(Job.title == "Cook")
    assert (cook.url, cook.closed_at) == (copy.url, None)
    take(feed(), batch(own, other), AT + 3 * HOUR)
    assert Job.get_by_id(cook.id).url == own.url


@pytest.mark.parametrize("first", [True, False], ids=["page first", "page last"])
def test_a_page_that_a_user_brings_takes_no_job_over(first: bool) -> None:
    there = posting("9", "Cook", board="arbeitnow", description_text=LEDGER, description_html="<p>Ours.</p>")
    page = posting("x", "Cook", board="jsonld", url="https://phish.example/1")
    page = replace(
        page,
        apply_url="https://phish.example/apply",
        apply_email="jobs@phish.example",
        description_text=f"Send us your passport. {LEDGER}",
        description_html="<p>Theirs.</p>",
    )
    takes = [(feed("arbeitnow"), batch(there)), (None, Batch((page,), rows=1))]
    for source, given in reversed(takes) if first else takes:
        take(source, given, AT)
    job = one_job()
    shown = (job.url, job.apply_url, job.apply_email, job.description_text, job.description_html)
    assert shown == (there.url, None, None, LEDGER, "<p>Ours.</p>")
