"""The control API: what tests, the demo and benchmarks do to this Google from outside."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from sandbox import mbox
from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.compose import ComposeError, checked_address, compose, moment
from sandbox.context import world
from sandbox.errors import GoogleError
from sandbox.faults import FaultError
from sandbox.model import Message
from sandbox.oauth.scopes import normalized
from sandbox.settings import SettingsError, checked_push_url
from sandbox.world import DEFAULT_LABELS, UnknownAccountError, World

blueprint = Blueprint("control", __name__, url_prefix="/control")
DEFAULT_SCOPES = "openid email profile https://www.googleapis.com/auth/gmail.readonly https://www.googleapis.com/auth/gmail.send"
IDLE_LIMIT = 120.0


@blueprint.errorhandler(ComposeError)
@blueprint.errorhandler(FaultError)
@blueprint.errorhandler(SettingsError)
def bad_field(error: ValueError) -> Response:
    """400 with the field and what is wanted."""
    return _failed(400, str(error))


@blueprint.errorhandler(UnknownAccountError)
def unknown_account(error: UnknownAccountError) -> Response:
    """404 for an address without a mailbox."""
    return _failed(404, str(error.args[0]))


@blueprint.errorhandler(GoogleError)
def google_error(error: GoogleError) -> Response:
    """The same status that the Gmail API would give."""
    return _failed(error.code, str(error))


@blueprint.errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response:
    """Wrong path, method or JSON."""
    return _failed(error.code or 500, error.description or "")


def _failed(status: int, text: str) -> Response:
    answer = jsonify({"error": text})
    answer.status_code = status
    return answer


def _body() -> dict[str, Any]:
    body = request.get_json(silent=False) if request.data else {}
    if not isinstance(body, dict):
        raise ComposeError("body: wanted a JSON object")
    return body


def _number(body: dict[str, Any], name: str, lowest: float, highest: float) -> float:
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ComposeError(f"{name}: wanted a number, got {value!r}")
    if not lowest <= value <= highest:
        raise ComposeError(f"{name}: wanted {lowest} to {highest}, got {value!r}")
    return float(value)


# Accounts and tokens.


@blueprint.post("/accounts")
def create_accounts() -> Response:
    """`{address, name}` or `{accounts: [...]}`: makes mailboxes; those that exist stay as they are."""
    body = _body()
    wanted = body["accounts"] if "accounts" in body else [body]
    made = [
        world().create(checked_address(entry.get("address")), str(entry.get("name") or ""))
        for entry in wanted
    ]
    world().store.flush()
    return jsonify({"accounts": [summary(account) for account in made]})


@blueprint.get("/accounts")
def list_accounts() -> Response:
    """All mailboxes, in order; `offset` and `limit` cut a piece out."""
    offset, limit = request.args.get("offset", 0, int), request.args.get("limit", 100, int)
    found = world().accounts()
    page = [summary(account) for account in found[offset : offset + limit]]
    return jsonify({"accounts": page, "total": len(found)})


@blueprint.get("/accounts/<address>")
def show_account(address: str) -> Response:
    """One mailbox with its watch, grants and what it was asked."""
    account = world().account(address)
    watch = account.watch
    shown = {"expiration": str(watch.expires), "labelIds": watch.labels} if watch else None
    grants = [sorted(grant.scopes) for grant in world().grants.of_account(account.id)]
    calls = world().calls.shown(account.address)
    return jsonify(summary(account) | {"watch": shown, "grants": grants, "calls": calls})


@blueprint.get("/accounts/<address>/messages")
def show_messages(address: str) -> Response:
    """A mailbox's mails, newest first: `label` and `limit` (50) narrow it; `raw=1` adds the bytes."""
    account = world().account(address)
    label, limit = request.args.get("label", ""), request.args.get("limit", 50, int)
    with account.lock:
        keys = account.by_label.get(label, []) if label else account.order
        found = [account.messages[key.id] for key in reversed(keys[-limit:])]
        shown = [_message(account, message) for message in found]
        if request.args.get("raw"):
            for entry in shown:
                entry["raw"] = mimes.encode(account.raw(entry["id"]))
    return jsonify({"messages": shown})


