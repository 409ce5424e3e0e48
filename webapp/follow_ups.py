"""What a user says of a reminder to follow up: on the application's page, and by the link of a mail."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from hearback.models import STAGES, Application, Stage, Status, User
from jobs import acts, follow_ups
from webapp import layout

pages = Blueprint("follow_ups", __name__)

SAID = {
    "done": "Done. We remind you when there is a new reason.",
    "later": "We remind you again on {day}.",
    "on": "We remind you on {day}.",
    "never": "We do not remind you of this application any more.",
    "again": "We remind you of this application again.",
}


@dataclass(frozen=True)
class Planned:
    """What the page shows: the day of the next reminder, if the user set it, and if one is unanswered."""

    day: dt.date | None
    own: bool
    never: bool
    asks: bool
    days: int
    tomorrow: dt.date

    @property
    def passed(self) -> bool:
        """Whether the day was over before anybody could be reminded: we knew of the application too late."""
        return self.day is not None and self.day < self.tomorrow - dt.timedelta(days=1)


@pages.post("/applications/<int:application_id>/follow-up")
@login_required  # type: ignore[untyped-decorator]
def answer(application_id: int) -> Response:
    """Do what a button of the page says."""
    application = acts.own_application(current_user.id, application_id)
    layout.said(_answer(current_user.id, application.anchor_id))
    return redirect(url_for("application.show", application_id=application_id), 303)


@pages.get("/follow-ups/<token>")
def show(token: str) -> str:
    """Ask; what fetches links to look at them must change nothing."""
    return _page(token)


@pages.post("/follow-ups/<token>")
def answer_by_link(token: str) -> str:
    """Do it, without signing in: the link itself is signed."""
    return _page(token, _answer(*follow_ups.named_by(token)))


def _answer(user_id: int, anchor_id: int) -> str:
    what, text = request.form.get("answer", ""), request.form.get("day", "")
    try:
        day = dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise acts.BadAct(f"The date is {text!r}; it must be written like 2026-05-31.") from None
    own = follow_ups.answer(user_id, anchor_id, what, own=day if what == "on" else None)
    return SAID[what].format(day=layout.clock().date(own) if own else "")


def _page(token: str, said: str = "") -> str:
    user_id, anchor_id = follow_ups.named_by(token)
    mine = (Application.anchor == anchor_id) & (Application.user == user_id)
    application = Application.get_or_none(mine)
    days = User.get_by_id(user_id).follow_up_days if application else 0
    return render_template("follow_up_link.html", token=token, application=application, said=said, days=days)


def _planned(application: Application) -> Planned | None:
    """What the application's page says of reminders; None where it is closed."""
    if STAGES[Status(application.status)] is Stage.CLOSED:
        return None
    said = follow_ups.said_of(application)
    clock = layout.clock()
    return Planned(
        day=follow_ups.date_for(application, said),
        own=said.own_date is not None,
        never=said.never,
        asks=follow_ups.unanswered(application),
        days=application.user.follow_up_days,
        tomorrow=clock.local(clock.now).date() + dt.timedelta(days=1),
    )


@pages.app_context_processor
def _context() -> dict[str, Any]:
    return {"follow_up_of": _planned}
