"""Who runs this service: the addresses of ADMIN_EMAILS, each as Google verified it at sign-in."""

from flask import Flask, abort, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from hearback.config import settings
from webapp.signin import login


def is_admin() -> bool:
    """Whether the user of this request runs the service."""
    return bool(current_user.is_authenticated and current_user.email in settings().admin_emails)


def init_app(app: Flask) -> None:
    """Guard all that lies under /admin, before anything else looks at such a request."""
    app.before_request(_admins_only)
    app.context_processor(lambda: {"is_admin": is_admin})


def _admins_only() -> AnyResponse | None:
    """Let admins pass and ask strangers to sign in; for everybody else there is nothing here.

    A 403 would say that there is something, and what it is called.
    """
    if request.path != "/admin" and not request.path.startswith("/admin/"):
        return None
    if not current_user.is_authenticated:
        answer: AnyResponse = login.unauthorized()
        return answer
    if not is_admin():
        abort(404)
    return None