def summary(account: Account) -> dict[str, Any]:
    """A mailbox in short."""
    return {
        "address": account.address,
        "name": account.name,
        "sub": account.sub,
        "historyId": str(account.history_id),
        "historyFloor": str(account.history_floor),
        "messages": len(account.messages),
        "threads": len(account.threads),
    }


@blueprint.post("/grants")
def make_grant() -> Response:
    """`{address, scopes}` -> tokens as after a consent; the mailbox is made if need be."""
    body = _body()
    account = world().create(checked_address(body.get("address")))
    scopes = body.get("scopes") or DEFAULT_SCOPES
    wanted = normalized(scopes if isinstance(scopes, str) else " ".join(scopes))
    grant = world().grants.allow(account.id, world().settings.client_id, wanted)
    access = world().grants.access_token(grant, wanted)
    refresh = world().grants.refresh_token(grant)
    world().store.flush()
    return jsonify(
        {
            "address": account.address,
            "sub": account.sub,
            "access_token": access.token,
            "refresh_token": refresh,
            "expires_in": int(world().grants.token_lifetime),
            "scope": " ".join(wanted),
        }
    )


@blueprint.post("/revoke")
def revoke() -> Response:
    """`{address}`: the person removes the client from their account."""
    account = world().account(str(_body().get("address", "")))
    grants = world().grants.of_account(account.id)
    for grant in grants:
        world().grants.end(grant)
    world().store.flush()
    return jsonify({"revoked": len(grants)})


@blueprint.post("/expire-tokens")
def expire_tokens() -> Response:
    """`{address}` or `{}` for all: access tokens run out now, refresh tokens stay."""
    address = _body().get("address")
    account = world().account(str(address)) if address else None
    ended = world().grants.expire_access(account.id if account else None)
    world().store.flush()
    return jsonify({"expired": ended})


# Mail.


@blueprint.post("/deliver")
def deliver() -> Response:
    """One mail: `{address, raw | from, subject, text, ...}`; see `_deliver` for all fields."""
    account, message = _deliver(_body())
    world().commit(account)
    return jsonify(_message(account, message))


@blueprint.post("/deliver-many")
def deliver_many() -> Response:
    """`{mails: [...]}`: each as for /deliver; the broken ones are named, the others arrive."""
    delivered, failed, touched = [], [], {}
    for index, mail in enumerate(_body().get("mails", [])):
        try:
            account, message = _deliver(mail)
        except (ComposeError, GoogleError, UnknownAccountError) as error:
            failed.append({"index": index, "error": str(error)})
            continue
        touched[account.id] = account
        delivered.append(_message(account, message))
    world().commit(*touched.values())
    return jsonify({"delivered": delivered, "failed": failed})


def _deliver(fields: dict[str, Any]) -> tuple[Account, Message]:
    """Put one mail into a mailbox, which is made if need be.

    `raw` (base64) or the fields of compose; `labels` (INBOX and UNREAD), `thread_id`, and `internal_date`: in ms,
    or "header" for the mail's own Date, or nothing for now.
    """
    account = world().create(checked_address(fields.get("address")))
    if fields.get("raw"):
        try:
            raw = mimes.decode(str(fields["raw"]))
        except ValueError as error:
            raise ComposeError(f"raw: {error}") from error
        if reason := mbox.broken(raw):
            raise ComposeError(f"raw: {reason}")
    else:
        raw = compose(account.address, fields, world().clock.now())
    labels = fields.get("labels", list(DEFAULT_LABELS))
    thread_id = fields.get("thread_id")
    date = _internal_date(fields.get("internal_date"), raw)
    return account, world().deliver(account, raw, labels, date, thread_id)


def _internal_date(wanted: object, raw: bytes) -> int | None:
    if wanted is None:
        return None
    if wanted == "header":
        return mbox.milliseconds(mbox.received(raw))
    if isinstance(wanted, int) and wanted >= 0:
        return wanted
    return mbox.milliseconds(moment(wanted, "internal_date"))


