"""The bell: everything that the user was told, newest first, and which of it is new."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user, login_required
from peewee import JOIN
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Application, Channel, Event, Notification, User
from jobs.acts import NotFound
from jobs.news import letter_of
from webapp import layout

pages = Blueprint("notifications", __name__, url_prefix="/notifications")

# Older ones are on the timelines of their applications.
SHOWN = 100


@dataclass(frozen=True)
class Entry:
    """A notification as the page shows it."""

    id: int
    title: str
    words: str
    at: datetime
    new: bool


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """All news."""
    return render_template("notifications.html", **_page())


@pages.get("/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    return layout.changes("notifications_parts.html", _page)


@pages.get("/<int:notification_id>")
@login_required  # type: ignore[untyped-decorator]
def follow(notification_id: int) -> AnyResponse:
    """Go where the news leads; it is read then."""
    own = (Notification.id == notification_id) & (Notification.user == current_user.id)
    told = Notification.get_or_none(own)
    if told is None:
        raise NotFound("This news is not here any more.")
    _read(own)
    link = letter_of(told).link
    return redirect(link.path if link else url_for(".show"), 303)


@pages.post("/read")
@login_required  # type: ignore[untyped-decorator]
def read_all() -> AnyResponse:
    """All of it is read."""
    _read(Notification.user == current_user.id)
    return redirect(url_for(".show"), 303)


def _read(which: Any) -> None:
    unread = which & Notification.read_at.is_null()
    if Notification.update(read_at=layout.clock().now).where(unread).execute():
        # The count on other open pages falls.
        User.touch(current_user.id)


def _page() -> dict[str, Any]:
    rows = (
        Notification.select(Notification, Application, Event)
        .join(Application, JOIN.LEFT_OUTER)
        .switch(Notification)
        .join(Event, JOIN.LEFT_OUTER)
        .where(Notification.user == current_user.id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(SHOWN)
    )
    ill = Channel.select(Channel.name).where(
        (Channel.user == current_user.id) & Channel.enabled & Channel.error.is_null(False)
    )
    return {
        "version": current_user.version,
        "entries": [_entry(told) for told in rows],
        "ill": [channel.name for channel in ill],
    }


def _entry(told: Notification) -> Entry:
    letter = letter_of(told)
    return Entry(told.id, letter.subject, letter.intro, told.created_at, told.read_at is None)
