"""Telling the operators that a periodic job does not run: once for each outage, by whoever still lives."""

import datetime as dt
import logging

from hearback.logs import event
from hearback.models import PeriodicRun
from jobs.periodic import ROWS

log = logging.getLogger(__name__)

# So many rounds must have been missed: one may just be late.
PERIODS = 2


def tell_overdue(at: dt.datetime) -> list[str]:
    """Tell of each row that has missed two rounds and was not told of yet; return their names.

    Scheduler and workers all look, since one of them may be what has stopped. An outage is named by the
    moment at which the row was due, and who claims it first tells of it.
    """
    late = {run.name: run for run in PeriodicRun.select() if _missed(run, at) and _claim(run)}
    if late:
        log.error(event("periodic.overdue", rows=",".join(late)))
    return list(late)


def _missed(run: PeriodicRun, at: dt.datetime) -> bool:
    row = ROWS.get(run.name)
    return row is not None and run.due_at is not None and at - run.due_at > PERIODS * row.period


def _claim(run: PeriodicRun) -> bool:
    told = PeriodicRun.told_due_at.is_null() | (PeriodicRun.told_due_at != run.due_at)
    mine = (PeriodicRun.id == run.id) & (PeriodicRun.due_at == run.due_at) & told
    return bool(PeriodicRun.update(told_due_at=run.due_at).where(mine).execute())
