"""A search as a condition on jobs, but for its words; alike on both databases where they can be."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_
from types import ModuleType
from typing import Any

from peewee import Cast, Field, SqliteDatabase, Value

from hearback.models import Job, JobMark, JobSource, database
from jobs import find_jobs_postgres, find_jobs_sqlite
from jobs.find_jobs_wanted import Area, Question, Wanted, area
from jobs.job_words import terms, tokens

# What a job is taken for that does not say: most are.
UNSAID = {"level": "mid", "employment": "full_time"}


def asking() -> ModuleType:
    """How the database at hand is asked."""
    return find_jobs_sqlite if isinstance(database.obj, SqliteDatabase) else find_jobs_postgres


def question(wanted: Wanted, user_id: int | None, at: dt.datetime, upto: int) -> Question:
    """What is asked for; jobs that are closed, that the user hid, or that came after `upto`, never fit."""
    where = area(wanted.place, wanted.near)
    rest = [Job.closed_at.is_null(), Job.id + 0 <= upto]
    if user_id is not None:
        rest.append(Job.id.not_in(JobMark.hidden_by(user_id)))
    filters = list(_filters(wanted, where, at))
    typed = terms(wanted.words, wanted.without)
    return Question(
        asked=tuple(term for term in typed if not term.excluded),
        never=tuple(term for term in typed if term.excluded),
        where=where if wanted.remote not in {"too", "only"} else None,
        rest=reduce(and_, [*rest, *filters]),
        narrow=bool(filters),
    )


def newest(asked_for: Question, most: int) -> list[int]:
    """Ids of the newest jobs that fit, those that hold the words in the title before all others."""
    ask = asking()
    if asked_for.asked:
        ids: list[int] = ask.candidates(asked_for, most)
        return ids
    which = asked_for.rest if asked_for.where is None else asked_for.rest & ask.at(asked_for.where)
    if asked_for.never:
        which &= ask.without(asked_for.never)
    return [row[0] for row in Job.select(Job.id).where(which).order_by(Job.id.desc()).limit(most).tuples()]


def _filters(wanted: Wanted, where: Area | None, at: dt.datetime) -> Iterator[Any]:
    """What columns tell; a place only where remote jobs are wanted beside it, or alone."""
    if where is not None and wanted.remote in {"too", "only"}:
        yield _at(where, wanted.remote)
    elif wanted.remote == "only":
        yield Job.remote == "remote"
    if wanted.salary_min:
        yield _pays(wanted)
    for field, values in ((Job.level, wanted.levels), (Job.employment, wanted.employments)):
        if values:
            yield _one_of(field, values)
    if names := [name for name in wanted.companies if tokens(name)]:
        yield asking().company(names)
    if wanted.days:
        since = at - dt.timedelta(days=wanted.days)
        yield (Job.posted_at >= since) | (Job.posted_at.is_null() & (Job.first_seen_at >= since))
    if wanted.board:
        yield Job.id.in_(JobSource.select(JobSource.job).where(JobSource.board == wanted.board))


def _at(where: Area, remote: str) -> Any:
    """Remote jobs that may be done from a place, and, unless only those are wanted, the jobs there."""
    away = (Job.remote == "remote") & _open_from(where)
    return away if remote == "only" else asking().at(where) | away


def _open_from(where: Area) -> Any:
    if not where.open_to:
        # Nobody can tell whether an unknown place lies in the areas that a posting names.
        return Value(1) == Value(1)
    return (Cast(Job.remote_from, "text") == "[]") | asking().opened(where.open_to)


def _pays(wanted: Wanted) -> Any:
    same = Job.salary_currency == wanted.salary_currency
    pays = same & (Job.salary_year >= wanted.salary_min)
    if not wanted.salary_unnamed:
        return pays
    return pays | Job.salary_year.is_null() | Job.salary_currency.is_null() | ~same


def _one_of(field: Field, values: Sequence[str]) -> Any:
    named = field.in_(list(values))
    return named | field.is_null() if UNSAID[field.name] in values else named
