"""How the job boards are, asked in a few queries: for the operator's page and for /metrics."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Case, fn
from prometheus_client.core import GaugeMetricFamily, Metric

from hearback.boards.registry import SOURCES, why_not
from hearback.config import settings
from hearback.models import BoardFeed, BoardRun, Job, RunState
from webapp.sick import LENGTH, Part

NEVER = "waiting"
WORDS = {
    NEVER: "Not fetched yet",
    RunState.RUNNING: "Being fetched",
    RunState.OK: "Fine",
    RunState.STALE: "Down, older answer read",
    RunState.BLOCKED: "Blocks us",
    RunState.LIMITED: "Asks for patience",
    RunState.DOWN: "Down",
    RunState.SHAPE: "Changed its shape",
    RunState.TOO_LARGE: "Too large",
    RunState.FORBIDDEN_ADDRESS: "Leads into a private network",
    RunState.ROBOTS: "Forbidden by robots.txt",
    RunState.GONE: "Not there any more",
    RunState.UNAUTHORISED: "Wants other keys",
    RunState.KILLED: "Worker was killed",
    RunState.FAILED: "Fault of ours",
}
WELL = frozenset({NEVER, RunState.RUNNING, RunState.OK})


@dataclass(frozen=True)
class Counts:
    """All feeds in numbers: those that gave rows for a week and give none now, and those that fail."""

    feeds: int
    flagged: int
    failing: int
    paused: int
    open_jobs: int


@dataclass(frozen=True)
class Shown:
    """A feed with its last run, None where it never ran."""

    feed: BoardFeed
    run: BoardRun | None

    @property
    def state(self) -> str:
        """How the last run ended."""
        return NEVER if self.run is None else str(self.run.state)

    @property
    def asked(self) -> bool:
        """Whether the settings let its board be asked."""
        return self.feed.board in SOURCES and why_not(self.feed.board, settings()) is None

    @property
    def words(self) -> str:
        """The state as people say it."""
        if self.feed.paused:
            return "Paused"
        if not self.asked:
            return "Not asked"
        return "Suddenly empty" if self.feed.flagged else WORDS.get(self.state, self.state)

    @property
    def well(self) -> bool:
        """Whether nobody need look."""
        return not self.asked or (self.state in WELL and not self.feed.flagged)

    @property
    def board(self) -> str:
        """The board's name for people."""
        source = SOURCES.get(self.feed.board)
        return source.title if source is not None else str(self.feed.board)

    @property
    def name(self) -> str:
        """What is fetched there: a company, a search, or all of it."""
        return str(self.feed.name or self.feed.key or "All jobs")


def counts() -> Counts:
    """Count the feeds and the open jobs."""
    feeds, flagged, failing, paused = (
        BoardFeed.select(
            fn.COUNT(SQL("*")),
            _sum(BoardFeed.flagged),
            _sum(BoardFeed.fail_count > 0),
            _sum(BoardFeed.paused),
        )
        .tuples()
        .get()
    )
    return Counts(feeds, flagged, failing, paused, Job.select().where(_OPEN).count())


def feeds(number: int) -> Part[Shown]:
    """A page of all feeds, what needs a look first."""
    order = (BoardFeed.flagged.desc(), BoardFeed.fail_count.desc(), BoardFeed.board, BoardFeed.name)
    rows = list(BoardFeed.select().order_by(*order, BoardFeed.id).paginate(number, LENGTH))
    runs = _last([feed.id for feed in rows])
    return Part([Shown(feed, runs.get(feed.id)) for feed in rows], number, BoardFeed.select().count())


def not_asked() -> dict[str, list[str]]:
    """The boards that are not asked, by the reason."""
    found: dict[str, list[str]] = {}
    for name, source in SOURCES.items():
        if why := why_not(name, settings()):
            found.setdefault(why, []).append(source.title)
    return found


def measures(at: dt.datetime) -> Iterator[Metric]:
    """Gauges of the last run of every feed, by board."""
    states = GaugeMetricFamily(
        "hearback_board_feeds", "Feeds by how their last run ended.", labels=["board", "state"]
    )
    for board, state, count in _states():
        states.add_metric([board, state], count)
    yield states
    rows = BoardFeed.select(BoardFeed.board, fn.MAX(BoardFeed.last_ok_at), _sum(BoardFeed.flagged))
    age = GaugeMetricFamily(
        "hearback_board_ok_age_seconds", "Since a good run of the board.", labels=["board"]
    )
    flagged = GaugeMetricFamily(
        "hearback_board_flagged", "Feeds that gave rows for a week and give none now.", labels=["board"]
    )
    for board, ok_at, count in rows.group_by(BoardFeed.board).tuples():
        if ok_at is not None:
            age.add_metric([board], max(0.0, (at - ok_at).total_seconds()))
        flagged.add_metric([board], count)
    yield age
    yield flagged
    yield GaugeMetricFamily("hearback_jobs_open", "Jobs that are open.", Job.select().where(_OPEN).count())


_OPEN = Job.closed_at.is_null()


def _sum(condition: Any) -> Any:
    return fn.COALESCE(fn.SUM(Case(None, [(condition, 1)], 0)), 0)


def _last(ids: list[int]) -> dict[int, BoardRun]:
    newest = BoardRun.select(fn.MAX(BoardRun.id)).where(BoardRun.feed.in_(ids)).group_by(BoardRun.feed)
    return {run.feed_id: run for run in BoardRun.select().where(BoardRun.id.in_(newest))} if ids else {}


def _states() -> Iterator[tuple[str, str, int]]:
    newest = BoardRun.select(fn.MAX(BoardRun.id)).group_by(BoardRun.feed)
    rows = BoardRun.select(BoardRun.board, BoardRun.state, fn.COUNT(SQL("*"))).where(BoardRun.id.in_(newest))
    yield from rows.group_by(BoardRun.board, BoardRun.state).tuples()
    never = BoardFeed.select(BoardFeed.board, fn.COUNT(SQL("*"))).where(BoardFeed.last_run_at.is_null())
    for board, count in never.group_by(BoardFeed.board).tuples():
        yield board, NEVER, count
