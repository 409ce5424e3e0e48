"""A search as a condition on jobs, but for its words; alike on both databases where they can be."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from types import ModuleType
from typing import Any

from peewee import Cast, Field, SqliteDatabase, Value

from hearback.models import Job, JobMark, JobSource, database
from jobs import find_jobs_postgres, find_jobs_sqlite
from jobs.find_jobs_wanted import Area, Wanted, area
from jobs.job_words import excluded, terms, tokens

# What a job is taken for that does not say: most are.
UNSAID = {"level": "mid", "employment": "full_time"}


def asking() -> ModuleType:
    """How the database at hand is asked."""
    return find_jobs_sqlite if isinstance(database.obj, SqliteDatabase) else find_jobs_postgres


def condition(wanted: Wanted, user_id: int | None, at: dt.datetime) -> Any:
    """All that is asked for but the words; jobs that are closed, or that the user hid, never fit."""
    return reduce(and_, _conditions(wanted, user_id, at))


def _conditions(wanted: Wanted, user_id: int | None, at: dt.datetime) -> Iterator[Any]:
    yield Job.closed_at.is_null()
    if user_id is not None:
        yield Job.id.not_in(JobMark.hidden_by(user_id))
    if unwanted := excluded(terms(wanted.words, wanted.without)):
        yield asking().without(unwanted)
    if (where := area(wanted.place, wanted.near)) is not None:
        yield _at(where, wanted.remote)
    elif wanted.remote == "only":
        yield Job.remote == "remote"
    if wanted.salary_min:
        yield _pays(wanted)
    for field, values in ((Job.level, wanted.levels), (Job.employment, wanted.employments)):
        if values:
            yield _one_of(field, values)
    if wanted.companies:
        yield _company(wanted.companies)
    if wanted.days:
        since = at - dt.timedelta(days=wanted.days)
        yield (Job.posted_at >= since) | (Job.posted_at.is_null() & (Job.first_seen_at >= since))
    if wanted.board:
        yield Job.id.in_(JobSource.select(JobSource.job).where(JobSource.board == wanted.board))


def _at(where: Area, remote: str) -> Any:
    """Jobs at a place, or, as far as is asked, remote ones that may be done from there."""
    away = (Job.remote == "remote") & _open_from(where)
    if remote == "only":
        return away
    there = asking().at(where)
    return there | away if remote == "too" else there


def _open_from(where: Area) -> Any:
    said = Cast(Job.remote_from, "text")
    names = [said.contains(json.dumps(name)) for name in where.open_to]
    # Nobody can tell whether an unknown place lies in the areas that a posting names.
    return reduce(or_, [said == "[]", *names]) if names else Value(1) == Value(1)


def _pays(wanted: Wanted) -> Any:
    same = Job.salary_currency == wanted.salary_currency
    pays = same & (Job.salary_year >= wanted.salary_min)
    if not wanted.salary_unnamed:
        return pays
    return pays | Job.salary_year.is_null() | Job.salary_currency.is_null() | ~same


def _one_of(field: Field, values: Sequence[str]) -> Any:
    named = field.in_(list(values))
    return named | field.is_null() if UNSAID[field.name] in values else named


def _company(names: Sequence[str]) -> Any:
    """Jobs of companies whose name holds one of these, word by word."""
    spaced = Value(" ").concat(Job.company_key).concat(" ")
    return reduce(or_, [spaced.contains(f" {' '.join(tokens(name))} ") for name in names])
