"""The page on which a person plays the employer: sends answers, breaks things, sees what was pushed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from sandbox import answers, delivery, mbox
from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.compose import ComposeError, checked_address
from sandbox.context import world

blueprint = Blueprint("pages", __name__)
OFFERED = 200
SHOWN = 12

# What the buttons order: the words on the button, then orders for faults.Faults.add.
TROUBLES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "slow": ("Gmail answers two seconds late", [{"endpoint": "gmail", "kind": "latency", "seconds": 2}]),
    "flaky": (
        "Every third call to Gmail fails",
        [{"endpoint": "gmail", "kind": "503", "probability": 0.33, "seed": 1}],
    ),
    "limit": (
        "The next five calls hit the rate limit",
        [{"endpoint": "gmail", "kind": "429", "count": 5, "seconds": 2}],
    ),
    "lost": ("Pushes get lost", [{"endpoint": "push", "kind": "drop"}]),
    "double": ("Pushes come twice", [{"endpoint": "push", "kind": "double"}]),
    "late": ("Pushes come ten seconds late", [{"endpoint": "push", "kind": "delay", "seconds": 10}]),
    "mixed": (
        "Pushes come out of order",
        [{"endpoint": "push", "kind": "reorder", "probability": 0.5, "seconds": 5}],
    ),
}


@blueprint.errorhandler(ComposeError)
def problem(error: ComposeError) -> Response:
    """Say what is wrong on the page itself, and keep what was typed."""
    flash(str(error), "problem")
    return make_response(_page(request.form), 400)


@blueprint.get("/")
def home() -> str:
    """Be the employer."""
    return _page({})


def _page(typed: Mapping[str, str]) -> str:
    accounts = world().accounts()
    chosen = world().find(session.get("mailbox", "")) or (accounts[0] if accounts else None)
    mails = []
    if chosen is not None:
        with chosen.lock:
            mails = [chosen.messages[key.id] for key in reversed(chosen.order[-SHOWN:])]
    return render_template(
        "employer.html",
        accounts=accounts[:OFFERED],
        chosen=chosen,
        mails=[(datetime.fromtimestamp(m.internal_date / 1000).astimezone(), m) for m in mails],
        kinds=answers.KINDS,
        troubles=TROUBLES,
        faults=world().faults.shown(),
        pushes=world().pusher.log.shown()[: -SHOWN - 1 : -1],
        pending=world().pusher.pending(),
        push_url=world().push_options.url,
        kept=session.get("kept", {}),
        typed=typed,
    )


@blueprint.post("/employer/answer")
def send_answer() -> Response:
    """Send one of the ready-made answers."""
    account = _mailbox()
    kind = request.form.get("kind", "")
    if kind not in answers.KINDS:
        raise ComposeError(f"answer: wanted one of {', '.join(answers.KINDS)}")
    kept = {name: request.form.get(name, "").strip() for name in ("company", "role", "start")}
    session["kept"] = kept
    start = None
    if kept["start"]:
        try:
            start = datetime.fromisoformat(kept["start"]).replace(tzinfo=answers.ZONE)
        except ValueError as error:
            raise ComposeError(f"interview: not a date and time: {kept['start']!r}") from error
    company, role = kept["company"] or "Lumenwerk", kept["role"] or "Backend Engineer"
    occasion = answers.Occasion(company, role, account.name, start)
    fields = answers.fields(kind, occasion, world().clock.now())
    return _sent(account, fields | {"address": account.address}, answers.KINDS[kind])


@blueprint.post("/employer/own")
def send_own() -> Response:
    """Send a mail that the person wrote."""
    account = _mailbox()
    wanted = ("from", "from_name", "subject", "text")
    fields = {name: request.form.get(name, "").strip() for name in wanted}
    if not fields["subject"] and not fields["text"]:
        raise ComposeError("mail: give it a subject or a text")
    return _sent(account, fields | {"address": account.address}, fields["subject"])


@blueprint.post("/employer/upload")
def upload() -> Response:
    """Deliver an .eml as it is, or all mails of an .mbox."""
    account = _mailbox()
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        raise ComposeError("file: choose an .eml or .mbox file")
    if not data.startswith(b"From "):
        if reason := mbox.broken(data):
            raise ComposeError(f"file: {reason}")
        raw = mimes.encode(data)
        return _sent(account, {"address": account.address, "raw": raw}, file.filename if file else "")
    result = delivery.deliver_mbox_bytes(world(), account, data)
    flash(f"Delivered {result['delivered']} mails to {account.address}.", "done")
    for failure in result["failed"][:10]:
        flash(f"Mail {failure['index'] + 1} of the file: {failure['error']}", "problem")
    return _back()


@blueprint.post("/employer/trouble")
def make_trouble() -> Response:
    """Order a fault, or take all of them back."""
    wanted = request.form.get("trouble", "")
    if wanted == "none":
        world().faults.clear()
        flash("Everything works again.", "done")
    elif wanted == "history":
        account = _mailbox()
        with account.lock:
            account.expire_history()
        world().store.flush()
        flash("The history of this mailbox has become too old to read.", "done")
    elif wanted == "revoke":
        account = _mailbox()
        for grant in world().grants.of_account(account.id):
            world().grants.end(grant)
        world().store.flush()
        flash(f"{account.address} no longer lets the app in.", "done")
    elif wanted in TROUBLES:
        words, orders = TROUBLES[wanted]
        for order in orders:
            world().faults.add(order)
        flash(f"{words}, from now on.", "done")
    return _back()


def _mailbox() -> Account:
    """The mailbox named in the form, made if it is new."""
    address = checked_address(request.form.get("mailbox"), "mailbox")
    account = world().find(address) or world().create(address)
    world().store.flush()
    session["mailbox"] = account.address
    return account


def _sent(account: Account, fields: dict[str, Any], words: str | None) -> Response:
    delivery.deliver(world(), fields)
    world().commit(account)
    flash(f"Delivered to {account.address}: {words}", "done")
    return _back()


def _back() -> Response:
    return redirect(url_for("pages.home"), 303)