@blueprint.post("/mbox")
def upload_mbox() -> Response:
    """`?address=`, an mbox file as body or as form field `file`: delivered oldest first.

    `dates=header` (default) keeps each mail's own date, `dates=now` lets all arrive now.
    """
    account = world().create(checked_address(request.args.get("address")))
    uploaded = request.files.get("file")
    data = uploaded.read() if uploaded else request.get_data()
    return jsonify(load_mbox(world(), account, data, request.args.get("dates") != "now"))


def load_mbox(world: World, account: Account, data: bytes, own_dates: bool) -> dict[str, Any]:
    """Deliver the mails of an mbox file, oldest first; returns the count and the failures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.mbox"
        path.write_bytes(data)
        found = mbox.read(path)
    deliver_mbox(world, account, found, own_dates)
    return {"delivered": len(found.mails), "failed": found.failures}


def deliver_mbox(world: World, account: Account, found: mbox.Mbox, own_dates: bool = True) -> None:
    """Put the mails of a read mbox into a mailbox."""
    for mail in found.mails:
        date = mbox.milliseconds(mail.received) if own_dates else None
        world.deliver(account, mail.raw, mail.labels, date)
    world.commit(account)


@blueprint.post("/delete")
def delete() -> Response:
    """`{address, id}`: the person deletes a mail for good."""
    body = _body()
    account = world().account(str(body.get("address", "")))
    with account.lock:
        account.delete(str(body.get("id", "")))
    world().commit(account)
    return jsonify(summary(account))


@blueprint.post("/labels")
def change_labels() -> Response:
    """`{address, id, add, remove}`: the person changes a mail's labels."""
    body = _body()
    account = world().account(str(body.get("address", "")))
    with account.lock:
        add = [account.label_id(str(label)) for label in body.get("add", [])]
        message = account.modify(str(body.get("id", "")), add, body.get("remove", []))
    world().commit(account)
    return jsonify(_message(account, message))


@blueprint.post("/expire-history")
def expire_history() -> Response:
    """`{address}`: every history id handed out so far is too old from now on."""
    account = world().account(str(_body().get("address", "")))
    with account.lock:
        account.expire_history()
    world().store.flush()
    return jsonify(summary(account))


def _message(account: Account, message: Message) -> dict[str, Any]:
    return {
        "address": account.address,
        "id": message.id,
        "threadId": message.thread_id,
        "historyId": str(message.history_id),
        "internalDate": str(message.internal_date),
        "labelIds": list(message.labels),
        "subject": message.facts.subject,
        "rfc822MessageId": message.facts.rfc822_id,
    }


# Faults and settings.


@blueprint.get("/faults")
def list_faults() -> Response:
    """All ordered faults with their hits."""
    return jsonify({"faults": world().faults.shown()})


@blueprint.post("/faults")
def add_fault() -> Response:
    """Order a fault: `{endpoint, kind, probability, count, seed, seconds, address, after}`."""
    return jsonify(world().faults.add(_body()).shown())


@blueprint.delete("/faults")
def clear_faults() -> Response:
    """Take all faults back; calls that hang are let go."""
    world().faults.clear()
    return jsonify({})


@blueprint.delete("/faults/<int:fault_id>")
def remove_fault(fault_id: int) -> Response:
    """Take one fault back."""
    if not world().faults.remove(fault_id):
        return _failed(404, f"There is no fault {fault_id}.")
    return jsonify({})


@blueprint.get("/settings")
def show_settings() -> Response:
    """All that can be changed while running."""
    return jsonify(_settings())


@blueprint.post("/settings")
def change_settings() -> Response:
    """Change some: any of the names that GET shows. Times are seconds."""
    body = _body()
    setters = _setters(world())
    for name in body:
        if name not in setters:
            raise ComposeError(f"{name}: unknown; known: {', '.join(sorted(setters))}")
    for name in body:
        setters[name](body)
    world().pusher.forget_token()
    return jsonify(_settings())


