"""The operator's page: whether all is well, what needs a person, and the tables that tell why."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from redis.exceptions import RedisError
from rq import Queue
from werkzeug.wrappers import Response as AnyResponse

from hearback.config import settings
from hearback.models import SET_ASIDE, Message, ScanRun
from hearback.words import plural
from jobs import quota
from jobs.queues import FAILURE_SECONDS, queues
from jobs.replay import replay
from webapp import board_facts, facts, layout
from webapp.sick import quarantine, sick
from webapp.troubles import Known, lasting, troubles

# Only admins come here: see `access`, which guards the whole of /admin.
pages = Blueprint("admin", __name__, url_prefix="/admin")

# So many jobs go to Redis in one trip.
CHUNK = 500
NO_REDIS = "Redis does not answer, so nothing was queued. Bring it back, then try again."


@pages.get("")
def show() -> str:
    """All of it at a glance, in a fixed number of queries."""
    known = _known()
    return render_template(
        "admin.html",
        known=known,
        troubles=troubles(known, layout.clock()),
        sick=sick(known.at, _number("mailboxes")),
        quarantine=quarantine(known.quarantined, _number("mails")),
        scans=ScanRun.last(10),
        lasting=lasting,
        quota_limits={
            "project_minute": settings().quota_project_minute,
            "project_day": settings().quota_project_day,
        },
    )


@pages.post("/quarantine/<int:message_id>")
def read_again(message_id: int) -> AnyResponse:
    """Queue one mail that was set aside to be read again."""
    return _queue(_aside(Message.id == message_id))


@pages.post("/quarantine")
def read_all_again() -> AnyResponse:
    """Queue all mails that were set aside up to the newest that the page knew of."""
    newest = request.form.get("newest", type=int)
    return _queue(_aside(Message.id <= newest if newest else Message.id > 0))


def _queue(ids: list[int]) -> AnyResponse:
    try:
        for start in range(0, len(ids), CHUNK):
            queues.default.enqueue_many(
                [
                    Queue.prepare_data(replay, (message_id,), failure_ttl=FAILURE_SECONDS)
                    for message_id in ids[start : start + CHUNK]
                ]
            )
    except RedisError:
        flash(NO_REDIS, "problem")
    else:
        text = (
            f"{plural(len(ids), 'mail')} will be read again in a moment." if ids else "Nothing is set aside."
        )
        layout.said(text)
    return redirect(url_for("admin.show", _anchor="quarantine"), 303)


def _aside(which: Any) -> list[int]:
    rows = Message.select(Message.id).where(SET_ASIDE & which)
    return [row[0] for row in rows.order_by(Message.id).tuples()]


def _known() -> Known:
    at = layout.clock().now
    try:
        waiting, used = facts.waiting(), quota.used(at)
    except RedisError:
        waiting, used = None, {}
    return Known(
        at=at,
        mailboxes=facts.mailboxes(at),
        quarantined=facts.quarantined(),
        gaps=facts.gaps(),
        ledger=facts.ledger(at),
        beats=facts.beats(at),
        waiting=waiting,
        used=used,
        day_limit=settings().quota_project_day,
        boards=board_facts.counts(),
    )


def _number(name: str) -> int:
    """The page of a list that the address asks for, from 1."""
    return max(1, request.args.get(name, 1, type=int))
