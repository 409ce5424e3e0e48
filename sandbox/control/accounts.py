"""Mailboxes and tokens, made without any sign-in."""

from flask import Response, jsonify, request

from sandbox import mime as mimes
from sandbox.compose import ComposeError, checked_address
from sandbox.context import world
from sandbox.control.base import blueprint, located, read_body, summary
from sandbox.oauth.scopes import normalized

DEFAULT_SCOPES = (
    "openid email profile https://www.googleapis.com/auth/gmail.readonly "
    "https://www.googleapis.com/auth/gmail.send"
)


@blueprint.post("/accounts")
def create_accounts() -> Response:
    """`{address, name}` or `{accounts: [...]}`: makes mailboxes; those that exist stay as they are."""
    body = read_body()
    wanted = body.get("accounts", [body])
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) for entry in wanted):
        raise ComposeError("accounts: wanted a list of objects")
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
        shown = [located(account, message) for message in found]
        if request.args.get("raw"):
            for entry in shown:
                entry["raw"] = mimes.encode(account.raw(entry["id"]))
    return jsonify({"messages": shown})


@blueprint.post("/grants")
def make_grant() -> Response:
    """`{address, scopes}` -> tokens as after a consent; the mailbox is made if need be."""
    body = read_body()
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
    account = world().account(str(read_body().get("address", "")))
    grants = world().grants.of_account(account.id)
    for grant in grants:
        world().grants.end(grant)
    world().store.flush()
    return jsonify({"revoked": len(grants)})


@blueprint.post("/expire-tokens")
def expire_tokens() -> Response:
    """`{address}` or `{}` for all: access tokens run out now, refresh tokens stay."""
    address = read_body().get("address")
    account = world().account(str(address)) if address else None
    ended = world().grants.expire_access(account.id if account else None)
    world().store.flush()
    return jsonify({"expired": ended})