def _settings() -> dict[str, Any]:
    push = world().push_options
    return {
        "push_url": push.url,
        "push_audience": push.audience,
        "push_service_account": push.service_account,
        "push_coalesce": push.coalesce,
        "push_on_watch": push.on_watch,
        "push_backoff_min": push.backoff_min,
        "push_backoff_max": push.backoff_max,
        "push_deadline": push.deadline,
        "search_lag": world().lags.search,
        "history_lag": world().lags.history,
        "token_lifetime": world().grants.token_lifetime,
        "certs_max_age": world().certs_max_age,
        "topic": world().settings.topic,
        "time": world().clock.now().isoformat(),
    }


def _setters(world: World) -> dict[str, Callable[[dict[str, Any]], None]]:
    """By setting, what puts its checked value in place."""
    push, lags, grants = world.push_options, world.lags, world.grants

    def text(target: object, name: str) -> Callable[[dict[str, Any]], None]:
        return lambda body: setattr(target, name, str(body[f"push_{name}"]))

    def flag(name: str) -> Callable[[dict[str, Any]], None]:
        return lambda body: setattr(push, name, bool(body[f"push_{name}"]))

    def number(
        target: object, name: str, key: str, highest: float
    ) -> Callable[[dict[str, Any]], None]:
        return lambda body: setattr(target, name, _number(body, key, 0, highest))

    return {
        "push_url": lambda body: setattr(push, "url", checked_push_url(str(body["push_url"]))),
        "push_audience": text(push, "audience"),
        "push_service_account": text(push, "service_account"),
        "push_coalesce": flag("coalesce"),
        "push_on_watch": flag("on_watch"),
        "push_backoff_min": number(push, "backoff_min", "push_backoff_min", 600),
        "push_backoff_max": number(push, "backoff_max", "push_backoff_max", 600),
        "push_deadline": number(push, "deadline", "push_deadline", 600),
        "search_lag": number(lags, "search", "search_lag", 3600),
        "history_lag": number(lags, "history", "history_lag", 3600),
        "token_lifetime": number(grants, "token_lifetime", "token_lifetime", 10**9),
        "certs_max_age": lambda body: setattr(
            world, "certs_max_age", int(_number(body, "certs_max_age", 0, 10**6))
        ),
    }


@blueprint.post("/clock")
def advance_clock() -> Response:
    """`{seconds}`: time passes for mail dates, searches, tokens and watches, not for signatures."""
    world().clock.advance(_number(_body() or {"seconds": None}, "seconds", 0, 10**9))
    return jsonify({"time": world().clock.now().isoformat()})


@blueprint.post("/keys/rotate")
def rotate_keys() -> Response:
    """Sign with a new key; `{retire: true}` stops publishing the old ones."""
    kid = world().keys.rotate(bool(_body().get("retire")))
    world().pusher.forget_token()
    return jsonify({"kid": kid})


# What happened.


@blueprint.get("/pushes")
def list_pushes() -> Response:
    """The last push attempts with their answers, oldest first; `address` narrows it."""
    address = request.args.get("address", "").lower()
    found = [p for p in world().pusher.log() if not address or p["address"] == address]
    return jsonify({"pushes": found, "pending": world().pusher.pending()})


@blueprint.delete("/pushes")
def clear_pushes() -> Response:
    """Forget the log; what is pending stays."""
    world().pusher.clear_log()
    return jsonify({})


@blueprint.get("/calls")
def show_calls() -> Response:
    """Calls and quota units of all accounts, or of `address`."""
    return jsonify(world().calls.shown(request.args.get("address", None)))


@blueprint.delete("/calls")
def clear_calls() -> Response:
    """Start counting anew."""
    world().calls.clear()
    return jsonify({})


@blueprint.post("/wait-idle")
def wait_idle() -> Response:
    """`{timeout}` seconds (10): waits until no push is pending; `idle` says whether that came."""
    body = {"timeout": 10} | _body()
    idle = world().pusher.wait_idle(_number(body, "timeout", 0, IDLE_LIMIT))
    return jsonify({"idle": idle, "pending": world().pusher.pending()})


@blueprint.post("/reset")
def reset() -> Response:
    """Back to an empty sandbox: no accounts, tokens, faults, logs; settings as at the start."""
    world().reset()
    return jsonify({})
