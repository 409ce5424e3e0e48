"""Disconnecting a mailbox: a page that says what will happen, and the choice to keep or to erase."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from peewee import fn
from werkzeug.wrappers import Response

from hearback.models import Event, Kind, Mailbox, MailboxState, Message
from jobs import acts
from jobs.leave_mailbox import leave

pages = Blueprint("leave", __name__)

KEPT = "Disconnected {address}. What we learnt from it stays on your board."
ERASED = "Disconnected {address}, and erased what we learnt from it."


@dataclass(frozen=True)
class Holdings:
    """What a mailbox taught us: mails that were read, applications it alone feeds, and those it shares."""

    mails: int
    alone: int
    shared: int


@pages.get("/mailboxes/<int:mailbox_id>/leave")
@login_required  # type: ignore[untyped-decorator]
def show(mailbox_id: int) -> str:
    """What disconnecting does, and the two ways to do it."""
    return _page(_own(mailbox_id))


@pages.post("/mailboxes/<int:mailbox_id>/leave")
@login_required  # type: ignore[untyped-decorator]
def confirm(mailbox_id: int) -> Response | tuple[str, int]:
    """Disconnect; with `what=erase` and the address typed, erase as well."""
    box = _own(mailbox_id)
    what, typed = request.form.get("what", ""), request.form.get("typed", "")
    if what not in {"keep", "erase"}:
        raise acts.BadAct("The choice is missing; choose whether to keep or to erase what we learnt.")
    if what == "erase" and typed.strip().lower() != box.address:
        said = f"You typed “{typed.strip()}”" if typed.strip() else "The address is empty"
        return _page(box, typed, f"{said}. To erase, type {box.address}."), 400
    leave(current_user.id, mailbox_id, erase=what == "erase")
    flash((KEPT if what == "keep" else ERASED).format(address=box.address), "done")
    return redirect(url_for("mailboxes.show"), 303)


def _page(box: Mailbox, typed: str = "", error: str = "") -> str:
    left = box.state == MailboxState.LEFT
    return render_template("leave.html", box=box, left=left, holds=_holdings(box), typed=typed, error=error)


def _own(mailbox_id: int) -> Mailbox:
    box = acts.own_mailbox(current_user.id, mailbox_id)
    if box.state in {MailboxState.FILE, MailboxState.ERASING}:
        raise acts.NotFound("This mailbox is not here any more.")
    return box


def _holdings(box: Mailbox) -> Holdings:
    mails = Message.select().where(Message.mailbox == box.id)
    own = Event.message.in_(mails.select(Message.id)) & Event.application_id.is_null(False)
    fed = Event.select(Event.application_id).where(own & (Event.user == current_user.id)).distinct()
    others = Event.message.is_null() | Event.message.not_in(mails.select(Message.id))
    shared: int = (
        Event.select(fn.COUNT(Event.application_id.distinct()))
        .where(Event.application_id.in_(fed) & Event.kind.in_([Kind.MAIL, Kind.CREATED]) & others)
        .scalar()
    )
    return Holdings(mails.count(), fed.count() - shared, shared)
