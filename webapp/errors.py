"""Error pages that say what to do, as a page or, for the API and htmx, in a word."""

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from jobs import acts

WORDS = {
    400: ("We could not read that", "Go back and try once more."),
    401: ("Please sign in", "You were signed out. Sign in, and go on where you were."),
    403: ("This is not open to you", "Sign in with the account that it belongs to."),
    404: (
        "Nothing is here",
        "It may have been removed or undone. Your board has all that there is.",
    ),
    405: ("Nothing is here", "This address is not a page. Go back to your board."),
    413: ("That is too large", "Send less than {} MB at once."),
    429: ("That was a lot at once", "Wait a minute, then try again."),
    500: ("Something broke on our side", "It was noted. Your mail is safe; try again in a minute."),
    503: ("We are not ready", "A part of the service is starting. Try again in a minute."),
}


def init_app(app: Flask) -> None:
    """Answer every HTTP error with a page, and the users' impossible acts with what is wanted."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(acts.NotFound, _not_found)
    app.register_error_handler(acts.BadAct, _bad_act)


def page(status: int, title: str, advice: str) -> tuple[str, int]:
    """An error as a page."""
    return render_template("error.html", status=status, title=title, advice=advice), status


def _http_error(fault: HTTPException) -> tuple[str, int]:
    status = fault.code or 500
    title, advice = WORDS.get(status, WORDS[500] if status >= 500 else WORDS[400])
    return page(status, title, advice.format((request.max_content_length or 0) // 1024**2))


def _csrf_error(_: CSRFError) -> tuple[str, int]:
    return page(400, "This page was open too long", "Go back, reload the page, and do it once more.")


def _not_found(fault: acts.NotFound) -> tuple[str, int]:
    return page(404, "Nothing is here", str(fault))


def _bad_act(fault: acts.BadAct) -> tuple[str, int]:
    return page(400, "That cannot be done", str(fault))
