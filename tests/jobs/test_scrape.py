"""Each fetch of a board is on record with how it ended; whatever a board does, nothing else is lost."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq.registry import ScheduledJobRegistry

from hearback.boards import registry, web
from hearback.config import BOARDS
from hearback.models import BoardFeed, BoardRun, Follow, Job, JobSource, SavedSearch, User, database, now
from jobs import scrape, take_jobs
from jobs.board_feeds import keep_feeds, wanted_searches
from jobs.job_matches import match_new
from jobs.queues import queues
from jobs.scrape import fetch_feed, ring_late, scrape_first_default, scrape_saved_searches
from jobs.sweep import sweep
from tests.support import product
from tests.support.board_server import BoardServer, Reply, board_server, of_json, web_page
from tests.support.forked import Point, run_worker, was_killed

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
KEY = "tidewater"
JOBS = f"/v1/boards/{KEY}/jobs"
POSTED = (dt.datetime.now(dt.UTC) - DAY).isoformat()


@pytest.fixture
def board() -> Iterator[BoardServer]:
    with board_server() as made:
        made.replies[JOBS] = listing(row(1), row(2, "Data Analyst"))
        yield made


@pytest.fixture(autouse=True)
def running(
    database_url: str, redis_url: str, board: BoardServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    # A test asks more often than once a second, and is to see what the board says each time.
    monkeypatch.setattr(web, "FEED_HOLD", 0.001)
    env = product.environment(database_url, redis_url)
    env |= {f"{name.upper()}_URL": board.url for name in BOARDS} | {"BOARD_CACHE": str(tmp_path / "answers")}
    with product.running(env):
        database.connect(reuse_if_open=True)
        yield


def row(number: int, title: str = "Backend Engineer", **more: Any) -> dict[str, Any]:
    """A job as Greenhouse lists it."""
    return {
        "id": 4_400_000 + number,
        "title": title,
        "absolute_url": f"https://boards.greenhouse.io/{KEY}/jobs/{4_400_000 + number}",
        "location": {"name": "Berlin, Germany"},
        "content": "&lt;p&gt;You look after the ledger.&lt;/p&gt;",
        "updated_at": POSTED,
        "company_name": "Tidewater Labs",
        **more,
    }


def listing(*rows: Any) -> Reply:
    return of_json({"jobs": list(rows), "meta": {"total": len(rows)}})


def feed(**values: Any) -> BoardFeed:
    made = BoardFeed.keep("greenhouse", KEY, "starter", name="Tidewater Labs")
    if values:
        BoardFeed.update(values).where(BoardFeed.id == made.id).execute()
    return BoardFeed.get_by_id(made.id)


def run(made: BoardFeed | None = None) -> BoardRun:
    """Fetch the feed now, whenever it is due; the record of that."""
    made = made or feed()
    BoardFeed.update(next_at=now()).where(BoardFeed.id == made.id).execute()
    fetch_feed(made.id)
    return BoardRun.select().where(BoardRun.feed == made.id).order_by(BoardRun.id.desc()).get()


def titles() -> list[str]:
    return [job.title for job in Job.select().where(Job.closed_at.is_null()).order_by(Job.id)]


def test_a_run_is_a_record_of_what_came(board: BoardServer) -> None:
    first = run()
    assert (first.state, first.fetched, first.new, first.skipped, first.full) == ("ok", 2, 2, 0, True)
    assert first.ended_at >= first.started_at
    board.replies[JOBS] = listing(row(1, title="Senior Backend Engineer"), row(2, "Data Analyst"))
    second = run()
    assert (second.new, second.changed, second.closed) == (0, 1, 0)
    made = feed()
    assert made.last_ok_at is not None and (made.fail_count, made.claimed_at) == (0, None)
    assert titles() == ["Senior Backend Engineer", "Data Analyst"]


def test_new_jobs_are_matched_after_they_are_written() -> None:
    run()
    (job,) = queues.default.get_jobs()
    assert job.func_name == f"{match_new.__module__}.{match_new.__name__}"
    assert job.args == [[made.id for made in Job.select().order_by(Job.id)]]
    assert all(made.asks is not None for made in Job.select())
    run()
    assert queues.default.count == 1


GONE_WRONG: dict[str, tuple[Callable[[], Reply], str]] = {
    "403": (lambda: web_page(status=403), "blocked"),
    "429": (lambda: Reply(status=429, headers={"Retry-After": "7200"}), "limited"),
    "404": (lambda: Reply(status=404), "gone"),
    "a web page": (web_page, "shape"),
    "half a JSON": (lambda: Reply(b'{"jobs": [{"id": 1, "tit'), "shape"),
    "no list": (lambda: of_json({"jobs": None}), "shape"),
    "rows of another shape": (
        lambda: of_json({"jobs": [{"id": 1}, {"id": 2}], "meta": {"total": 2}}),
        "shape",
    ),
    "too large": (lambda: Reply(b"{}", claimed=60_000_000), "too_large"),
    "into a private network": (
        lambda: Reply(status=302, headers={"Location": "http://10.0.0.1/jobs"}),
        "forbidden_address",
    ),
}


@pytest.mark.parametrize("what", GONE_WRONG)
def test_whatever_a_board_does_ends_in_the_record_and_costs_no_job(board: BoardServer, what: str) -> None:
    run()
    reply, state = GONE_WRONG[what]
    for _ in range(3):
        board.replies[JOBS] = reply()
        ended = run()
        assert ended.state == state
        assert ended.error and (ended.new, ended.changed, ended.closed) == (0, 0, 0)
    assert titles() == ["Backend Engineer", "Data Analyst"]
    made = feed()
    assert (made.fail_count, made.claimed_at) == (3, None)
    board.replies[JOBS] = listing(row(1), row(3, "Recruiter"))
    assert (run().state, feed().fail_count) == ("ok", 0)
    assert "Recruiter" in titles()


def test_a_board_that_is_down_is_read_from_an_older_answer(
    board: BoardServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "FEED_HOLD", 1)
    run()
    board.replies[JOBS] = Reply(status=500)
    # For a second the answer is as good as new.
    ended = next(made for made in iter(run, None) if made.state != "ok")
    assert (ended.state, ended.fetched, ended.full) == ("stale", 2, False)
    assert titles() == ["Backend Engineer", "Data Analyst"]


def test_a_board_that_never_answered_is_down(board: BoardServer) -> None:
    board.replies[JOBS] = Reply(status=500)
    assert run().state == "down"


def test_one_bad_row_never_loses_the_others(board: BoardServer) -> None:
    board.replies[JOBS] = listing(row(1), {"id": [4], "title": {"a": 1}}, row(2, "Data Analyst"), None)
    ended = run()
    assert (ended.state, ended.fetched, ended.new, ended.skipped) == ("ok", 4, 2, 2)
    assert len(ended.details["skipped"]) == 2
    assert all(reason for _, reason in ended.details["skipped"])


def test_a_board_that_asks_for_patience_gets_it(board: BoardServer) -> None:
    board.replies[JOBS] = Reply(status=429, headers={"Retry-After": "36000"})
    ended = run()
    assert feed().next_at >= ended.started_at + 10 * HOUR
    asked = len(board.paths)
    fetch_feed(feed().id)
    assert len(board.paths) == asked
    board.replies[JOBS] = Reply(status=429, headers={"Retry-After": "99999999"})
    assert run().state == "limited"
    assert feed().next_at <= now() + 2 * DAY


def test_a_failure_that_passes_is_tried_again_sooner_and_ever_later(board: BoardServer) -> None:
    board.replies[JOBS] = Reply(status=503)
    waits = []
    for _ in range(6):
        ended = run()
        waits.append(feed().next_at - ended.started_at)
    assert waits == sorted(waits)
    assert waits[0] < HOUR < waits[-1] < 6 * HOUR


def test_a_board_that_gave_rows_for_a_week_and_gives_none_is_flagged(board: BoardServer) -> None:
    run()
    board.replies[JOBS] = listing()
    assert run().state == "ok"
    assert not feed().flagged
    feed(gave_since=now() - 8 * DAY, empty_since=None)
    board.replies[JOBS] = listing(row(1), row(2, "Data Analyst"))
    run()
    feed(gave_since=now() - 8 * DAY)
    board.replies[JOBS] = listing()
    assert run().state == "ok"
    assert feed().flagged
    assert titles() == ["Backend Engineer", "Data Analyst"]
    assert run().closed == 2
    assert feed().flagged
    board.replies[JOBS] = listing(row(1))
    run()
    assert not feed().flagged
    assert titles() == ["Backend Engineer"]


def test_what_two_answers_do_not_list_is_closed_by_the_second(board: BoardServer) -> None:
    run()
    board.replies[JOBS] = listing(row(2, "Data Analyst"))
    assert run().closed == 0
    board.replies[JOBS] = Reply(status=500)
    run()
    board.replies[JOBS] = listing(row(2, "Data Analyst"))
    assert run().closed == 1
    assert titles() == ["Data Analyst"]


def test_two_that_ring_for_one_feed_fetch_it_once(board: BoardServer) -> None:
    made = feed()
    fetch_feed(made.id)
    fetch_feed(made.id)
    assert len(board.paths) == BoardRun.select().count() == 1
    assert made.next_at < feed().next_at


def test_a_paused_feed_is_left_alone(board: BoardServer) -> None:
    fetch_feed(feed(paused=True).id)
    assert board.paths == []
    assert BoardFeed.due(now()) == []


def test_while_others_fetch_a_board_waits_so_that_mail_finds_a_worker(board: BoardServer) -> None:
    BoardFeed.create(board="lever", key="other", by="starter", claimed_at=now())
    fetch_feed(feed().id)
    assert board.paths == []
    assert ScheduledJobRegistry(queue=queues.backfill).count == 1


def test_a_feed_that_nobody_fetches_any_more_takes_no_room(board: BoardServer) -> None:
    dead = BoardFeed.create(board="lever", key="other", by="starter", claimed_at=now() - HOUR / 6)
    ring_late()
    assert BoardFeed.get_by_id(dead.id).claimed_at is None
    assert run().state == "ok"


def test_a_board_of_few_calls_a_day_is_asked_no_more_often(board: BoardServer) -> None:
    made = BoardFeed.keep("remotive", "", "starter")
    board.reply = of_json({"jobs": []})
    ended = run(made)
    assert ended.state == "ok"
    assert BoardFeed.get_by_id(made.id).next_at - ended.started_at >= DAY / 4
    board.reply = Reply(status=503)
    run(made)
    assert BoardFeed.get_by_id(made.id).next_at - BoardFeed.get_by_id(made.id).last_run_at >= DAY / 4


def test_a_fault_of_ours_is_on_record_and_does_not_hold_the_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(scrape, "fetch", broken)
    with pytest.raises(ZeroDivisionError):
        run()
    (ended,) = BoardRun.select()
    assert (ended.state, feed().claimed_at) == ("failed", None)


@pytest.mark.parametrize("step", ["take", "_take_chunk", "count_missing", "end"])
def test_a_worker_that_is_killed_leaves_a_run_that_says_so_and_the_next_one_repairs(step: str) -> None:
    owner = scrape if step in {"take", "end"} else take_jobs
    made = feed()
    scrape.ring([made.id], "test")
    assert was_killed(run_worker(Point(owner, step, after=step != "end")))
    assert BoardRun.get().state == "running"
    fetch_feed(made.id)
    assert BoardRun.select().count() == 1
    BoardFeed.update(claimed_at=now() - HOUR).execute()
    ring_late_after(made)
    first, second = BoardRun.select().order_by(BoardRun.id)
    assert (first.state, second.state) == ("killed", "ok")
    assert titles() == ["Backend Engineer", "Data Analyst"]
    assert JobSource.select().count() == 2


def ring_late_after(made: BoardFeed) -> None:
    """The feed has been due for long, as the periodic look finds it."""
    BoardFeed.update(next_at=now() - HOUR).where(BoardFeed.id == made.id).execute()
    ring_late()
    run_worker()


def test_an_emptied_redis_loses_no_fetch(redis_url: str) -> None:
    made = feed()
    scrape.ring([made.id], "test")
    with Redis.from_url(redis_url) as client:
        client.flushall()
    ring_late()
    assert queues.backfill.count == 0
    ring_late_after(made)
    assert titles() == ["Backend Engineer", "Data Analyst"]


def test_a_round_fetches_each_feed_once_for_all_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    for words in ("python", "nurse", "python"):
        SavedSearch.create(user=user, name=words, words=words)
    monkeypatch.setattr(scrape, "A_SECOND", 1000)
    scrape_saved_searches()
    run_worker()
    fetched = [made.feed_id for made in BoardRun.select()]
    assert len(fetched) == len(set(fetched)) == BoardFeed.select().count()
    assert {made.board for made in BoardFeed.select()} >= {
        "greenhouse",
        "remotive",
        "arbeitnow",
        "hackernews",
    }
    assert BoardFeed.select().where(BoardFeed.claimed_at.is_null(False)).count() == 0


def test_boards_that_are_asked_for_searches_get_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADZUNA_APP_ID", "id")
    monkeypatch.setenv("ADZUNA_APP_KEY", "key")
    product.forget()
    user = User.create(email="robin@example.com", google_sub="1")
    for words, hours in (("Python", 12), ("python", 3), ("nurse -travel", 6)):
        SavedSearch.create(user=user, name=words, words=words, place="Berlin", every_hours=hours)
    gone = SavedSearch.create(user=user, name="x", words="gone")
    keep_feeds(now())
    keys = {made.key: made.every_hours for made in BoardFeed.select().where(BoardFeed.board == "adzuna")}
    assert keys == {
        "software engineer @ san francisco, ca": 6,
        "software engineer @ remote": 6,
        "python @ berlin": 3,
        "nurse @ berlin": 6,
        "gone": 6,
    }
    SavedSearch.update(paused=True).where(SavedSearch.id == gone.id).execute()
    keep_feeds(now())
    assert BoardFeed.select().where(BoardFeed.key == "gone").count() == 0
    assert wanted_searches()["python @ berlin"].search.place == "Berlin"


def test_the_searches_of_everybody_have_their_own_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOOBLE_KEY", "key")
    product.forget()
    scrape_saved_searches()
    rung = rung_for()
    assert not [made for made in rung if made.board == "jooble"]
    queues.backfill.empty()
    scrape_first_default()
    assert [made.key for made in rung_for()] == ["software engineer @ san francisco, ca"]


def rung_for() -> list[BoardFeed]:
    """The feeds for which a fetch waits."""
    registry_ids = ScheduledJobRegistry(queue=queues.backfill).get_job_ids()
    jobs = [*queues.backfill.get_jobs(), *(queues.backfill.fetch_job(job_id) for job_id in registry_ids)]
    for job_id in registry_ids:
        ScheduledJobRegistry(queue=queues.backfill).remove(job_id)
    return [BoardFeed.get_by_id(job.args[0]) for job in jobs if job is not None]


def test_a_board_that_nobody_follows_any_more_is_let_go() -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    kept, left = (BoardFeed.keep("greenhouse", key, "user", made_at=now() - 3 * DAY) for key in "ab")
    Follow.create(user=user, feed=kept)
    fresh = BoardFeed.keep("greenhouse", "c", "user")
    keep_feeds(now())
    there = {made.id for made in BoardFeed.select().where(BoardFeed.by == "user")}
    assert there == {kept.id, fresh.id}
    assert left.id not in there


def test_a_new_installation_fetches_at_once_and_only_once(
    board: BoardServer, monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    monkeypatch.setenv("BOARD_COMPANIES", f"greenhouse:{KEY}")
    monkeypatch.setenv("BOARDS", "greenhouse")
    product.forget()
    sweep()
    # Redis loses it, and then two look at one time.
    with Redis.from_url(redis_url) as client:
        client.flushall()
    sweep()
    scrape_saved_searches()
    run_worker()
    assert len(board.paths) == 1
    assert titles() == ["Backend Engineer", "Data Analyst"]
    # From now on there are rounds.
    BoardFeed.update(next_at=now()).execute()
    sweep()
    assert rung_for() == []


def test_a_board_that_the_settings_leave_out_is_not_asked_and_keeps_its_row(
    board: BoardServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = feed()
    monkeypatch.setenv("BOARDS", "remotive")
    product.forget()
    scrape_saved_searches()
    assert [rung.board for rung in rung_for()] == ["remotive"]
    BoardFeed.update(next_at=now() - HOUR).execute()
    ring_late()
    assert {rung.board for rung in rung_for()} == {"remotive"}
    assert "left out by the setting BOARDS" in run(made).error
    assert board.paths == []


def test_what_left_the_list_of_companies_stays_for_those_who_follow_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = User.create(email="robin@example.com", google_sub="1")
    keep_feeds(now())
    Follow.create(user=user, feed=BoardFeed.get(BoardFeed.key == "stripe"))
    BoardFeed.update(made_at=now() - 3 * DAY).execute()
    monkeypatch.setenv("BOARD_COMPANIES", f"greenhouse:{KEY}")
    product.forget()
    keep_feeds(now())
    assert {made.key for made in BoardFeed.select().where(BoardFeed.board == "greenhouse")} == {KEY, "stripe"}


def test_every_board_that_is_fetched_is_known() -> None:
    keep_feeds(now())
    assert {made.board for made in BoardFeed.select()} <= set(registry.SOURCES)
    assert json.dumps([made.query for made in BoardFeed.select()])
