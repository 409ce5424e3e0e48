"""Finding jobs: the newest that fit, in the order that is asked for, page by page.

No more than MOST are put in order. Who finds more narrows the search, and the page says so; so a search for
what half of all postings say costs no more than one for a rare word.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from hearback.documents.facts import Facts
from hearback.models import Job, now
from jobs.find_jobs_wanted import Order, Wanted
from jobs.find_jobs_where import newest, question
from jobs.job_fit import score as cv_score
from jobs.job_matches_score import score
from jobs.job_words import tokens

MOST = 500
PAGE = 20
# So many characters of the description stand in a list.
GLIMPSE = 400
# What tells how well a job fits, and how old it is.
SCORED = (
    *(
        Job.id,
        Job.title,
        Job.company,
        Job.posted_at,
        Job.first_seen_at,
        Job.places,
        Job.place_text,
        Job.remote,
    ),
    *(Job.remote_from, Job.salary_min, Job.salary_max, Job.salary_currency, Job.salary_period),
    *(Job.salary_guessed, Job.salary_year, Job.level, Job.employment),
)
# What tells how well a CV answers a job.
CV_SCORED = (Job.asks, Job.places, Job.remote)
WHOLE_TEXTS = frozenset({"description_html", "description_text"})
DAY = dt.timedelta(days=1)
# A title that says nothing but the words counts as much as being posted so many days later.
WHOLE_TITLE = 30.0


@dataclass(frozen=True)
class Hit:
    """A job that fits, as far as its place in the order needs it; `fit` is 0 to 100.

    `suits` is how well the user's CV answers it, or -1 where nobody asked, or nobody knows yet.
    """

    id: int
    at: dt.datetime
    salary: float
    fit: int
    length: int
    suits: int


@dataclass(frozen=True)
class Found:
    """One page of what was found.

    `total` counts up to MOST, and `more` says that there are more than that. `upto` is the newest job that
    was known when page 1 was made: later pages that are asked with it shift by nothing that came since.
    """

    jobs: Sequence[Job]
    total: int
    more: bool
    page: int
    upto: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find(
    user_id: int | None,
    wanted: Wanted,
    page: int = 1,
    upto: int | None = None,
    size: int = PAGE,
    facts: Facts | None = None,
) -> Found:
    """A page of the jobs that fit a search; without a user nothing is hidden.

    `facts` are what the user's CV proves; without them nothing is ordered or left out by it.
    """
    if upto is None:
        upto = Job.select(fn.MAX(Job.id)).scalar() or 0
    hits, more = search(user_id, wanted, upto, facts if wanted.by_cv else None)
    page = min(max(page, 1), max(1, -(-len(hits) // size)))
    ids = [hit.id for hit in hits[(page - 1) * size : page * size]]
    return Found(listed(ids), len(hits), more, page, upto)


def search(
    user_id: int | None, wanted: Wanted, upto: int, facts: Facts | None = None
) -> tuple[list[Hit], bool]:
    """All that fits up to MOST, in order, and whether more does."""
    at = now()
    ids = newest(question(wanted, user_id, at, upto), MOST + 1)
    hits = _hits(ids[:MOST], wanted, facts)
    if facts is not None:
        hits = [hit for hit in hits if hit.suits >= wanted.fit_min or not wanted.fit_min]
    return _ordered(hits, wanted, at), len(ids) > MOST


def listed(ids: Sequence[int]) -> list[Job]:
    """These jobs in this order, with `glimpse` for the description: a list does not carry whole texts."""
    fields = [field for field in Job._meta.sorted_fields if field.name not in WHOLE_TEXTS]
    glimpse = fn.SUBSTR(Job.description_text, 1, GLIMPSE).alias("glimpse")
    rows = {job.id: job for job in Job.select(*fields, glimpse).where(Job.id.in_(list(ids) or [0]))}
    return [rows[job_id] for job_id in ids if job_id in rows]


def _hits(ids: Sequence[int], wanted: Wanted, facts: Facts | None) -> list[Hit]:
    best = wanted.order is Order.RELEVANCE
    fields = (
        SCORED if best else (Job.id, Job.posted_at, Job.first_seen_at, Job.salary_year, Job.salary_currency)
    )
    if facts is not None:
        fields = tuple({field.name: field for field in (*fields, *CV_SCORED)}.values())
    return [
        Hit(
            id=job.id,
            at=job.posted_at or job.first_seen_at,
            salary=job.salary_year or 0.0 if job.salary_currency == wanted.salary_currency else 0.0,
            fit=score(wanted, job)[0] if best else 0,
            length=len(job.title.split()) if best else 0,
            suits=_suits(facts, job),
        )
        for job in Job.select(*fields).where(Job.id.in_(list(ids) or [0]))
    ]


def _suits(facts: Facts | None, job: Job) -> int:
    known = cv_score(facts, job) if facts is not None else None
    return -1 if known is None else known


def _ordered(hits: list[Hit], wanted: Wanted, at: dt.datetime) -> list[Hit]:
    latest = sorted(hits, key=lambda hit: (hit.at, hit.id), reverse=True)
    if wanted.order is Order.SALARY:
        return sorted(latest, key=lambda hit: -hit.salary)
    if wanted.order is Order.FIT:
        return sorted(latest, key=lambda hit: -hit.suits)
    if wanted.order is Order.NEWEST or wanted.empty:
        return latest
    words = len(tokens(wanted.words))
    return sorted(latest, key=lambda hit: (-hit.fit, _age(hit, words, at)))


def _age(hit: Hit, words: int, at: dt.datetime) -> float:
    """Days since a job was posted, less where its title says little but what was asked."""
    return (at - hit.at) / DAY - WHOLE_TITLE * min(1.0, words / max(1, hit.length))
