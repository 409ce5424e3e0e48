"""The mailboxes that are read: their health, the first reading, and what Gmail could not tell."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user, login_required
from peewee import fn
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import HistoryGap, Mailbox, MailboxState, Message, MessageState
from webapp import layout, leave, mailbox_words
from webapp.mailbox_words import Progress
from webapp.times import Clock

pages = Blueprint("mailboxes", __name__)
pages.register_blueprint(leave.pages)


@dataclass(frozen=True)
class Health:
    """One mailbox as its page tells of it. `open`: Gmail lets us read it; `reconnect`: the button's word."""

    id: int
    address: str
    state: str
    words: str
    tone: str
    needs_user: bool
    open: bool
    reconnect: str
    can_leave: bool
    progress: Progress | None
    pushed_at: dt.datetime | None
    synced_at: dt.datetime | None
    watched_until: dt.datetime | None
    watch_error: str | None
    lag: str
    may: str
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
    return layout.changes("mailboxes_parts.html", _page)


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
        gaps[gap.mailbox_id].append(mailbox_words.gap(gap, clock))
    return {
        "version": current_user.version,
        "mailboxes": [_health(box, counts, gaps[box.id], clock) for box in boxes],
    }


def _health(box: Mailbox, counts: dict[tuple[int, str], int], gaps: list[str], clock: Clock) -> Health:
    watched = box.watch_expires_at
    return Health(
        id=box.id,
        address=box.address or "Imported files",
        state=box.state,
        words=mailbox_words.words(box, clock),
        tone=mailbox_words.tone(box),
        needs_user=mailbox_words.needs_user(box),
        open=box.state == MailboxState.CONNECTED,
        reconnect=_reconnect(box),
        can_leave=box.state not in {MailboxState.FILE, MailboxState.ERASING},
        progress=mailbox_words.progress(box, clock),
        pushed_at=box.notified_at,
        synced_at=box.last_sync_at,
        watched_until=watched if watched and watched > clock.now and not box.watch_error else None,
        watch_error=box.watch_error,
        lag=mailbox_words.lag(box, clock),
        may=mailbox_words.may(box),
        read=counts.get((box.id, MessageState.READ), 0),
        aside=counts.get((box.id, MessageState.QUARANTINED), 0),
        gaps=gaps,
    )


def _reconnect(box: Mailbox) -> str:
    """The word of the button that connects it again, empty where none is wanted."""
    if mailbox_words.needs_user(box):
        return "Reconnect"
    return "Connect again" if box.state == MailboxState.LEFT else ""
