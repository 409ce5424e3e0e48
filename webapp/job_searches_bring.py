"""What a user brings by its address: a company's jobs page to follow, or a single posting."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from jobs import saved_searches_follow, saved_searches_paste
from jobs.refusals import BadAct, NotFound
from webapp import job_searches, layout

pages = Blueprint("job_bring", __name__, url_prefix="/jobs")

# The board that this visitor stopped to follow last: another's boards are nobody's business.
STOPPED = "stopped_following"


@pages.post("/follow")
@login_required  # type: ignore[untyped-decorator]
def follow() -> AnyResponse | tuple[str, int]:
    """Follow the company at an address."""
    address = request.form.get("address", "")
    try:
        feed = saved_searches_follow.follow(current_user.id, address)
    except BadAct as fault:
        return _again("company", address, fault)
    name = saved_searches_follow.shown(feed)
    layout.said(f"You follow {name}. Its jobs are read within minutes, and then several times a day.")
    return redirect(url_for("job_searches.index"), 303)


@pages.post("/follow/<int:feed_id>/<any(stop, again):act>")
@login_required  # type: ignore[untyped-decorator]
def act(feed_id: int, act: str) -> AnyResponse:
    """Stop following, or take that back."""
    if act == "again":
        if session.get(STOPPED) != feed_id:
            raise NotFound("This board is not here any more.")
        saved_searches_follow.again(current_user.id, feed_id)
        layout.said("You follow it again.")
    else:
        saved_searches_follow.stop(current_user.id, feed_id)
        session[STOPPED] = feed_id
        undo = url_for(".act", feed_id=feed_id, act="again")
        layout.said_with_undo("You do not follow it any more.", undo)
    return redirect(url_for("job_searches.index"), 303)


@pages.post("/posting")
@login_required  # type: ignore[untyped-decorator]
def posting() -> AnyResponse | tuple[str, int]:
    """Have one posting read; the list shows how far that is."""
    address = request.form.get("address", "")
    try:
        saved_searches_paste.bring(current_user.id, address)
    except BadAct as fault:
        return _again("posting", address, fault)
    return redirect(f"{url_for('job_searches.index')}#pasted", 303)


def _again(field: str, address: str, fault: BadAct) -> tuple[str, int]:
    """The page with what was typed, and what is wrong with it."""
    form = {"field": field, "address": address, "error": str(fault)}
    return render_template("jobs_searches.html", form=form, **job_searches.page()), 400
