"""The questions that only the user can answer, one key each; and corrections of any mail."""

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Application, Event, Kind
from jobs import acts
from webapp import layout
from webapp.application import back_to
from webapp.present import CATEGORIES, looks_like
from webapp.questions import questions_of

pages = Blueprint("review", __name__)


@pages.get("/review")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """All questions, newest first."""
    return render_template("review.html", **_page())


@pages.get("/review/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("review_parts.html", _page)


@pages.post("/events/<int:event_id>/correct")
@login_required  # type: ignore[untyped-decorator]
def correct(event_id: int) -> AnyResponse:
    """Say what a mail really is, or confirm it, or say which application it belongs to."""
    form = request.form
    token = form.get("token") or secrets.token_hex(16)
    if form.get("category", "") not in CATEGORIES:
        raise acts.BadAct("The kind of mail is missing; choose one from the list.")
    before = _event(event_id).data["category"]
    application_id = form.get("application_id", type=int)
    category = form["category"]
    acts.correct(
        current_user.id,
        event_id,
        category,
        token,
        company=form.get("company"),
        role=form.get("role"),
        application_id=application_id,
    )
    act = acts.done(current_user.id, Kind.CORRECTION, token)
    layout.said(_answer(event_id, before, category, application_id), act)
    return redirect(_after(event_id, form.get("back", "")), 303)


def _page() -> dict[str, Any]:
    asked = questions_of(current_user.id)
    return {
        "version": current_user.version,
        "questions": asked,
        "question_count": layout.waiting_beside(asked),
    }


def _event(event_id: int) -> Event:
    event = Event.get_or_none((Event.id == event_id) & (Event.user == current_user.id))
    if event is None or event.kind != Kind.MAIL:
        raise acts.NotFound("This mail is not here any more.")
    found: Event = event
    return found


def _answer(event_id: int, before: str, category: str, application_id: int | None) -> str:
    """What to say after a correction: what it is now, and what came of it."""
    home = _home(event_id)
    name = home.company if home and home.company else "the application"
    if application_id is not None:
        role = f", {home.role}" if home and home.role else ""
        return f"Noted: it belongs to {name}{role}."
    if category == "other":
        return "Noted: it is not about a job."
    verb = "Confirmed" if category == before else "Corrected"
    return f"{verb}: {looks_like(category)}{f' from {name}' if home and home.company else ''}."


def _home(event_id: int) -> Application | None:
    placed = Event.select(Event.application_id).where(Event.id == event_id)
    found: Application | None = Application.get_or_none(
        (Application.id.in_(placed)) & (Application.user == current_user.id)
    )
    return found


def _after(event_id: int, place: str) -> str:
    """Back to where the form stood; from a timeline, to where the mail stands now."""
    home = _home(event_id)
    return back_to(str(home.id) if place.isdecimal() and home is not None else place)
