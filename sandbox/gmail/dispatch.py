"""The way of each Gmail call, alone or in a batch: route, token, faults, scope, work, count."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from sandbox import calendar
from sandbox.account import Account
from sandbox.errors import GoogleError, forbidden, insufficient_scope, unauthenticated
from sandbox.faults import ConnectionFault, Fault
from sandbox.gmail import history, labels, mailbox, messages, scopes, send, threads
from sandbox.gmail.call import Answer, Call, Request
from sandbox.model import AccessToken
from sandbox.ordered import injected
from sandbox.world import World

Handler = Callable[[Call], dict[str, Any] | None]


@dataclass(frozen=True)
class Endpoint:
    """One method of the API; `units` is its price in Google's table of quotas."""

    name: str
    method: str
    path: str
    units: int
    scopes: frozenset[str]
    handler: Handler


_READ, _WRITE, _META = scopes.READ, scopes.WRITE, scopes.READ_METADATA
_ATTACHMENT = "messages/<messageId>/attachments/<id>"
_FULL = frozenset({scopes.FULL})

ENDPOINTS = (
    Endpoint("getProfile", "GET", "profile", 1, scopes.PROFILE, mailbox.profile),
    Endpoint("watch", "POST", "watch", 100, _META, mailbox.watch),
    Endpoint("stop", "POST", "stop", 50, _META, mailbox.stop),
    Endpoint("history.list", "GET", "history", 2, _META, history.history),
    Endpoint("messages.list", "GET", "messages", 5, _META, messages.list_messages),
    Endpoint("messages.send", "POST", "messages/send", 100, scopes.SENDING, send.send),
    Endpoint("messages.get", "GET", "messages/<id>", 20, _META, messages.get_message),
    Endpoint("messages.delete", "DELETE", "messages/<id>", 20, _FULL, messages.delete_message),
    Endpoint("messages.modify", "POST", "messages/<id>/modify", 10, _WRITE, messages.modify_message),
    Endpoint("messages.trash", "POST", "messages/<id>/trash", 20, _WRITE, messages.trash_message),
    Endpoint("messages.untrash", "POST", "messages/<id>/untrash", 20, _WRITE, messages.untrash_message),
    Endpoint("attachments.get", "GET", _ATTACHMENT, 20, _READ, messages.attachment),
    Endpoint("threads.list", "GET", "threads", 20, _META, threads.list_threads),
    Endpoint("threads.get", "GET", "threads/<id>", 40, _META, threads.get_thread),
    Endpoint("labels.list", "GET", "labels", 1, scopes.READ_LABELS, labels.list_labels),
    Endpoint("labels.create", "POST", "labels", 5, _WRITE | {scopes.LABELS}, labels.create_label),
    Endpoint("labels.get", "GET", "labels/<id>", 1, scopes.READ_LABELS, labels.get_label),
)  # fmt: skip
CALENDAR = (
    Endpoint("events.list", "GET", "events", 1, calendar.READ, calendar.listed),
    Endpoint("events.insert", "POST", "events", 1, calendar.WRITE, calendar.insert),
    Endpoint("events.get", "GET", "events/<id>", 1, calendar.READ, calendar.get),
    Endpoint("events.patch", "PATCH", "events/<id>", 1, calendar.WRITE, calendar.patch),
    Endpoint("events.delete", "DELETE", "events/<id>", 1, calendar.WRITE, calendar.delete),
)
BY_NAME = {endpoint.name: endpoint for endpoint in (*ENDPOINTS, *CALENDAR)}
UPLOADS = ("messages.send",)

_ROUTES = Map(
    [
        Rule(f"{prefix}/gmail/v1/users/<userId>/{e.path}", endpoint=e.name, methods=[e.method])
        for e in ENDPOINTS
        for prefix in ("", *(["/upload"] if e.name in UPLOADS else []))
    ]
    + [
        Rule(f"/calendar/v3/calendars/<userId>/{e.path}", endpoint=e.name, methods=[e.method])
        for e in CALENDAR
    ],
    strict_slashes=False,
).bind("sandbox")


def dispatch(world: World, request: Request) -> Answer:
    """Answer one request. Errors become Google's bodies; ConnectionFault passes through."""
    try:
        name, matched = _ROUTES.match(request.path, request.method)
    except HTTPException:
        return _answer(GoogleError(404, "Not Found", "notFound", "NOT_FOUND"))
    endpoint, path = BY_NAME[name], dict(matched)
    address = ""
    try:
        token, account = _authenticate(world, request, path.pop("userId"))
        address = account.address
        faults = world.faults.take(name, address, path.get("id", ""), "pageToken" in request.query)
        suffer(world, [fault for fault in faults if not fault.after])
        if not token.scopes & endpoint.scopes:
            raise insufficient_scope(name, endpoint.scopes)
        body = endpoint.handler(Call(world, account, token.scopes, path, request))
        suffer(world, [fault for fault in faults if fault.after])
        answer = Answer(200 if body is not None else 204, body)
    except GoogleError as error:
        answer = _answer(error)
    except ConnectionFault:
        world.calls.count(address, name, endpoint.units, 0)
        raise
    world.calls.count(address, name, endpoint.units, answer.status)
    return answer


def suffer(world: World, faults: list[Fault]) -> None:
    """Carry out ordered faults: wait, raise GoogleError, or raise ConnectionFault."""
    for fault in faults:
        if fault.kind == "latency":
            pause(world.faults.released, fault.seconds)
        elif fault.kind in {"reset", "hang", "cut"}:
            silence = (fault.seconds or 60.0) if fault.kind == "hang" else 0.0
            raise ConnectionFault(silence, midway=fault.kind == "cut")
        else:
            raise injected(fault.kind, fault.seconds)


def pause(released: threading.Event, seconds: float) -> None:
    """Wait, but not once all faults have been cleared."""
    if seconds < 0.05:
        time.sleep(seconds)
    else:
        released.wait(seconds)


def _authenticate(world: World, request: Request, user_id: str) -> tuple[AccessToken, Account]:
    kind, _, value = request.authorization.partition(" ")
    token = world.grants.by_access(value.strip()) if kind.lower() == "bearer" else None
    account = world.by_id(token.account_id) if token else None
    if token is None or account is None:
        raise unauthenticated()
    own = "primary" if request.path.startswith("/calendar/") else "me"
    if user_id != own and user_id.lower() != account.address:
        raise forbidden(f"Delegation denied for {account.address}")
    return token, account


def _answer(error: GoogleError) -> Answer:
    return Answer(error.code, error.body, error.headers)
