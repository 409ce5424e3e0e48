"""Two applications that are one, and one that is two: what the user sees before, and what is said after."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Application, Event, Kind
from jobs import acts, by_hand
from webapp import layout
from webapp.timeline import Entry, events_of, timeline

pages = Blueprint("by_hand", __name__)


@pages.post("/applications/<int:application_id>/merge")
@login_required  # type: ignore[untyped-decorator]
def merge(application_id: int) -> AnyResponse:
    """Make one of this application and the chosen one."""
    other, token = request.form.get("other", type=int), _token()
    if other is None:
        raise acts.BadAct("No application is chosen; choose the one that is the same as this.")
    home = by_hand.merge(current_user.id, application_id, other, token)
    act = acts.done(current_user.id, Kind.MERGE, token)
    layout.said("Merged. Mail for either of them comes here from now on.", act)
    return redirect(url_for("application.show", application_id=home), 303)


@pages.get("/applications/<int:application_id>/split")
@login_required  # type: ignore[untyped-decorator]
def choose(application_id: int) -> str:
    """The entries to check; those that the address names are checked already."""
    return _page(application_id, set(request.args.getlist("entry", type=int)))


@pages.post("/applications/<int:application_id>/split")
@login_required  # type: ignore[untyped-decorator]
def split(application_id: int) -> AnyResponse | tuple[str, int]:
    """Make an application of its own of the checked entries."""
    checked, token = set(request.form.getlist("entry", type=int)), _token()
    try:
        by_hand.split(current_user.id, application_id, checked, token)
    except acts.BadAct as fault:
        return _page(application_id, checked, str(fault)), 400
    act = acts.done(current_user.id, Kind.SPLIT, token)
    layout.said("Split. What you checked is an application of its own now.", act)
    return redirect(url_for("application.show", application_id=application_id), 303)


def _page(application_id: int, checked: set[int], error: str = "") -> str:
    application = acts.own_application(current_user.id, application_id)
    return render_template(
        "split.html", application=application, entries=_entries(application), checked=checked, error=error
    )


def _entries(application: Application) -> list[Entry]:
    """What can be split off, newest first: what the application is made of, and was not taken out."""
    events = events_of(application)
    group = list(Application.select().where(Application.group == application.group_id))
    made_of = {event.id for event in events if _is_part(event, application)}
    known = timeline(application, events, group, layout.clock())
    return [entry for entry in known if entry.id in made_of and not entry.void]


def _is_part(event: Event, application: Application) -> bool:
    return event.application_id == application.id and event.kind in by_hand.MADE_OF


def _token() -> str:
    return request.form.get("token") or secrets.token_hex(16)
