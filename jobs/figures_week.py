"""The figures of a weekly summary: a pure function of what happened to a user's applications."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from hearback.models import STAGES, Stage, Status
from jobs.histories import History
from jobs.periods import Period

# Whose turn it is to write is then the employer's.
WAITS = frozenset({Status.APPLIED, Status.UNDER_REVIEW, Status.INTERVIEW_COMPLETED})
# Silence is worth a word after a week, and after two months it is an answer of its own.
PATIENCE = dt.timedelta(days=7)
GIVEN_UP = dt.timedelta(days=60)


@dataclass(frozen=True)
class Answered:
    """An application that was answered: when last in the period, and where it stood at the end of that."""

    id: int
    company: str | None
    role: str | None
    at: dt.datetime
    status: Status


@dataclass(frozen=True)
class Dated:
    """An application with a moment: its next interview, or the employer's last word."""

    id: int
    company: str | None
    role: str | None
    at: dt.datetime
    until: dt.datetime | None = None


@dataclass
class Week:
    """What a week came to. `ahead` and `waiting` are as of the telling, all else within the week."""

    sent: int = 0
    answers: int = 0
    answered: list[Answered] = field(default_factory=list)
    ahead: list[Dated] = field(default_factory=list)
    waiting: list[Dated] = field(default_factory=list)
    given_up: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    statuses_before: Counter[Status] = field(default_factory=Counter)


def week(all_of_it: Iterable[History], period: Period, at: dt.datetime) -> Week:
    """What a week came to, told at a moment not before its end. Lists are in the order in which they help."""
    found = Week()
    for one in all_of_it:
        _count_week(found, one, period)
        _look_ahead(found, one, at)
    found.answered.sort(key=lambda a: (a.at, a.id), reverse=True)
    found.ahead.sort(key=lambda a: (a.at, a.id))
    found.waiting.sort(key=lambda w: (w.at, w.id))
    return found


def _count_week(found: Week, one: History, period: Period) -> None:
    status, before = one.status(period.end), one.status(period.start)
    answers = [moment for moment in one.answers if period.contains(moment)]
    found.sent += bool(one.sent and period.contains(one.sent))
    found.answers += len(answers)
    if status is not None and answers:
        found.answered.append(Answered(one.id, one.company, one.role, answers[-1], status))
    for counter, value in ((found.statuses, status), (found.statuses_before, before)):
        # What had ended before the week is history, and would grow for ever.
        if value is not None and (STAGES[value] is not Stage.CLOSED or one.moved(period.start, period.end)):
            counter[value] += 1


def _look_ahead(found: Week, one: History, at: dt.datetime) -> None:
    status = one.status(at)
    if status is None or STAGES[status] is Stage.CLOSED:
        return
    found.ahead += [Dated(one.id, one.company, one.role, *span) for span in one.meetings if span[1] > at]
    last = max((word for word in one.words if word < at), default=None)
    if status in WAITS and last is not None and at - last >= PATIENCE:
        if at - last < GIVEN_UP:
            found.waiting.append(Dated(one.id, one.company, one.role, last))
        else:
            found.given_up += 1
