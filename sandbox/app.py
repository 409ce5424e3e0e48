"""Puts the parts together into one WSGI application."""

import errno
import secrets
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from sandbox import boards, control, pages, security
from sandbox.context import world
from sandbox.faults import ConnectionFault
from sandbox.gmail import routes as gmail
from sandbox.oauth import consent, discovery, faulty, tokens
from sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UPLOAD_LIMIT = 512 * 1024 * 1024
BREAK = "sandbox.break"
# How often a call that hangs looks whether anyone still waits for it, in seconds.
GLANCE = 0.1
# What comes of an answer that is cut.
HALF = b'{"messages": [{"id": "'


def create_app(state: World) -> Flask:
    """The application around a world."""
    app = Flask(__name__)
    app.extensions["sandbox"] = state
    app.config.update(
        SECRET_KEY=_secret(state),
        # The product runs beside this on another port, and cookies ignore ports.
        SESSION_COOKIE_NAME="sandbox_session",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        MAX_CONTENT_LENGTH=UPLOAD_LIMIT,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    security.init_app(app)
    faulty.init_app(app)
    for part in (gmail, discovery, tokens, consent, control, boards, pages):
        app.register_blueprint(part.blueprint)
    app.register_error_handler(ConnectionFault, _mark)
    app.wsgi_app = Breaker(app.wsgi_app)  # type: ignore[method-assign,assignment]
    return app


def _secret(state: World) -> str:
    """The key of the session cookie, which outlives a restart."""
    key = state.store.meta("session_key")
    if key is None:
        key = secrets.token_urlsafe(32)
        state.store.save_meta("session_key", key)
        state.store.flush()
    return key


def _mark(fault: ConnectionFault) -> Response:
    """Keep silent as long as ordered; the breaking is left to the outermost layer."""
    request.environ[BREAK] = "midway" if fault.midway else "at once"
    end = time.monotonic() + fault.seconds
    connection = request.environ.get("gunicorn.socket")
    # A client that has given up must not go on holding one of our threads.
    while time.monotonic() < end and not _closed(connection):
        if world().faults.released.wait(min(GLANCE, max(0, end - time.monotonic()))):
            break
    if fault.midway:
        # The body is `_half`'s to send: of one that it knows, werkzeug would set the length right.
        length = {"Content-Length": str(2 * len(HALF))}
        return Response(iter(()), headers=length, mimetype="application/json")
    return Response(status=500)


def _half() -> Iterator[bytes]:
    """Begin an answer and end it in the middle; the head says that it is longer."""
    yield HALF
    raise ConnectionResetError(errno.ECONNRESET, "an ordered fault")


def _closed(connection: object) -> bool:
    """Whether the client has ended its side of the connection."""
    if not isinstance(connection, socket.socket):
        return False
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


class Breaker:
    """Ends a connection without an answer when an ordered fault says so."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer as the inner application does, or reset the connection."""
        answer = self._inner(environ, start)
        if BREAK not in environ:
            return answer
        if environ[BREAK] == "midway":
            return _half()
        connection = environ.get("gunicorn.socket")
        if isinstance(connection, socket.socket):
            # Closing with this option sends RST instead of FIN.
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        raise ConnectionResetError(errno.ECONNRESET, "an ordered fault")
