"""The mailboxes that are read: their health, the first reading, and what Gmail could not tell."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template
from flask_login import current_user, login_required
from peewee import fn
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import HistoryGap, Mailbox, MailboxState, Message, MessageState
from webapp import layout
from webapp.times import Clock, plural

pages = Blueprint("mailboxes", __name__)


@dataclass(frozen=True)
class Health:
    """One mailbox as its page tells of it."""

    id: int
    address: str
    state: str
    words: str
    good: bool
    reading: bool
    found: int
    read: int
    aside: int
    gaps: list[str]


@pages.get("/mailboxes")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """All mailboxes of the user."""
    return render_template("mailboxes.html", **_page())


@pages.get("/mailboxes/changes")
def changes() -> AnyResponse | str:
    """204 while the open page shows all there is, otherwise its parts anew."""
    if not current_user.is_authenticated:
        return Response(status=401)
    if layout.unchanged():
        return Response(status=204)
    return render_template("mailboxes_parts.html", **_page())


def _page() -> dict[str, Any]:
    clock = layout.clock()
    boxes = list(Mailbox.select().where(Mailbox.user == current_user.id).order_by(Mailbox.id))
    ids = [box.id for box in boxes] or [0]
    counts: dict[tuple[int, str], int] = {
        (box_id, state): count
        for box_id, state, count in Message.select(Message.mailbox, Message.state, fn.COUNT(Message.id))
        .where(Message.mailbox.in_(ids))
        .group_by(Message.mailbox, Message.state)
        .tuples()
    }
    gaps: dict[int, list[str]] = {box.id: [] for box in boxes}
    for gap in HistoryGap.select().where(HistoryGap.mailbox.in_(ids)).order_by(HistoryGap.from_at):
        gaps[gap.mailbox_id].append(_gap(gap, clock))
    return {
        "version": current_user.version,
        "mailboxes": [_health(box, counts, gaps[box.id], clock) for box in boxes],
    }


def _health(box: Mailbox, counts: dict[tuple[int, str], int], gaps: list[str], clock: Clock) -> Health:
    connected = box.state == MailboxState.CONNECTED
    return Health(
        id=box.id,
        address=box.address or "Imported files",
        state=box.state,
        words=_words(box, clock),
        good=connected and not box.last_error,
        reading=connected and box.backfilled_at is None,
        found=box.backfill_found,
        read=counts.get((box.id, MessageState.READ), 0),
        aside=counts.get((box.id, MessageState.QUARANTINED), 0),
        gaps=gaps,
    )


def _words(box: Mailbox, clock: Clock) -> str:
    """The mailbox's health in one or two sentences."""
    if box.state == MailboxState.FILE:
        return "Mail from files that you imported. Nobody watches it."
    if box.state == MailboxState.DISCONNECTED:
        return "Gmail stopped letting us read this mailbox. Reconnect it, and we read what came since."
    heard = max(filter(None, (box.last_sync_at, box.notified_at)), default=None)
    if heard is None:
        return "Connected just now. We have not heard from Gmail yet."
    words = f"Last heard from Gmail {_lower(clock.ago(heard))}."
    if box.watch_expires_at is None:
        return f"{words} Gmail does not tell us of new mail yet, so we look every half hour."
    if box.watch_expires_at < clock.now:
        return f"{words} Gmail's watch has run out; we look every half hour and renew it."
    until = clock.day(box.watch_expires_at)
    return f"{words} Gmail tells us of new mail at once; we renew its watch before {until} ends."


def _gap(gap: HistoryGap, clock: Clock) -> str:
    start, end = clock.date(gap.from_at), clock.date(gap.to_at)
    span = f"On {start}" if start == end else f"Between {start} and {end}"
    return (
        f"{span} Gmail's history did not reach back far enough. "
        f"We searched instead and found {plural(gap.found, 'mail')}."
    )


def _lower(text: str) -> str:
    """In the middle of a sentence only names of days keep their capital."""
    return text[:1].lower() + text[1:] if text.startswith(("Yesterday", "Today")) else text
