"""Letting Hearback read a mailbox, and send from it: each asked for apart, and only when it is wanted."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from hearback.gmail.calendar import EVENTS
from hearback.gmail.oauth import READONLY, SEND
from hearback.models import Mailbox, MailboxState, User, database
from jobs import acts, marks
from jobs.connect_mailbox import connect_mailbox
from jobs.queues import queues, tried_again
from webapp import calendars, google

pages = Blueprint("connect", __name__)

READ_UNTICKED = (
    "Nothing was connected: on Google's page the box for reading your mail was not ticked. Connect again and "
    "tick “View your email messages and settings”."
)
SEND_UNTICKED = (
    "Nothing was changed: on Google's page the box for sending was not ticked. Hearback reads {address} as "
    "before and sends nothing."
)
NOT_LASTING = (
    "Nothing was connected: Google gave a permission that ends within the hour. Connect once more and "
    "agree on Google's page."
)
NAMELESS = "Nothing was connected: Google did not say which account this is. Connect once more."
CONNECTED = (
    "Connected {address}. We are reading your mail of the last months; what we find appears on your board."
)
CONNECTED_AGAIN = "Connected {address} again. We are reading what came since."
MAY_SEND = "Hearback may now read {address} and send from it. It sends nothing without your word."


@pages.post("/connect")
@login_required  # type: ignore[untyped-decorator]
def start() -> Response:
    """Off to Google, to ask whether we may read a mailbox also while the user is away.

    `address` is the account that the user means; without it any account is welcome.
    """
    address = request.form.get("address", "").strip().lower()
    hint, prompt = address, "consent"
    if not address:
        # The first mailbox is mostly the account that one signs in with; after it one wants to choose.
        if Mailbox.get_or_none((Mailbox.user == current_user.id) & (Mailbox.address == current_user.email)):
            prompt = "select_account consent"
        else:
            hint = current_user.email
    return google.ask_for_mailbox("mailboxes.show", {"address": address}, hint, prompt=prompt)


@pages.post("/connect/send")
@login_required  # type: ignore[untyped-decorator]
def start_sending() -> Response:
    """Off to Google, to ask for sending besides what we may do already with one mailbox of the user's."""
    box = acts.own_mailbox(current_user.id, request.form.get("mailbox_id", type=int))
    if box.state != MailboxState.CONNECTED:
        raise acts.BadAct(f"{box.address} is not connected. Connect it first; then allow sending.")
    meant = {"address": box.address, "send": box.id}
    options = {"prompt": "consent", "scope": google.SEND_SCOPES}
    return google.ask_for_mailbox("mailboxes.show", meant, box.address, **options)


@pages.get("/connect/callback")
@login_required  # type: ignore[untyped-decorator]
def finish() -> Response:
    """Back from Google: keep the grant and begin to read, or say why not; nothing is half done."""
    try:
        answer = google.from_google(google.GMAIL)
    except google.NoAnswer as why:
        why.tell()
        return redirect(url_for("mailboxes.show"))
    problem = _problem(answer)
    if problem is not None:
        flash(problem, "problem")  # type: ignore[arg-type]
        return redirect(url_for("mailboxes.show"))
    mailbox_id, fresh = _keep(answer)
    queues.default.enqueue(connect_mailbox, mailbox_id, **tried_again())
    if answer.meant.get("calendar"):
        return calendars.granted(Mailbox.get_by_id(mailbox_id))
    if answer.meant.get("send"):
        flash(MAY_SEND.format(address=answer.address), "done")
        return redirect(url_for("mailboxes.show"))
    flash((CONNECTED if fresh else CONNECTED_AGAIN).format(address=answer.address), "done")
    return redirect(url_for("board.show"))


def _problem(answer: google.Answer) -> str | dict[str, Any] | None:
    """Why this answer connects nothing, in words, with buttons where there is a way on; or None."""
    wanted, got = answer.meant.get("address", ""), answer.address
    if not got:
        return NAMELESS
    if wanted and wanted != got:
        return _wrong_account(wanted, got)
    if answer.meant.get("send") and SEND not in answer.scopes:
        return SEND_UNTICKED.format(address=got)
    if answer.meant.get("calendar") and EVENTS not in answer.scopes:
        return calendars.UNTICKED
    if READONLY not in answer.scopes:
        return READ_UNTICKED
    # Google gives a refresh token only when it has asked anew, which `prompt` makes it do.
    return None if answer.token.get("refresh_token") else NOT_LASTING


def _wrong_account(wanted: str, got: str) -> dict[str, Any]:
    """The user meant one mailbox and chose another on Google's page: only they know which is right."""
    mine = (Mailbox.user == current_user.id) & (Mailbox.state == MailboxState.CONNECTED)
    stands = {box.address for box in Mailbox.select(Mailbox.address).where(mine)}
    text = f"You chose {got}, and nothing was changed. For {wanted}, choose that account on Google's page."
    offers = []
    if wanted not in stands:
        offers.append({"word": f"Choose {wanted}", "address": wanted})
    if got not in stands:
        offers.append({"word": f"Connect {got} as well", "address": got})
    return {"text": text, "connect": offers}


def _keep(answer: google.Answer) -> tuple[int, bool]:
    """Store the grant for this user's mailbox of that address; return its id and whether it is new.

    One that was disconnected, refused or left keeps its cursor, so that what came since is found.
    """
    values = {
        Mailbox.refresh_token: answer.token["refresh_token"],
        # A job that still uses the token of the grant before would be told that it has ended.
        Mailbox.access_token: None,
        Mailbox.scopes: " ".join(sorted(answer.scopes)),
        Mailbox.state: MailboxState.CONNECTED,
        Mailbox.last_error: None,
    }
    with database.atomic():
        User.lock(current_user.id)
        mailbox, made = Mailbox.get_or_create(user=current_user.id, address=answer.address)
        Mailbox.update(values).where(Mailbox.id == mailbox.id).execute()
        User.touch(current_user.id)
    marks.forget(answer.address)
    return int(mailbox.id), made or mailbox.history_id is None
