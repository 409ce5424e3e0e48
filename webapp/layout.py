"""What every page has: the reader's clock, theme and counts, and flash messages with an Undo."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, g, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Notification, now
from hearback.zones import zone
from webapp import present, questions
from webapp.times import Clock

THEMES = ("system", "light", "dark")
THEME_COOKIE = "hearback_theme"


def clock() -> Clock:
    """The clock of this request, in the signed-in user's zone."""
    if "clock" not in g:
        name = current_user.timezone if current_user.is_authenticated else "UTC"
        g.clock = Clock(now(), zone(name))
    known: Clock = g.clock
    return known


def theme() -> str:
    """The theme that this browser chose."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def waiting() -> int:
    """How many questions wait for the signed-in user; asked once a request."""
    if "waiting" not in g:
        g.waiting = questions.count_of(current_user.id)
    count: int = g.waiting
    return count


def unread() -> int:
    """How many notifications the signed-in user has not read; asked once a request."""
    if "unread" not in g:
        own = (Notification.user == current_user.id) & Notification.read_at.is_null()
        g.unread = Notification.select().where(own).count()
    count: int = g.unread
    return count


def waiting_beside(asked: Sequence[questions.Question]) -> int:
    """How many questions wait, counted anew only where `asked` cannot be all of them."""
    return len(asked) if len(asked) < questions.MOST else waiting()


def said(text: str, undo: int | None = None) -> None:
    """Say on the next page what happened; `undo` is the event that a button there takes back."""
    flash({"text": text, "undo": undo} if undo else text, "done")  # type: ignore[arg-type]


def said_with_undo(text: str, address: str) -> None:
    """Say on the next page what happened; a button there takes it back by a post to `address`, ours."""
    flash({"text": text, "back": address}, "done")  # type: ignore[arg-type]


def unchanged() -> bool:
    """Whether the open page shows all there is: it sends the version that it was made from.

    The user's row, which signing in has loaded already, holds the version; nothing else is asked.
    """
    return request.args.get("version", type=int) == current_user.version


def changes(template: str, page: Callable[[], Mapping[str, Any]]) -> AnyResponse | str:
    """What an open page asks for each second: 204 while it shows all there is, otherwise its parts anew."""
    if not current_user.is_authenticated:
        return Response(status=401)
    if unchanged():
        return Response(status=204)
    return render_template(template, **page())


def wire(pages: Blueprint) -> None:
    """Give templates what they all use. Nothing here asks the database until a template does."""

    def context() -> dict[str, Any]:
        return {
            "clock": clock,
            "theme": theme,
            "waiting": waiting,
            "unread": unread,
            "statuses": present.STATUSES,
            "categories": present.CATEGORIES,
            # Names one act, so that two clicks or a reload of the form do it once.
            "new_token": lambda: secrets.token_hex(16),
        }

    pages.app_context_processor(context)
    pages.app_template_filter("host")(_host)


def _host(link: str) -> str:
    """Where a link leads, to be read before it is followed; not the name that may stand before it."""
    try:
        return urlsplit(link).netloc.rpartition("@")[2] or link
    except ValueError:
        return link
