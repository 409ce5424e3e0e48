"""The local job boards answer so that the readers of the real ones read every job of them whole."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
import requests

from hearback.boards import greenhouse, jsonld, remotive
from hearback.boards.posting import Batch, Posting
from hearback.boards.same import Same, card_of, same
from hearback.boards.source import Ask, Source, ask_board
from hearback.boards.web import Web
from sandbox.client import ControlError, SandboxControl

COMPANIES = ("brightwell-health", "halden-freight", "kestrel-pay", "dunmore-learning", "aldergate-media")
PAGES = ("greywater-utilities", "foxglove-instruments", "cobble-hill-cartographics")
Read = Callable[..., Batch]


@pytest.fixture
def read(sandbox: SandboxControl, tmp_path: Path) -> Read:
    """Ask one of the local boards with the reader of the real one."""

    numbers = count()

    def ask(source: Source, path: str, key: str = "") -> Batch:
        # An answer holds for a second, and a test is to see what is there now.
        with Web(sandbox.url, cache=tmp_path / str(next(numbers))) as web:
            return ask_board(source, web, Ask(f"{sandbox.url}{path}", key))

    return ask


def board(read: Read, company: str) -> Batch:
    return read(greenhouse.SOURCE, "/boards/greenhouse", company)


def feed(read: Read) -> Batch:
    return read(remotive.SOURCE, "/boards/remotive")


def career_page(read: Read, company: str) -> Batch:
    return read(jsonld.SOURCE, "", f"https://anywhere.example/careers/{company}")


def everything(read: Read) -> list[Batch]:
    pages = [career_page(read, company) for company in PAGES]
    return [*(board(read, company) for company in COMPANIES), *pages, feed(read)]


def ids(batch: Batch) -> set[int]:
    return {int(posting.external_id[-4:]) for posting in batch.postings}


def test_every_job_is_read_whole(sandbox: SandboxControl, read: Read) -> None:
    batches = everything(read)
    assert [batch.skipped for batch in batches] == [()] * len(batches)
    postings = [posting for batch in batches for posting in batch.postings]
    assert len({(one.board, one.feed, one.external_id) for one in postings}) == len(postings)
    assert set().union(*map(ids, batches)) == {job["id"] for job in sandbox.jobs()}
    assert len(sandbox.jobs()) >= 60
    for one in postings:
        assert one.title and one.company and one.places and one.posted_at and one.employment, one
        assert 100 <= len(one.description_text.split()) <= 300, one.title
        assert one.url.startswith(sandbox.url)
    paid = [one for one in postings if one.salary is not None]
    assert len(paid) > len(postings) * 0.9
    assert {one.salary.period for one in paid if one.salary} == {"year", "hour"}
    assert {one.remote for one in postings} >= {"remote", "hybrid", "on_site"}


def test_the_page_of_a_job_is_there_and_describes_it_too(read: Read) -> None:
    for batch in everything(read):
        (found,) = read(jsonld.SOURCE, "", batch.postings[0].url).postings
        assert found.title == batch.postings[0].title
        assert found.company == batch.postings[0].company


def test_some_jobs_stand_on_two_boards_and_one_is_posted_again(read: Read) -> None:
    freight, remote = board(read, "halden-freight").postings, feed(read).postings
    assert twins(freight, remote, Same.YES) == ["Backend Engineer (Routing)"]
    again = [one for one in freight if one.title == "Night Dispatcher"]
    assert len(again) == 2 and same(*map(card_of, again)) is Same.LINK


def twins(some: tuple[Posting, ...], others: tuple[Posting, ...], verdict: Same) -> list[str]:
    return [a.title for a in some for b in others if same(card_of(a), card_of(b)) is verdict]


def test_some_have_a_last_day(read: Read) -> None:
    last = [one for one in board(read, "brightwell-health").postings if one.valid_through]
    assert [one.title for one in last] == ["Occupational Therapist (Part-time)"]


def test_a_company_without_a_board_has_none(sandbox: SandboxControl) -> None:
    for path in ("boards/greenhouse/v1/boards/velloria/jobs", "careers/velloria", "careers/nobody"):
        assert requests.get(f"{sandbox.url}/{path}", timeout=30).status_code == 404


def test_robots_may_read(sandbox: SandboxControl) -> None:
    assert requests.get(f"{sandbox.url}/robots.txt", timeout=30).text == "User-agent: *\nAllow: /\n"


def test_a_job_is_closed_on_every_board(sandbox: SandboxControl, read: Read) -> None:
    number = next(job["id"] for job in sandbox.jobs() if job["title"] == "Backend Engineer (Routing)")
    page = next(one.url for one in board(read, "halden-freight").postings if "Routing" in one.title)
    sandbox.close_job(number)
    assert number not in ids(board(read, "halden-freight")) | ids(feed(read))
    assert requests.get(page, timeout=30).status_code == 410
    with pytest.raises(ControlError, match=f"no opening {number} is open"):
        sandbox.close_job(number)
    sandbox.reset()
    assert number in ids(feed(read))


def test_a_job_is_opened_where_its_company_has_its_jobs(sandbox: SandboxControl, read: Read) -> None:
    pay = [90_000, 110_000, "USD", "year"]
    number = sandbox.open_job("kestrel-pay", "Treasury Analyst", trade="finance", pay=pay, also="remotive")
    for batch in (board(read, "kestrel-pay"), feed(read)):
        (made,) = (one for one in batch.postings if one.title == "Treasury Analyst")
        assert made.salary is not None and made.salary.maximum == 110_000
    sandbox.advance_clock(24 * 3600)
    assert number in ids(board(read, "kestrel-pay"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"company": "nobody"}, "company: wanted one of 'brightwell-health'"),
        ({"title": " "}, "title: wanted a text"),
        ({"trade": "magic"}, "trade: wanted one of"),
        ({"pay": [3, 2, "USD", "year"]}, "pay: wanted"),
        ({"days": -1}, "days: wanted a whole number"),
        ({"colour": "red"}, "colour: unknown; known: also, away"),
    ],
)
def test_what_cannot_be_opened_is_named(sandbox: SandboxControl, row: dict[str, str], complaint: str) -> None:
    before = sandbox.jobs()
    with pytest.raises(ControlError, match=complaint):
        sandbox.open_job(**({"company": "velloria", "title": "Conductor"} | row))
    assert sandbox.jobs() == before
