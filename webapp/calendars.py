"""Interviews in the user's own calendar: a feed at a secret address, and entries in Google Calendar."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, session, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.config import settings
from hearback.gmail.calendar import EVENTS
from hearback.models import CalendarFeed, CalendarLink, Mailbox, MailboxState, User, now
from jobs import acts, feed
from jobs.calendar import write_calendar
from jobs.queues import queues, tried_again
from webapp import google, layout

pages = Blueprint("calendars", __name__)
pages.app_context_processor(lambda: {"calendars": _own})

UNTICKED = "Nothing was changed: on Google's page the box for your calendar was not ticked."
ON = "From now on your interviews are written into the Google Calendar of {address}."
OFF = "We take what is to come out of the Google Calendar of {address}, and write nothing more."
_ADDRESS = "feed_address"


@dataclass(frozen=True)
class Account:
    """One Google account that interviews may be written to."""

    id: int
    address: str
    on: bool
    error: str | None


@pages.get("/feeds/<token>.ics")
def show(token: str) -> AnyResponse:
    """The feed of whoever has this secret; programs that have it already get a 304."""
    found = CalendarFeed.opened_by(token)
    if found is None:
        abort(404)
    content = feed.content(found, now())
    answer = Response(content.body, mimetype="text/calendar")
    answer.set_etag(content.tag)
    answer.last_modified = content.changed_at
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="interviews.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)


@pages.post("/settings/feed")
@login_required  # type: ignore[untyped-decorator]
def renew() -> AnyResponse:
    """Make a new secret address, which the next page shows once."""
    token = CalendarFeed.renew(current_user.id, now())
    session[_ADDRESS] = settings().base_url + url_for(".show", token=token)
    return _back()


@pages.post("/settings/feed/end")
@login_required  # type: ignore[untyped-decorator]
def end() -> AnyResponse:
    """Let the secret address open nothing any more."""
    CalendarFeed.delete().where(CalendarFeed.user == current_user.id).execute()
    layout.said("Ended: the address gives nothing any more. Calendar programs will say so.")
    return _back()


@pages.post("/settings/hour-before")
@login_required  # type: ignore[untyped-decorator]
def reminder() -> AnyResponse:
    """Choose whether an interview is told of once more an hour before."""
    on = _choice()
    User.update(hour_before=on).where(User.id == current_user.id).execute()
    layout.said("You are reminded an hour before, too." if on else "You are reminded the day before only.")
    return _back()


@pages.post("/settings/google-calendar")
@login_required  # type: ignore[untyped-decorator]
def google_calendar() -> AnyResponse:
    """Begin or stop writing interviews into a Google Calendar; where it must be, Google is asked first."""
    box = acts.own_mailbox(current_user.id, request.form.get("mailbox_id", type=int))
    on = _choice()
    if not on:
        CalendarLink.update(on=False).where(CalendarLink.mailbox == box.id).execute()
        _write(box)
        layout.said(OFF.format(address=box.address))
        return _back()
    if box.state != MailboxState.CONNECTED:
        raise acts.BadAct(f"{box.address} is not connected. Connect it first; then allow its calendar.")
    refused = (CalendarLink.mailbox == box.id) & CalendarLink.error.is_null(False)
    # What Google refuses is not to be had by the scopes that we remember: it must be asked anew.
    if EVENTS in box.scopes.split() and not CalendarLink.select().where(refused).exists():
        return granted(box)
    meant = {"address": box.address, "calendar": box.id}
    options = {"prompt": "consent", "scope": f"openid email {EVENTS}"}
    return google.ask_for_mailbox("settings.show", meant, box.address, **options)


def granted(box: Mailbox) -> AnyResponse:
    """Switch the calendar of a mailbox on, now that Google lets us."""
    values = {"on": True, "error": None}
    insert = CalendarLink.insert(mailbox=box.id, **values)
    insert.on_conflict(conflict_target=[CalendarLink.mailbox], update=values).execute()
    _write(box)
    flash(ON.format(address=box.address), "done")
    return _back()


def _write(box: Mailbox) -> None:
    queues.default.enqueue(write_calendar, box.id, **tried_again())


def _own() -> dict[str, Any]:
    """What the settings page tells of calendars."""
    boxes = Mailbox.select().where(Mailbox.user == current_user.id).order_by(Mailbox.id)
    links = {link.mailbox_id: link for link in CalendarLink.select().where(CalendarLink.mailbox.in_(boxes))}
    accounts = [
        Account(box.id, box.address, link is not None and link.on, link.error if link else None)
        for box in boxes
        if box.state == MailboxState.CONNECTED
        for link in (links.get(box.id),)
    ]
    return {
        "address": session.pop(_ADDRESS, None),
        "feed": CalendarFeed.get_or_none(CalendarFeed.user == current_user.id),
        "accounts": accounts,
        "hour_before": User.select(User.hour_before).where(User.id == current_user.id).scalar(),
    }


def _choice() -> bool:
    chosen = request.form.get("on", "")
    if chosen not in {"yes", "no"}:
        raise acts.BadAct(f"on is {chosen!r}; it must be yes or no.")
    return chosen == "yes"


def _back() -> AnyResponse:
    return redirect(url_for("settings.show") + "#calendars", 303)
