"""How Postgres is asked for jobs: words by computed columns of migration 0011, places as they are stored."""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import SQL

from hearback.models import Job
from hearback.places import Known
from jobs.find_jobs_wanted import Area
from jobs.job_words import Term, tsquery


def candidates(asked: Sequence[Term], in_title: bool, condition: Any, most: int) -> list[int]:
    """Ids of the newest jobs that hold all words and fit the condition, newest first."""
    column = "title_words" if in_title else "words"
    query = Job.select(Job.id).where(_holds(column, tsquery(asked)) & condition)
    return [row[0] for row in query.order_by(Job.id.desc()).limit(most).tuples()]


def without(these: Sequence[Term]) -> Any:
    """Jobs in which none of the words stands."""
    return ~_holds("words", " | ".join(f"({tsquery([term])})" for term in these))


def at(where: Area) -> Any:
    """Jobs at a place of that area."""
    if where.known is None:
        return reduce(and_, (Job.place_text.contains(word) for word in where.words))
    choices = [Job.places.contains([_parts(known)]) for known in (where.known, *where.around)]
    if where.known.city and where.known.region:
        # A posting that names no region means the city as well.
        choices.append(Job.places.contains([{**_parts(where.known), "region": None}]))
    if where.known.city:
        # A wider place that is called by the city: "San Francisco Bay Area" is no city of its own.
        wider = {"city": None, "region": where.known.region, "country": where.known.country}
        choices.append(Job.places.contains([wider]) & Job.place_text.contains(where.known.city))
    return reduce(or_, choices)


def _parts(known: Known) -> dict[str, str]:
    parts = {"city": known.city, "region": known.region, "country": known.country}
    return {name: part for name, part in parts.items() if part is not None}


def _holds(column: str, query: str) -> Any:
    return SQL(f"({column} @@ to_tsquery('hearback', %s))", [query])
