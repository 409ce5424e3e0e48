"""How Postgres is asked for jobs: words by computed columns of migration 0011, places as they are stored."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import SQL

from hearback.models import Job
from hearback.places import Known
from jobs.find_jobs_wanted import Area, Question
from jobs.job_words import Term, tokens, tsquery


def candidates(question: Question, most: int) -> list[int]:
    """Ids of the newest jobs that hold the words and fit the rest; those with them in the title first."""
    which = question.rest if question.where is None else question.rest & at(question.where)
    if question.never:
        which &= without(question.never)

    def newest(column: str) -> list[int]:
        asked = tsquery(question.asked, weighed=column == "words")
        query = Job.select(Job.id).where(_holds(column, asked) & which)
        return [row[0] for row in query.order_by(Job.id.desc()).limit(most).tuples()]

    titled = newest("title_words")
    return titled if len(titled) == most else list(dict.fromkeys([*titled, *newest("words")]))[:most]


def without(these: Sequence[Term]) -> Any:
    """Jobs in which none of the words stands."""
    return ~_holds("words", " | ".join(f"({tsquery([replace(term, excluded=False)])})" for term in these))


def at(where: Area) -> Any:
    """Jobs at a place of that area."""
    around = [Job.places.contains([_parts(known)]) for known in where.around]
    if where.known is None:
        return reduce(or_, [reduce(and_, (Job.place_text.contains(word) for word in where.words)), *around])
    choices = [Job.places.contains([_parts(where.known)]), *around]
    if where.known.city and where.known.region:
        # A posting that names no region means the city as well.
        choices.append(Job.places.contains([{**_parts(where.known), "region": None}]))
    if where.known.city:
        # A wider place that is called by the city: "San Francisco Bay Area" is no city of its own.
        wider = {"city": None, "region": where.known.region, "country": where.known.country}
        choices.append(Job.places.contains([wider]) & Job.place_text.contains(where.known.city))
    return reduce(or_, choices)


def company(names: Sequence[str]) -> Any:
    """Jobs of companies whose name holds one of these, word by word."""
    phrases = [" <-> ".join(f"{word}:B" for word in tokens(name)) for name in names]
    return _holds("words", " | ".join(f"({phrase})" for phrase in phrases))


def opened(names: Sequence[str]) -> Any:
    """Jobs that name one of these countries or areas to work from."""
    return Job.remote_from.has_any_keys(list(names))


def _parts(known: Known) -> dict[str, str]:
    parts = {"city": known.city, "region": known.region, "country": known.country}
    return {name: part for name, part in parts.items() if part is not None}


def _holds(column: str, query: str) -> Any:
    return SQL(f"({column} @@ to_tsquery('hearback', %s))", [query])
