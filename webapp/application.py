"""One application: its timeline, its interviews, and what the user can do to it."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Application, Event, Kind, Meeting
from hearback.models.absorbed import now_part_of
from jobs import acts
from jobs.likeness import candidates
from webapp import by_hand, layout
from webapp.cards import applications_of, card
from webapp.present import look
from webapp.timeline import events_of, timeline

pages = Blueprint("application", __name__)
pages.register_blueprint(by_hand.pages)

# What a database keeps as an id has at most so many digits.
LONGEST_ID = 18


@pages.get("/applications/<int:application_id>")
@login_required  # type: ignore[untyped-decorator]
def show(application_id: int) -> AnyResponse | str:
    """The application's page; one that a merge has taken in leads to the one that it is part of."""
    if not _is_own(application_id):
        home = now_part_of(current_user.id, application_id)
        return redirect(url_for(".show", application_id=home)) if home else abort(404)
    page = _page(application_id)
    other = candidates(page["application"], applications_of(current_user.id))
    return render_template("application.html", candidates=other, **page)


@pages.get("/applications/<int:application_id>/changes")
def changes(application_id: int) -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    if not current_user.is_authenticated:
        return Response(status=401)
    # Whose page it is matters first: the version alone would tell others that it is there.
    page = None if layout.unchanged() and _is_own(application_id) else _page(application_id)
    if page is None:
        return Response(status=204)
    return render_template("application_parts.html", **page)


@pages.post("/applications/<int:application_id>/status")
@login_required  # type: ignore[untyped-decorator]
def choose(application_id: int) -> AnyResponse:
    """Set the status by the user's own word."""
    status = request.form.get("status", "")
    token = request.form.get("token") or secrets.token_hex(16)
    acts.choose(current_user.id, application_id, status, token)
    act = acts.done(current_user.id, Kind.CHOICE, token)
    layout.said(f"Set to {look(status).word}.", act)
    return redirect(url_for(".show", application_id=application_id), 303)


@pages.post("/events/<int:event_id>/undo")
@login_required  # type: ignore[untyped-decorator]
def undo(event_id: int) -> AnyResponse:
    """Take an event back; undoing an undo puts it back."""
    token = request.form.get("token") or secrets.token_hex(16)
    event = Event.get_or_none((Event.id == event_id) & (Event.user == current_user.id))
    act = acts.undo(current_user.id, event_id, token)
    layout.said("Put back." if event.kind == Kind.UNDO else "Taken back.", act)
    return redirect(back_to(request.form.get("back", "")), 303)


def back_to(place: str) -> str:
    """Where a form's `back` field leads: "review", "board", or an application if it still stands."""
    if place == "review":
        return url_for("review.show")
    if place.isdecimal() and len(place) <= LONGEST_ID and _is_own(int(place)):
        return url_for("application.show", application_id=int(place))
    return url_for("board.show")


def _is_own(application_id: int) -> bool:
    own = (Application.id == application_id) & (Application.user == current_user.id)
    return bool(Application.select().where(own).exists())


def _page(application_id: int) -> dict[str, Any]:
    clock = layout.clock()
    application = Application.get_or_none(
        (Application.id == application_id) & (Application.user == current_user.id)
    )
    if application is None:
        abort(404)
    group = list(Application.select().where(Application.group == application.group_id))
    events = events_of(application)
    entries = timeline(application, events, group, clock)
    interviews = Meeting.select().where(Meeting.application == application.id).order_by(Meeting.start)
    cause: dict[str, Any] = next((e.data for e in events if e.id == application.status_event_id), {})
    return {
        "version": current_user.version,
        "card": card(application, cause, clock, new=False),
        "application": application,
        "entries": entries,
        "interviews": list(interviews),
        "because": next((e for e in entries if e.id == application.status_event_id), None),
    }
