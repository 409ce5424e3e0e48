"""Operators see which boards need a look, and fetch, pause and follow boards from one page."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from hearback.models import BoardFeed, BoardRun, Job, now
from jobs.queues import queues
from jobs.scrape import fetch_feed
from tests.support import product
from tests.webapp import operating
from tests.webapp.browsing import DESK, PHONE, Opened, Site
from tests.webapp.reader import Reader, words
from webapp import create_app

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def app(database_url: str, redis_url: str) -> Iterator[Flask]:
    """The application on each of the databases."""
    with product.running(product.environment(database_url, redis_url)):
        yield create_app()


def feed(key: str, board: str = "greenhouse", state: str = "ok", **values: object) -> BoardFeed:
    """A feed that ran an hour ago."""
    at = now()
    made = BoardFeed.create(
        **{
            "board": board,
            "key": key,
            "name": key.title(),
            "by": "starter",
            "last_run_at": at - HOUR,
            "last_ok_at": at - HOUR if state == "ok" else at - 2 * DAY,
            "next_at": at + 5 * HOUR,
            "fail_count": 0 if state == "ok" else 3,
            **values,
        }
    )
    BoardRun.create(
        feed=made, board=board, started_at=at - 7 * HOUR, state="ok", fetched=40, ended_at=at - 7 * HOUR
    )
    run = BoardRun.create(feed=made, board=board, started_at=at - HOUR, ended_at=at - HOUR, state=state)
    if state == "ok":
        BoardRun.update(fetched=1_204, new=12, closed=3).where(BoardRun.id == run.id).execute()
    return made


def blocked(key: str = "tidewater") -> BoardFeed:
    made = feed(key, state="blocked")
    last = BoardRun.select().where(BoardRun.feed == made).order_by(BoardRun.id.desc()).get()
    BoardRun.update(
        error="The board answers 403.",
        skipped=2,
        details={"skipped": [["row 4", "no <title>"], ["17", "no address"]], "warnings": []},
    ).where(BoardRun.id == last.id).execute()
    return made


def rows(reader: Reader) -> list[str]:
    return [words(node) for node in reader.see("/admin/boards").css("tbody tr")]


def test_what_needs_a_look_comes_first_with_its_reason(robin: Reader) -> None:
    feed("alder")
    blocked()
    feed("sedge", flagged=True)
    feed("zephyr", paused=True)
    BoardFeed.keep("remotive", "", "starter", name="Remotive")
    told = rows(robin)
    assert told[0].startswith("Sedge Greenhouse Suddenly empty")
    assert told[1].startswith(
        "Tidewater Greenhouse Blocks us The board answers 403. 2 rows could not be read"
    )
    assert "row 4: no <title>" in told[1]
    alder = next(line for line in told if line.startswith("Alder"))
    assert "Fine" in alder
    assert "1,204 12 3" in alder
    assert any(line.startswith("Zephyr Greenhouse Paused") for line in told)
    assert any(line.startswith("Remotive Remotive Not fetched yet") for line in told)


def test_a_board_that_fell_silent_is_told_on_the_first_page(robin: Reader) -> None:
    operating.well()
    assert robin.read("/admin").startswith("All well.")
    feed("sedge", flagged=True)
    assert "1 job board gave jobs for a week and gives none now." in robin.read("/admin")


def test_nothing_yet_says_what_comes(robin: Reader) -> None:
    assert "Nothing yet. The first round begins with the scheduler" in robin.read("/admin/boards")


def test_a_board_is_fetched_at_once(robin: Reader) -> None:
    made = feed("alder")
    assert "Alder on Greenhouse will be fetched in a moment." in robin.press(
        "/admin/boards", "Fetch now Alder"
    )
    (job,) = queues.default.get_jobs()
    assert (job.func_name, job.args) == (f"{fetch_feed.__module__}.fetch_feed", [made.id])
    assert BoardFeed.get_by_id(made.id).next_at <= now()


def test_a_board_that_allows_few_calls_is_not_asked_sooner(robin: Reader) -> None:
    feed("", "remotive", name="Remotive")
    assert "allows no call for another 4 h" in robin.press("/admin/boards", "Fetch now Remotive")
    assert queues.default.is_empty()


def test_a_board_is_paused_and_resumed(robin: Reader) -> None:
    made = feed("alder")
    assert "Alder on Greenhouse is paused." in robin.press("/admin/boards", "Pause Alder")
    assert BoardFeed.get_by_id(made.id).paused
    assert robin.post(f"/admin/boards/{made.id}/fetch").status_code == 303
    assert queues.default.is_empty()
    assert "Alder on Greenhouse is fetched again." in robin.press("/admin/boards", "Resume Alder")
    assert not BoardFeed.get_by_id(made.id).paused


def test_an_operator_follows_a_company_for_everybody(robin: Reader) -> None:
    robin.see("/admin/boards")
    for address, told in (
        ("https://jobs.lever.co/marram", "marram on Lever will be fetched in a moment."),
        ("not an address", "no web address"),
    ):
        robin.post("/admin/boards", address=address)
        assert told in robin.read("/admin/boards")
    (made,) = BoardFeed.select()
    assert (made.board, made.key, made.by) == ("lever", "marram", "operator")


def test_a_board_that_the_settings_leave_out_says_so(robin: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    made = feed("alder", state="down", next_at=now())
    monkeypatch.setenv("BOARDS", "remotive")
    product.forget()
    (told,) = rows(robin)
    assert told.startswith("Alder Greenhouse Not asked")
    assert "Greenhouse, Lever, Ashby" in robin.read("/admin/boards")
    robin.post(f"/admin/boards/{made.id}/fetch")
    assert "Alder on Greenhouse is not asked: left out by the setting BOARDS." in robin.read("/admin/boards")
    robin.post("/admin/boards", address="https://jobs.lever.co/marram")
    assert "This service does not ask Lever: left out by the setting BOARDS" in robin.read("/admin/boards")
    assert queues.default.is_empty()


@pytest.mark.parametrize("act", ["fetch", "pause", "resume"])
def test_what_is_not_there_is_not_found(robin: Reader, act: str) -> None:
    assert robin.post(f"/admin/boards/99/{act}").status_code == 404


def test_long_lists_come_in_pages_at_the_same_price(robin: Reader) -> None:
    for number in range(45):
        feed(f"company {number:02}")
    first, last = (robin.see(f"/admin/boards?page={page}") for page in (1, 3))
    assert "1 to 20 of 45" in words(first.css_first(".pager"))
    assert len(last.css("tbody tr")) == 5
    for odd in ("0", "-1", "x", "99", "9" * 30):
        assert robin.client.get(f"/admin/boards?page={odd}").status_code == 200


def test_who_is_no_admin_finds_nothing(mallory: Reader) -> None:
    made = feed("alder")
    assert mallory.client.get("/admin/boards").status_code == 404
    assert mallory.post(f"/admin/boards/{made.id}/pause").status_code == 404
    assert not BoardFeed.get_by_id(made.id).paused


def test_metrics_tell_how_each_board_is(robin: Reader) -> None:
    feed("alder")
    feed("sedge", flagged=True)
    blocked()
    BoardFeed.keep("remotive", "", "starter")
    Job.create(title="x", company="x", company_key="x", title_key="x", block="x", url="https://x.example")
    told = robin.client.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
    assert 'hearback_board_feeds{board="greenhouse",state="ok"} 2.0' in told
    assert 'hearback_board_feeds{board="greenhouse",state="blocked"} 1.0' in told
    assert 'hearback_board_feeds{board="remotive",state="waiting"} 1.0' in told
    assert 'hearback_board_flagged{board="greenhouse"} 1.0' in told
    assert 'hearback_board_ok_age_seconds{board="greenhouse"} 36' in told
    assert "hearback_jobs_open 1.0" in told


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_in_a_browser_all_fits(site: Site, opened: Opened, size: dict[str, int]) -> None:
    blocked()
    feed("alder")
    page = opened("/admin/boards", viewport=size)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.get_by_text("2 rows could not be read").click()
    expect(page.get_by_text("row 4: no <title>")).to_be_visible()
    page.get_by_role("button", name="Pause Alder").click()
    expect(page.get_by_text("Alder on Greenhouse is paused.")).to_be_visible()
