"""Saved searches and followed companies: what is looked for without asking, and what came of it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from peewee import JOIN, fn
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Job, JobMark, JobMatch, PastedPosting, SavedSearch, Tell
from jobs import saved_searches
from jobs.find_jobs import PAGE, listed
from jobs.find_jobs_wanted import of_search
from jobs.job_marks import marks_of
from jobs.refusals import BadAct
from jobs.saved_searches import HOURS, Manners
from jobs.saved_searches_follow import followed, shown
from webapp import layout, openings, openings_form, openings_words

pages = Blueprint("job_searches", __name__, url_prefix="/jobs/searches")

TELL = {
    Tell.EACH: "At most once a round",
    Tell.DAILY: "Once a day, all searches together",
    Tell.NEVER: "Not at all; I look here",
}
# So many pasted postings are shown with what became of them.
PASTED = 5


@dataclass(frozen=True)
class Shown:
    """A saved search in the list."""

    search: SavedSearch
    total: int
    fresh: int
    query: str


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def index() -> str:
    """All searches of the user, the companies they follow, and what they brought by address."""
    return render_template("jobs_searches.html", form={}, **page())


@pages.get("/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("jobs_searches_parts.html", page)


@pages.post("")
@login_required  # type: ignore[untyped-decorator]
def add() -> AnyResponse:
    """Keep the search that the form holds."""
    asked = openings_form.read(request.form)
    search_id = saved_searches.add(current_user.id, asked.wanted, _manners())
    layout.said("Saved. We look every few hours and tell you what is new.")
    return redirect(url_for(".show", search_id=search_id), 303)


@pages.get("/<int:search_id>")
@login_required  # type: ignore[untyped-decorator]
def show(search_id: int) -> str:
    """What fits a search, the newest first; what came since the last look is marked."""
    search = saved_searches.own_search(current_user.id, search_id)
    told = _page(search, openings_form.of_wanted(of_search(search)))
    saved_searches.seen(search)
    return told


@pages.post("/<int:search_id>")
@login_required  # type: ignore[untyped-decorator]
def change(search_id: int) -> AnyResponse | tuple[str, int]:
    """Look for what the form holds from now on."""
    asked = openings_form.read(request.form)
    try:
        if asked.errors:
            raise BadAct(" ".join(asked.errors.values()))
        saved_searches.change(current_user.id, search_id, asked.wanted, _manners())
    except BadAct as fault:
        search = saved_searches.own_search(current_user.id, search_id)
        return _page(search, asked, str(fault)), 400
    layout.said("Changed. What fits is listed anew.")
    return redirect(url_for(".show", search_id=search_id), 303)


@pages.post("/<int:search_id>/<any(pause, resume, delete, restore):act>")
@login_required  # type: ignore[untyped-decorator]
def act(search_id: int, act: str) -> AnyResponse:
    """Pause, go on, delete, or bring back."""
    user_id = current_user.id
    if act == "delete":
        saved_searches.remove(user_id, search_id)
        layout.said_with_undo("Deleted.", url_for(".act", search_id=search_id, act="restore"))
        return redirect(url_for(".index"), 303)
    if act == "restore":
        saved_searches.restore(user_id, search_id)
        layout.said("It is back.")
        return redirect(url_for(".show", search_id=search_id), 303)
    saved_searches.pause(user_id, search_id, act == "pause")
    layout.said("Paused. Nothing new is noted or told." if act == "pause" else "We look again.")
    return redirect(openings.back_to(request.form.get("back", ""), url_for(".index")), 303)


def page() -> dict[str, Any]:
    """What the list of searches shows."""
    return {
        "version": current_user.version,
        "searches": _searches(),
        "feeds": [(feed, shown(feed)) for feed in followed(current_user.id)],
        "pasted": list(
            PastedPosting.select(PastedPosting, Job)
            .join(Job, JOIN.LEFT_OUTER)
            .where(PastedPosting.user == current_user.id)
            .order_by(PastedPosting.id.desc())
            .limit(PASTED)
        ),
        **openings.counts(),
    }


def _searches() -> list[Shown]:
    mine = saved_searches.own(current_user.id)
    ids = JobMatch.search.in_([one.id for one in mine] or [0])
    totals, news = _counted(ids), _counted(ids & (JobMatch.created_at > SavedSearch.seen_at))
    found = []
    for one in mine:
        query = openings_form.of_wanted(of_search(one)).query()
        found.append(Shown(one, totals.get(one.id, 0), news.get(one.id, 0), query))
    return found


def _counted(which: Any) -> dict[int, int]:
    """How many open jobs each search has of which that holds."""
    matches = JobMatch.select(JobMatch.search, fn.COUNT(JobMatch.id)).join(Job).switch(JobMatch)
    fitting = matches.join(SavedSearch).where(which & Job.closed_at.is_null())
    return dict(fitting.group_by(JobMatch.search).tuples())


def _page(search: SavedSearch, asked: openings_form.Asked, error: str = "") -> str:
    number = max(1, request.args.get("page", 1, type=int))
    which = (JobMatch.search == search.id) & Job.closed_at.is_null()
    which &= JobMatch.job.not_in(JobMark.hidden_by(current_user.id))
    fitting = JobMatch.select().join(Job).where(which)
    total = fitting.count()
    number = min(number, max(1, -(-total // PAGE)))
    newest = fitting.order_by(JobMatch.created_at.desc(), JobMatch.score.desc(), JobMatch.id)
    matches = list(newest.paginate(number, PAGE))
    return render_template(
        "jobs_search.html",
        search=search,
        asked=asked,
        error=error,
        lines=_lines(search, matches),
        total=total,
        number=number,
        last=max(1, -(-total // PAGE)),
        tell_words=TELL,
        hours=HOURS,
        here=openings.here() if request.method == "GET" else url_for(".show", search_id=search.id),
        **openings.choices(),
    )


def _lines(search: SavedSearch, matches: list[JobMatch]) -> list[openings_words.Line]:
    jobs = {job.id: job for job in listed([match.job_id for match in matches])}
    marks = marks_of(current_user.id, list(jobs.values()))
    facts = openings_words.own_facts(current_user.id)
    wanted = of_search(search)
    return [
        openings_words.line(
            jobs[one.job_id], marks[one.job_id], wanted, new=one.created_at > search.seen_at, facts=facts
        )
        for one in matches
        if one.job_id in jobs
    ]


def _manners() -> Manners:
    """How a search is called and tells, as the form has it; from a page of results it has none."""
    form = request.form
    return Manners(form.get("name", ""), form.get("every_hours", 6, type=int), form.get("tell", Tell.EACH))
