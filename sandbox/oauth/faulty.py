"""Ordered faults on the sign-in endpoints, in the form in which Google's OAuth servers fail."""

from flask import Flask, Response, g, jsonify, request

from sandbox.context import world
from sandbox.errors import GoogleError
from sandbox.gmail.dispatch import suffer

NAMES = {
    "signin.authorize": "oauth.auth",
    "tokens.token": "oauth.token",
    "tokens.revoke": "oauth.revoke",
    "tokens.userinfo": "oauth.userinfo",
    "discovery.configuration": "oauth.discovery",
    "discovery.jwks": "oauth.certs",
    "discovery.certificates": "oauth.certs",
}
ERRORS = {401: "invalid_client", 403: "rate_limit_exceeded", 429: "rate_limit_exceeded"}


def init_app(app: Flask) -> None:
    """Look at each sign-in request before and after it is answered."""
    app.before_request(_before)
    app.after_request(_after)


def _before() -> Response | None:
    name = NAMES.get(request.endpoint or "")
    g.faults = world().faults.take(name) if name else []
    try:
        suffer(world(), [fault for fault in g.faults if not fault.after])
    except GoogleError as error:
        return _failed(error)
    return None


def _after(response: Response) -> Response:
    name = NAMES.get(request.endpoint or "")
    if name is None:
        return response
    try:
        suffer(world(), [fault for fault in g.get("faults", []) if fault.after])
    except GoogleError as error:
        response = _failed(error)
    world().calls.count("", name, 0, response.status_code)
    return response


def _failed(error: GoogleError) -> Response:
    answer = jsonify({"error": ERRORS.get(error.code, "internal_failure")})
    answer.status_code = error.code
    answer.headers.extend(error.headers)
    return answer
