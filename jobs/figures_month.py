"""The figures of a monthly report: a pure function of what happened to a user's applications."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from hearback.models import STAGES, Stage, Status
from jobs.histories import History
from jobs.periods import Period

APPLIED_ONLY = Stage.APPLIED.value
_REACHED = (Stage.IN_REVIEW, Stage.INTERVIEW, Stage.OFFER)


@dataclass
class Tally:
    """What came of some applications of one source, or at one company."""

    in_play: int = 0
    answered: int = 0
    interviews: int = 0
    offers: int = 0
    rejected: int = 0


@dataclass
class Month:
    """What a month came to, each figure at the month's own end.

    `flows` counts applications by origin ("new" or "old"), the furthest stage that they reached and where
    they stand; `waits` are the times that first answers of the month took.
    """

    sent: int = 0
    sent_answered: int = 0
    answers: int = 0
    interviews: int = 0
    offers: int = 0
    rejections: int = 0
    moved: int = 0
    waits: list[dt.timedelta] = field(default_factory=list)
    flows: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    sources: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    companies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @property
    def rate(self) -> float | None:
        """The part of what was sent in the month that had an answer by its end; None where nothing was."""
        return self.sent_answered / self.sent if self.sent else None

    @property
    def wait(self) -> dt.timedelta | None:
        """The median time that first answers took."""
        seconds = [wait.total_seconds() for wait in self.waits]
        return dt.timedelta(seconds=median(seconds)) if seconds else None

    @property
    def quiet(self) -> bool:
        """Whether nothing happened that is worth a letter."""
        return not (self.sent or self.answers or self.interviews or self.moved)


def month(all_of_it: Iterable[History], period: Period) -> Month:
    """What a month came to."""
    found = Month()
    for one in all_of_it:
        count_month(found, one, period)
    return found


def count_month(found: Month, one: History, period: Period) -> None:
    """Add one application to a month's figures."""
    sent, status = one.sent, one.status(period.end)
    moved = one.moved(period.start, period.end)
    if sent is None or status is None or status is Status.DRAFT or sent >= period.end:
        return
    before = one.status(period.start)
    was_open = before is not None and STAGES[before] is not Stage.CLOSED
    answers = [moment for moment in one.answers if moment < period.end]
    new = period.contains(sent)
    found.sent += new
    found.sent_answered += bool(new and answers)
    found.answers += sum(map(period.contains, answers))
    if answers and period.contains(answers[0]) and (wait := one.wait) is not None:
        found.waits.append(wait)
    found.interviews += sum(period.contains(start) for start, _ in one.meetings)
    steps = {step for moment, step in one.steps if period.contains(moment)}
    found.offers += Status.OFFER_RECEIVED in steps
    found.rejections += Status.REJECTED in steps
    found.moved += moved
    if new or was_open or moved:
        reached = stages(one, period.end)
        furthest = next((stage for stage in reversed(_REACHED) if stage in reached), APPLIED_ONLY)
        found.flows["new" if new else "old", str(furthest), outcome(status)] += 1
        for tally in (found.sources[one.source], found.companies[one.company or ""]):
            tally.in_play += 1
            tally.answered += bool(answers)
            tally.interviews += Stage.INTERVIEW in reached
            tally.offers += Stage.OFFER in reached
            tally.rejected += status is Status.REJECTED


def stages(one: History, until: dt.datetime) -> set[Stage]:
    """Every stage that an application had been in by a moment."""
    statuses = {status for moment, status in one.steps if moment < until}
    found = {STAGES[status] for status in statuses}
    if statuses & {Status.OFFER_ACCEPTED, Status.OFFER_DECLINED}:
        found.add(Stage.OFFER)
    if any(start < until for start, _ in one.meetings):
        found.add(Stage.INTERVIEW)
    return found


def outcome(status: Status) -> str:
    """Where an application stands, in the words of the funnel's last column: "open", or how it ended."""
    return status.value if STAGES[status] is Stage.CLOSED else "open"
