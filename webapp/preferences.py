"""Small things that a browser remembers or tells: the theme, and the user's time zone."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.config import settings
from hearback.zones import known_zones
from jobs.reminders import set_clock
from webapp.layout import THEME_COOKIE, THEMES

pages = Blueprint("preferences", __name__, url_prefix="/preferences")
YEAR_SECONDS = 365 * 24 * 3600


@pages.post("/theme")
def theme() -> AnyResponse:
    """Keep the theme in a cookie, for who is not signed in too, and go back."""
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        abort(400)
    answer = redirect(_own_path(request.form.get("next", "")), 303)
    answer.set_cookie(
        THEME_COOKIE,
        chosen,
        max_age=YEAR_SECONDS,
        secure=settings().secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@pages.post("/timezone")
@login_required  # type: ignore[untyped-decorator]
def timezone() -> Response:
    """Take the zone that the browser names, unless the user has chosen one."""
    name = request.form.get("timezone", "")
    if name not in known_zones():
        abort(400)
    if not current_user.timezone_chosen and current_user.timezone != name:
        set_clock(current_user.id, {"timezone": name})
    return Response(status=204)


def _own_path(path: str) -> str:
    """The path if it is one of ours; a form must not lead elsewhere."""
    parts = urlsplit(path)
    ours = path.startswith("/") and not parts.netloc and "\\" not in path and path[1:2] != "/"
    return path if ours else url_for("board.show")
