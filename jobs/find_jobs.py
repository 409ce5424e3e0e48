"""Finding jobs: the newest that fit, in the order that is asked for, page by page.

No more than MOST are put in order. Who finds more narrows the search, and the page says so; so a search for
what half of all postings say costs no more than one for a rare word.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from hearback.models import Job, now
from jobs.find_jobs_wanted import Order, Wanted
from jobs.find_jobs_where import asking, condition
from jobs.job_words import Term, terms, tokens

MOST = 1_000
PAGE = 20
# So many characters of the description stand in a list.
GLIMPSE = 400
WHOLE_TEXTS = frozenset({"description_html", "description_text"})
DAY = dt.timedelta(days=1)
# A title that says nothing but the words counts as much as being posted so many days later.
WHOLE_TITLE = 30.0


@dataclass(frozen=True)
class Hit:
    """A job that fits, as far as its place in the order needs it."""

    id: int
    title: str
    at: dt.datetime
    salary: float
    in_title: bool


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
) -> Found:
    """A page of the jobs that fit a search; without a user nothing is hidden."""
    if upto is None:
        upto = Job.select(fn.MAX(Job.id)).scalar() or 0
    hits, more = search(user_id, wanted, upto)
    page = min(max(page, 1), max(1, -(-len(hits) // size)))
    ids = [hit.id for hit in hits[(page - 1) * size : page * size]]
    return Found(listed(ids), len(hits), more, page, upto)


def search(user_id: int | None, wanted: Wanted, upto: int) -> tuple[list[Hit], bool]:
    """All that fits up to MOST, in order, and whether more does."""
    at = now()
    asked = [term for term in terms(wanted.words) if not term.excluded]
    which = condition(wanted, user_id, at) & (Job.id + 0 <= upto)
    titled: set[int] = set()
    if asked:
        ask = asking().candidates
        ids = ask(asked, True, which, MOST + 1)
        titled = set(ids)
        if len(ids) <= MOST:
            ids += [job for job in ask(asked, False, which, MOST + 1) if job not in titled]
    else:
        rows = Job.select(Job.id).where(which).order_by(Job.id.desc()).limit(MOST + 1)
        ids = [row[0] for row in rows.tuples()]
    return _ordered(_hits(ids[:MOST], titled, wanted.salary_currency), wanted.order, asked, at), len(
        ids
    ) > MOST


def listed(ids: Sequence[int]) -> list[Job]:
    """These jobs in this order, with `glimpse` for the description: a list does not carry whole texts."""
    fields = [field for field in Job._meta.sorted_fields if field.name not in WHOLE_TEXTS]
    glimpse = fn.SUBSTR(Job.description_text, 1, GLIMPSE).alias("glimpse")
    rows = {job.id: job for job in Job.select(*fields, glimpse).where(Job.id.in_(list(ids) or [0]))}
    return [rows[job_id] for job_id in ids if job_id in rows]


def _hits(ids: Sequence[int], titled: set[int], currency: str) -> list[Hit]:
    fields = (Job.id, Job.title, Job.posted_at, Job.first_seen_at, Job.salary_year, Job.salary_currency)
    rows = Job.select(*fields).where(Job.id.in_(list(ids) or [0])).tuples()
    return [
        Hit(
            job_id, title, posted or seen, salary if salary and paid_in == currency else 0.0, job_id in titled
        )
        for job_id, title, posted, seen, salary, paid_in in rows
    ]


def _ordered(hits: list[Hit], order: Order, asked: Sequence[Term], at: dt.datetime) -> list[Hit]:
    if order is Order.SALARY:
        return sorted(hits, key=lambda hit: (-hit.salary, hit.at, hit.id))
    newest = sorted(hits, key=lambda hit: (hit.at, hit.id), reverse=True)
    if order is Order.NEWEST or not asked:
        return newest
    return sorted(newest, key=lambda hit: (not hit.in_title, _age(hit, asked, at)))


def _age(hit: Hit, asked: Sequence[Term], at: dt.datetime) -> float:
    """Days since a job was posted, less where its title says little but what was asked."""
    days = (at - hit.at) / DAY
    if not hit.in_title:
        return days
    words = sum(len(term.phrases[0]) for term in asked)
    return days - WHOLE_TITLE * min(1.0, words / max(1, len(tokens(hit.title))))
