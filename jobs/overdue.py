"""Telling the operators that a periodic job does not run: once for each outage, by whoever still lives."""

import datetime as dt
import logging
from collections.abc import Sequence

from hearback.logs import event
from hearback.models import PeriodicRun
from jobs.operators import tell_operators
from jobs.periodic import ROWS

log = logging.getLogger(__name__)

# So many rounds must have been missed: one may just be late.
PERIODS = 2


def tell_overdue(at: dt.datetime) -> list[str]:
    """Tell of each row that has missed two rounds and was not told of yet; return their names.

    Scheduler and workers all look, since one of them may be what has stopped. An outage is named by the
    moment at which the row was due, and who claims it first tells of it. Where no mail gets out, the claim
    is given back, and the next look tries again.
    """
    late = [run for run in PeriodicRun.select() if _missed(run, at) and _claim(run)]
    if not late:
        return []
    names = [run.name for run in late]
    log.error(event("periodic.overdue", rows=",".join(names)))
    if not _send(late, at):
        PeriodicRun.update(told_due_at=None).where(PeriodicRun.id.in_([run.id for run in late])).execute()
        return []
    return names


def _missed(run: PeriodicRun, at: dt.datetime) -> bool:
    row = ROWS.get(run.name)
    return row is not None and run.due_at is not None and at - run.due_at > PERIODS * row.period


def _claim(run: PeriodicRun) -> bool:
    told = PeriodicRun.told_due_at.is_null() | (PeriodicRun.told_due_at != run.due_at)
    mine = (PeriodicRun.id == run.id) & (PeriodicRun.due_at == run.due_at) & told
    return bool(PeriodicRun.update(told_due_at=run.due_at).where(mine).execute())


def _send(late: Sequence[PeriodicRun], at: dt.datetime) -> bool:
    first, more = late[0], len(late) - 1
    name = first.name.replace("_", " ")
    subject = f"Hearback: the {name} does not run"
    if more:
        subject = f"Hearback: the {name} and {more} more {'job does' if more == 1 else 'jobs do'} not run"
    lines = [f"- {run.name.replace('_', ' ')}: due {run.due_at:%Y-%m-%d %H:%M} UTC" for run in late]
    text = "\n".join(["These should have run and did not:", "", *lines, "", "Look at scheduler and workers."])
    return tell_operators(subject, text, f"overdue-{first.name}-{first.due_at:%Y%m%dT%H%M%S}", at)
