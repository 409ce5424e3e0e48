"""How a fetch ended, what its record says, and when its feed is due again."""

import datetime as dt
import logging
from dataclasses import dataclass, field
from typing import Any

from hearback.boards.faults import BoardFault
from hearback.boards.posting import Batch
from hearback.boards.registry import SOURCES
from hearback.logs import event
from hearback.models import BoardFeed, BoardRun, RunState, database
from hearback.words import plural
from jobs.take_jobs import Taken

log = logging.getLogger(__name__)

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# A feed is due a little before its round, so that the tick of the round finds it.
EARLY = HOUR / 2
# What failed for a time is tried again after this, doubled each time up to its usual distance.
FIRST_WAIT = HOUR / 2
# What will not mend by itself is looked at once a day.
LASTING = frozenset({RunState.GONE, RunState.UNAUTHORISED, RunState.ROBOTS, RunState.FORBIDDEN_ADDRESS})
PASSING = frozenset({RunState.LIMITED, RunState.DOWN, RunState.STALE, RunState.FAILED})
GOOD = frozenset({RunState.OK})
# A feed that gave rows for so long and gives none now is flagged.
STEADY = dt.timedelta(days=7)
# No board may keep us away for longer, whatever it says.
LONGEST_WAIT = 2 * DAY
MOST_SKIPPED = 50
MOST_WORDS = 300


@dataclass(frozen=True)
class Ended:
    """A fetch that ended, well or not."""

    state: RunState
    error: str | None = None
    retry_after: float | None = None
    rows: int = 0
    read: int = 0
    skipped: int = 0
    full: bool = False
    details: dict[str, Any] = field(default_factory=dict)
    taken: Taken = field(default_factory=Taken)

    @classmethod
    def of(cls, answer: Batch | BoardFault, taken: Taken) -> "Ended":
        """What the record says of an answer, or of none."""
        if isinstance(answer, BoardFault):
            return cls(RunState(answer.kind), answer.words[:MOST_WORDS], answer.retry_after)
        state, error = RunState.OK, None
        if answer.skipped and not answer.postings:
            count = plural(len(answer.skipped), "row")
            state, error = RunState.SHAPE, f"None of {count} could be read: {answer.skipped[0].reason}"
        elif answer.stale:
            state, error = RunState.STALE, "The board did not answer; an older answer was read."
        return cls(
            state,
            error and error[:MOST_WORDS],
            rows=max(answer.rows, len(answer.postings) + len(answer.skipped)),
            read=len(answer.postings),
            skipped=len(answer.skipped),
            full=answer.full and not answer.stale,
            details=_details(answer),
            taken=taken,
        )


def end(feed: BoardFeed, run: BoardRun, ended: Ended, at: dt.datetime) -> None:
    """Write the record, and what it means for the feed; another may fetch it from then on."""
    taken = ended.taken
    with database.atomic():
        BoardRun.update(
            state=ended.state, ended_at=at, error=ended.error, full=ended.full, fetched=ended.rows,
            skipped=ended.skipped, details=ended.details, new=taken.new, changed=taken.changed,
            closed=taken.closed,
        ).where(BoardRun.id == run.id).execute()  # fmt: skip
        good = ended.state in GOOD
        values = {
            **(_steadiness(feed, ended, at) if good else {}),
            "fail_count": 0 if good else feed.fail_count + 1,
            "next_at": next_at(feed, run.started_at, at, ended),
            "claimed_at": None,
        }
        if good:
            values["last_ok_at"] = at
        BoardFeed.update(values).where(BoardFeed.id == feed.id).execute()


def failed(feed: BoardFeed, run: BoardRun, at: dt.datetime) -> None:
    """Note that a run raised: a fault of ours, of which the worker's log has the reason."""
    end(feed, run, Ended(RunState.FAILED, "Raised; the worker's log has the reason."), at)


def next_at(feed: BoardFeed, began: dt.datetime, at: dt.datetime, ended: Ended) -> dt.datetime:
    """When the feed is due again: its usual round, no more calls a day than its board allows, and patience.

    A failure that passes is tried again sooner, unless the board says when; one that stays, once a day.
    """
    usual = max(feed.every_hours * HOUR - EARLY, least_distance(feed))
    if ended.state in GOOD:
        return began + usual
    wait = DAY if ended.state in LASTING else usual
    if ended.state in PASSING:
        wait = max(min(FIRST_WAIT * 2**feed.fail_count, usual), least_distance(feed))
    if ended.retry_after is not None:
        wait = max(wait, min(dt.timedelta(seconds=ended.retry_after), LONGEST_WAIT))
    return max(began + wait, at)


def least_distance(feed: BoardFeed) -> dt.timedelta:
    """The least distance of two runs, where a board allows so many calls a day for all its feeds."""
    source = SOURCES.get(feed.board)
    if source is None or not source.a_day:
        return dt.timedelta()
    feeds = BoardFeed.select().where((BoardFeed.board == feed.board) & ~BoardFeed.paused).count()
    return DAY * max(1, feeds) / source.a_day


def _steadiness(feed: BoardFeed, ended: Ended, at: dt.datetime) -> dict[str, Any]:
    """Since when it gives rows, or none; suspicious is a feed that did for a week and does not now."""
    if ended.rows:
        return {"gave_since": feed.gave_since or at, "empty_since": None, "flagged": False}
    steady = feed.gave_since is not None and feed.gave_since <= at - STEADY
    if steady and not feed.flagged:
        log.warning(event("board.gives_nothing", feed=feed.id, board=feed.board))
    flagged = feed.flagged or steady
    since = feed.gave_since if flagged else None
    return {"gave_since": since, "empty_since": feed.empty_since or at, "flagged": flagged}


def _details(batch: Batch) -> dict[str, Any]:
    skipped = [[one.row[:100], one.reason[:MOST_WORDS]] for one in batch.skipped[:MOST_SKIPPED]]
    warnings = [words[:MOST_WORDS] for words in batch.warnings[:MOST_SKIPPED]]
    return {"skipped": skipped, "warnings": warnings}
