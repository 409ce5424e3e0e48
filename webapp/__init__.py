"""The Flask application: pages, sign-in, the push webhook, health and commands."""

import os
from datetime import timedelta

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from hearback import logs, models
from hearback.config import SettingError, Settings, at_start, settings

from . import (
    access,
    admin,
    admin_boards,
    admin_rq,
    application,
    board,
    calendars,
    channels,
    cli,
    document,
    document_editor,
    documents,
    errors,
    follow_ups,
    health,
    interviews,
    job_searches,
    job_searches_bring,
    mailboxes,
    metrics,
    notifications,
    opening,
    openings,
    own_hours,
    own_settings,
    push,
    reports,
    review,
    row_numbers,
    signin,
    tailorings,
    unsubscribe,
)

# The largest thing anyone may send us yet: a form.
MAX_REQUEST_BYTES = 1024 * 1024
# What has pages under the application's own address.
PARTS = (
    *(board, application, interviews, calendars, review, mailboxes, reports),
    *(notifications, channels, unsubscribe, follow_ups, own_hours),
    *(openings, opening, job_searches, job_searches_bring),
    *(documents, document, document_editor, tailorings),
    *(health, metrics, admin, admin_boards, own_settings),
)

csrf = CSRFProtect()


def create_app(known: Settings | None = None) -> Flask:
    """Build the application from `known` settings, by default those of the environment.

    On the command line a missing setting is no reason to stop yet: `flask mail classify` needs none,
    and the other commands say by themselves what they miss.
    """
    app = Flask(__name__)
    cli.init_app(app)
    by_command = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
    try:
        known = known or (settings() if by_command else at_start())
    except SettingError:
        return app
    _configure(app, known)
    logs.set_up()
    if models.database.obj is None:
        models.connect(known.database_url)
    app.before_request(_open_database)
    access.init_app(app)
    documents.init_app(app)
    csrf.init_app(app)
    row_numbers.init_app(app)
    for part in (signin, errors):
        part.init_app(app)
    for part in PARTS:
        app.register_blueprint(part.pages)
    # A mail program that ends such mail has no cookie; the link itself is signed.
    csrf.exempt(unsubscribe.pages)
    app.teardown_request(models.release)
    app.after_request(_protect)
    admin_rq.init_app(app)
    hook = push.create_app().wsgi_app
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/push": hook})  # type: ignore[method-assign]
    if known.secure:
        # Behind a platform's router, which is the only one who can reach us and sets these headers.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, known: Settings) -> None:
    app.config.update(
        SECRET_KEY=known.secret_key,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        SESSION_COOKIE_NAME="hearback_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=known.secure,
        REMEMBER_COOKIE_NAME="hearback_remember",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=known.secure,
        REMEMBER_COOKIE_DURATION=timedelta(days=30),
        WTF_CSRF_TIME_LIMIT=None,
    )


def _open_database() -> None:
    # These must answer when the database is down.
    if request.endpoint not in {"static", "health.alive", "health.ready", "metrics.show"}:
        # The pool looks whether a connection still stands; what a push left in this thread may not.
        models.release()
        models.database.connect()


def _protect(response: Response) -> Response:
    """Say what browsers may do with our pages: nothing of others', nothing inline."""
    response.headers.setdefault("Content-Security-Policy", signin.content_security_policy())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if settings().secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
