"""A job as pages tell of it: place, pay, kind and age in words, and what the reader did with it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import g

from hearback.boards.registry import SOURCES
from hearback.documents.facts import Facts
from hearback.models import Job, JobSource, WhyClosed
from jobs import job_fit
from jobs.find_jobs_wanted import Wanted
from jobs.job_marks import Marks, marks_of
from jobs.job_matches_score import EMPLOYMENTS, score
from jobs.job_words_pay import pay
from webapp.times import Clock

REMOTE = {"remote": "Remote", "hybrid": "Hybrid", "on_site": "On site"}
LEVELS = {"intern": "Internship", "mid": "Mid-level"}
# So many places stand in a list.
PLACES = 3
# So many reasons stand beside a job in a list.
REASONS = 4
WHY_CLOSED = {
    WhyClosed.AGE: "It was posted more than 90 days ago.",
    WhyClosed.EXPIRED: "The date to apply by has passed.",
    WhyClosed.GONE: "It is not on any of its boards any more.",
}


@dataclass(frozen=True)
class Line:
    """A job in a list. `fit` is 0 to 100, or None where nothing was asked; `reasons` are [fits, words].

    `suits` is how well the reader's CV answers it, or None where there is none, or nobody knows yet.
    """

    id: int
    title: str
    company: str
    place: str
    remote: str
    pay: str
    guessed: bool
    kinds: tuple[str, ...]
    at: dt.datetime
    glimpse: str
    marks: Marks
    closed: str
    fit: int | None = None
    reasons: Sequence[tuple[bool | None, str]] = ()
    new: bool = False
    suits: int | None = None


@dataclass(frozen=True)
class Source:
    """A place where a job stands, with what its board asks to be shown beside it."""

    title: str
    url: str
    attribution: str | None
    gone: bool


def lines(user_id: int, jobs: Sequence[Job], wanted: Wanted | None = None) -> list[Line]:
    """Jobs for a list, with how they fit what was asked."""
    marks, facts = marks_of(user_id, jobs), own_facts(user_id)
    return [line(job, marks[job.id], wanted, facts=facts) for job in jobs]


def own_facts(user_id: int) -> Facts | None:
    """What the reader's main CV proves; asked once a request."""
    if "cv_facts" not in g:
        g.cv_facts = job_fit.own_facts(user_id)
    found: Facts | None = g.cv_facts
    return found


def line(
    job: Job, marks: Marks, wanted: Wanted | None = None, new: bool = False, facts: Facts | None = None
) -> Line:
    """One job for a list; `facts` are what the reader's CV proves."""
    fit, reasons = score(wanted, job) if wanted is not None else (0, [])
    return Line(
        id=job.id,
        title=job.title,
        company=job.company,
        place=place_of(job),
        remote=remote_of(job),
        pay=pay_of(job),
        guessed=job.salary_guessed,
        kinds=kinds_of(job),
        at=job.posted_at or job.first_seen_at,
        glimpse=getattr(job, "glimpse", ""),
        marks=marks,
        closed=closed_words(job),
        fit=fit if reasons else None,
        reasons=[(one.fits, one.words) for one in reasons[:REASONS]],
        new=new,
        suits=job_fit.score(facts, job) if facts is not None else None,
    )


def place_of(job: Job) -> str:
    """Where the work is, in one line."""
    texts = list(dict.fromkeys(place["text"] for place in job.places)) or [job.place_text]
    rest = len(texts) - PLACES
    return " · ".join(texts[:PLACES]) + (f" and {rest} more" if rest > 0 else "")


def remote_of(job: Job) -> str:
    """Whether it is done from home, where its place does not say so already."""
    word = REMOTE.get(job.remote, "")
    return "" if word and word.lower() in job.place_text.lower() else word


def pay_of(job: Job) -> str:
    """What it pays, in words."""
    return pay(job.salary_min, job.salary_max, job.salary_currency, job.salary_period)


def kinds_of(job: Job) -> tuple[str, ...]:
    """Level and kind of contract, as far as they are known."""
    level = LEVELS.get(job.level, (job.level or "").capitalize())
    employment = EMPLOYMENTS.get(job.employment, "")
    return tuple(dict.fromkeys(word for word in (level, employment) if word))


def closed_words(job: Job) -> str:
    """Why it is closed; "" while it is open."""
    if job.closed_at is None:
        return ""
    return WHY_CLOSED.get(WhyClosed(job.closed_why), "") if job.closed_why else "It is not open any more."


def sources_of(job: Job) -> list[Source]:
    """Where it stands, the one that is preferred first; each board once, those where it is gone last."""
    rows: Iterable[JobSource] = JobSource.select().where(JobSource.job == job.id)
    found: dict[str, Source] = {}
    for row in sorted(rows, key=lambda row: (row.gone_at is not None, row.rank, row.id)):
        board = SOURCES.get(row.board)
        title = board.title if board else "The page with the posting"
        attribution = board.attribution if board else None
        found.setdefault(row.board, Source(title, row.url, attribution, row.gone_at is not None))
    return list(found.values())


def posted_words(clock: Clock, job: Job) -> str:
    """When it was posted, or first seen where its board does not say."""
    if job.posted_at is not None:
        return f"Posted {clock.since_days(job.posted_at)}"
    return f"First seen {clock.since_days(job.first_seen_at)}"
