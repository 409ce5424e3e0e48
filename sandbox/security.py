"""Who may talk to the sandbox: this machine only, and no page of another site in its browser."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

from sandbox.oauth.authorization import loopback

# Programs post here without a browser, so there is no page whose origin could be checked.
_PROGRAMS = ("/token", "/oauth2/", "/revoke", "/userinfo", "/gmail/", "/calendar/", "/upload/", "/batch")


def init_app(app: Flask) -> None:
    """Check each request and put the headers on each answer."""
    app.before_request(_check)
    app.after_request(_headers)


def _check() -> None:
    host = urlsplit(f"//{request.host}").hostname or ""
    if not loopback(host):
        # A name that points here could belong to anyone (DNS rebinding).
        abort(403, "The sandbox answers to 127.0.0.1 and localhost only.")
    if request.method in {"GET", "HEAD"} or request.path.startswith(_PROGRAMS):
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403, "This came from a page of another site.")
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        abort(403, "This came from a page of another site.")


def _headers(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        action = g.get("form_action", "")
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
            f"frame-ancestors 'none'; form-action 'self' {action}".strip()
        )
        # With no-referrer a browser would send `Origin: null` with our own forms.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
    return response
