"""How SQLite is asked for jobs: words and places by the FTS5 index that migration 0011 made."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Cast, Table

from hearback.models import Job, database
from hearback.places import Known
from jobs.find_jobs_wanted import Area, Question
from jobs.job_words import Term, fts5, tokens


def candidates(question: Question, most: int) -> list[int]:
    """Ids of the newest jobs that hold the words and fit the rest; those with them in the title first."""
    if question.narrow:
        return _among(question, most)
    titled = _newest(question, "title", most)
    return (
        titled if len(titled) == most else list(dict.fromkeys([*titled, *_newest(question, "", most)]))[:most]
    )


def _newest(question: Question, column: str, most: int) -> list[int]:
    """The index gives its rows from the newest on, so that the rest of them is never read."""
    index, found = _found(question, column)
    query = found.join(Job, on=(Job.id == index.rowid)).where(question.rest)
    return [row[0] for row in query.order_by(index.rowid.desc()).limit(most).tuples()]


def _among(question: Question, most: int) -> list[int]:
    """Where columns leave few jobs these are found first: to read each that has the words takes longer.

    Without the sum SQLite would look into the index once for each of them.
    """
    index, found = _found(question, "")
    query = found.where((index.rowid + 0).in_(Job.select(Job.id).where(question.rest)))
    titled = (index.rowid + 0).in_(_holding(fts5(question.asked, "title")))
    return [row[0] for row in query.order_by(titled.desc(), index.rowid.desc()).limit(most).tuples()]


def _found(question: Question, column: str) -> tuple[Table, Any]:
    asked = fts5((*question.asked, *question.never), column)
    if question.where is not None:
        asked = f"({asked}) AND {_places(question.where)}"
    index = Table("jobs_text", ("rowid",), alias="found").bind(database.obj)
    return index, index.select(index.rowid).where(SQL("found.jobs_text MATCH ?", [asked]))


def without(these: Sequence[Term]) -> Any:
    """Jobs in which none of the words stands."""
    return Job.id.not_in(_holding(" OR ".join(fts5([replace(term, excluded=False)]) for term in these)))


def at(where: Area) -> Any:
    """Jobs at a place of that area."""
    return Job.id.in_(_holding(_places(where)))


def company(names: Sequence[str]) -> Any:
    """Jobs of companies whose name holds one of these, word by word."""
    phrases = [f'"{" ".join(tokens(name))}"' for name in names]
    return Job.id.in_(_holding(f"company : ({' OR '.join(phrases)})"))


def opened(names: Sequence[str]) -> Any:
    """Jobs that name one of these countries or areas to work from."""
    said = Cast(Job.remote_from, "text")
    return reduce(or_, [said.contains(json.dumps(name)) for name in names])


def _holding(query: str) -> SQL:
    return SQL("(SELECT rowid FROM jobs_text WHERE jobs_text MATCH ?)", [query])


def _places(where: Area) -> str:
    if where.known is None:
        phrases = [f'"{" ".join(where.words)}"', *map(_at, where.around)]
    else:
        phrases = [_at(known) for known in (where.known, *where.around)]
        if where.known.city:
            phrases.append(_beside(where.known))
    return f"places : ({' OR '.join(phrases)})"


def _at(known: Known) -> str:
    """The phrase of a place as the index has it, from what is known of it on."""
    words = ["atcountry", *tokens(known.country or "")]
    if known.region:
        words += ["atregion", *tokens(known.region)]
    if not known.city:
        return f'"{" ".join(words)}"'
    city = ["atcity", *tokens(known.city), "atend"]
    # A posting that names no region means the city as well.
    bare = ["atcountry", *tokens(known.country or ""), "atregion", *city]
    return f'("{" ".join([*words, *city])}" OR "{" ".join(bare)}")'


def _beside(known: Known) -> str:
    """A wider place that is called by the city: "San Francisco Bay Area" is no city of its own."""
    country, region = tokens(known.country or ""), tokens(known.region or "")
    wider = " ".join(["atcountry", *country, "atregion", *region, "atcity", "atend"])
    return f'("{wider}" AND "{" ".join(tokens(known.city or ""))}")'
