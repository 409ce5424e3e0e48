"""Looking for jobs: words, place and filters in the address, so that a search can be kept and sent."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, render_template, request
from flask_login import current_user, login_required
from peewee import fn

from hearback.boards.registry import SOURCES
from hearback.levels import LEVELS
from hearback.models import BoardFeed, Job, JobMark, JobMatch, SavedSearch, User
from jobs.find_jobs import MOST, find, listed
from jobs.find_jobs_wanted import Order
from jobs.job_matches_score import EMPLOYMENTS
from webapp import openings_form, openings_words

pages = Blueprint("jobs", __name__, url_prefix="/jobs")

# So many saved jobs are listed; who saves more has a plan of their own.
SAVED = 200


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """What was looked for, a page at a time; without a question the newest jobs."""
    asked = openings_form.read(request.args)
    page, upto = request.args.get("page", 1, type=int), request.args.get("upto", type=int)
    facts = openings_words.own_facts(current_user.id)
    found = find(current_user.id, asked.wanted, _sane(page) or 1, _sane(upto), facts=facts)
    return render_template(
        "jobs.html",
        asked=asked,
        found=found,
        lines=openings_words.lines(current_user.id, found.jobs, asked.wanted),
        here=here(),
        stocked=bool(found.total) or Job.select().exists(),
        most=MOST,
        **choices(),
    )


@pages.get("/saved")
@login_required  # type: ignore[untyped-decorator]
def saved() -> str:
    """The jobs that the user saved, newest first; also those that are closed by now."""
    rows = (
        JobMark.select(JobMark.job)
        .where((JobMark.user == current_user.id) & JobMark.saved_at.is_null(False))
        .order_by(JobMark.saved_at.desc())
        .limit(SAVED)
    )
    jobs = listed([row[0] for row in rows.tuples()])
    return render_template(
        "jobs_saved.html", lines=openings_words.lines(current_user.id, jobs), here=here(), **counts()
    )


def choices() -> dict[str, Any]:
    """What the form of a search offers."""
    has_cv = openings_words.own_facts(current_user.id) is not None
    read = BoardFeed.select(BoardFeed.board).where(BoardFeed.last_ok_at.is_null(False)).distinct()
    boards = {row[0] for row in read.tuples()}
    return {
        **counts(),
        "levels": {level: openings_words.LEVELS.get(level, level.capitalize()) for level in LEVELS},
        "employments": EMPLOYMENTS,
        "remote_words": openings_form.REMOTE,
        "day_words": openings_form.DAYS,
        "has_cv": has_cv,
        "fits": openings_form.FITS,
        "order_words": {
            order: words for order, words in openings_form.ORDERS.items() if has_cv or order is not Order.FIT
        },
        "currencies": openings_form.CURRENCIES,
        "boards": {name: source.title for name, source in SOURCES.items() if name in boards},
    }


def counts() -> dict[str, Any]:
    """How much stands behind the tabs of these pages, in one query."""
    mine = (SavedSearch.user == current_user.id) & SavedSearch.removed_at.is_null()
    fresh = (
        JobMatch.select(fn.COUNT(JobMatch.job.distinct()))
        .join(SavedSearch)
        .switch(JobMatch)
        .join(Job)
        .where(mine & Job.closed_at.is_null() & (JobMatch.created_at > SavedSearch.seen_at))
    )
    kept = (JobMark.user == current_user.id) & JobMark.saved_at.is_null(False)
    saved = JobMark.select(fn.COUNT(JobMark.id)).where(kept)
    row = User.select(saved, fresh).where(User.id == current_user.id).tuples().get()
    return {"saved_count": row[0], "fresh_count": row[1]}


def here() -> str:
    """The page that is open, for the forms on it to come back to."""
    return request.full_path.rstrip("?")


def back_to(place: str, otherwise: str) -> str:
    """A path of these pages that a form names, or else another one."""
    parts = urlsplit(place)
    own = not parts.scheme and not parts.netloc and parts.path.split("/")[1:2] == ["jobs"]
    return place if own and "\\" not in place else otherwise


def _sane(number: int | None) -> int | None:
    """A number of an address that a row can have."""
    return number if number is not None and 0 < number < 2**62 else None
