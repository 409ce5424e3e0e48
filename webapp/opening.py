"""One job: what it is, where it stands, why it fits, and what the reader does with it."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Job, JobMatch, SavedSearch, Tailoring, WhyClosed
from jobs import job_fit, job_marks, tailorings
from jobs.find_jobs import listed
from jobs.own_documents import read_cvs
from webapp import document_words, layout, openings, openings_words

pages = Blueprint("job", __name__, url_prefix="/jobs/<int:job_id>")

# So many of the same text or the same job again are linked.
ALIKE = 10
SAID = {
    "save": "Saved. It stays on your list, also when it closes.",
    "unsave": "Taken off your list.",
    "hide": "Hidden. You do not see it again.",
    "show": "It is shown again.",
}
OPPOSITE = {"save": "unsave", "unsave": "save", "hide": "show", "show": "hide"}


@dataclass(frozen=True)
class Why:
    """A saved search of the reader that the job fits."""

    search: SavedSearch
    score: int
    reasons: list[tuple[bool | None, str]]


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show(job_id: int) -> str:
    """The job's page; a closed one says when and why."""
    job = job_marks.job_of(job_id)
    clock = layout.clock()
    return render_template(
        "job.html",
        job=job,
        line=openings_words.line(job, job_marks.marks_of(current_user.id, [job])[job.id]),
        posted=openings_words.posted_words(clock, job),
        sources=openings_words.sources_of(job),
        gone=job.closed_why == WhyClosed.GONE,
        why=_why(job),
        suits=_suits(job),
        cvs=read_cvs(current_user.id),
        tailorings=tailorings.listed(current_user.id, Tailoring.job == job.id),
        tones=document_words.TONES,
        making_words=document_words.MAKING,
        alike=openings_words.lines(current_user.id, _alike(job)),
        here=openings.here(),
    )


@pages.post("/<any(save, unsave, hide, show):act>")
@login_required  # type: ignore[untyped-decorator]
def mark(job_id: int, act: str) -> AnyResponse | str:
    """Save or hide; htmx gets the job's new line, a form the page that it came from."""
    if act in {"save", "unsave"}:
        job_marks.save(current_user.id, job_id, act == "save")
    else:
        job_marks.hide(current_user.id, job_id, act == "hide")
    if request.headers.get("HX-Request"):
        return _line(job_id)
    undo = url_for(".mark", job_id=job_id, act=OPPOSITE[act], back=_back())
    layout.said_with_undo(SAID[act], undo)
    return redirect(openings.back_to(_back(), url_for(".show", job_id=job_id)), 303)


@pages.post("/applied")
@login_required  # type: ignore[untyped-decorator]
def applied(job_id: int) -> AnyResponse:
    """The reader applied: an application on the board, which can be undone."""
    token = request.form.get("token") or secrets.token_hex(16)
    _, act = job_marks.applied(current_user.id, job_id, token)
    layout.said("On your board as applied. What they answer appears there.", act)
    return redirect(openings.back_to(_back(), url_for(".show", job_id=job_id)), 303)


def _line(job_id: int) -> str:
    jobs = listed([job_id])
    lines = openings_words.lines(current_user.id, jobs)
    return render_template("job_line.html", line=lines[0], here=_back())


def _back() -> str:
    return request.values.get("back", "")


def _alike(job: Job) -> list[Job]:
    """The same job again, and the same text from others; the newest first."""
    which = Job.alike_id == (job.alike_id or job.id)
    if job.alike_id:
        which |= Job.id == job.alike_id
    rows = Job.select(Job.id).where(which & (Job.id != job.id)).order_by(Job.id.desc()).limit(ALIKE)
    return listed([row[0] for row in rows.tuples()])


def _suits(job: Job) -> job_fit.Suits | None:
    """How well the reader's main CV answers it; None while there is none."""
    facts = openings_words.own_facts(current_user.id)
    return job_fit.suits(facts, job) if facts is not None else None


def _why(job: Job) -> list[Why]:
    """The reader's searches that the job fits, the best first."""
    rows = (
        JobMatch.select(JobMatch, SavedSearch)
        .join(SavedSearch)
        .where(
            (JobMatch.job == job.id)
            & (SavedSearch.user == current_user.id)
            & SavedSearch.removed_at.is_null()
        )
        .order_by(JobMatch.score.desc(), JobMatch.id)
    )
    return [Why(row.search, row.score, [(fits, words) for fits, words in row.reasons]) for row in rows]
