"""The operator's page of job boards: how each is, what its last run gave, and what can be done."""

import datetime as dt

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from redis.exceptions import RedisError
from werkzeug.wrappers import Response as AnyResponse

from hearback.boards.registry import why_not
from hearback.config import settings
from hearback.models import BoardFeed
from jobs.queues import queues, tried_again
from jobs.refusals import BadAct
from jobs.saved_searches_follow import named
from jobs.scrape import LONGEST_SECONDS, fetch_feed
from jobs.scrape_run import least_distance
from webapp import board_facts, layout
from webapp.troubles import lasting

# Only admins come here: see `access`, which guards the whole of /admin.
pages = Blueprint("admin_boards", __name__, url_prefix="/admin/boards")

NO_REDIS = "Redis does not answer, so nothing was queued. The next round fetches it."


@pages.get("")
def show() -> str:
    """All feeds, what needs a look first, in a fixed number of queries."""
    number = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "admin_boards.html",
        counts=board_facts.counts(),
        feeds=board_facts.feeds(min(number, 10_000)),
        lasting=lasting,
        not_asked=board_facts.not_asked(),
    )


@pages.post("")
def add() -> AnyResponse:
    """Follow the board of a company for everybody, by the address of its jobs page."""
    try:
        board, key = named(request.form.get("address", ""))
    except BadAct as fault:
        flash(str(fault), "problem")
        return _back()
    feed = BoardFeed.keep(board, key, "operator")
    BoardFeed.update(by="operator").where((BoardFeed.id == feed.id) & (BoardFeed.by == "user")).execute()
    return _fetch(feed)


@pages.post("/<int:feed_id>/fetch")
def fetch(feed_id: int) -> AnyResponse:
    """Fetch a feed now, as far as its board allows."""
    return _fetch(_feed(feed_id))


@pages.post("/<int:feed_id>/pause")
def pause(feed_id: int) -> AnyResponse:
    """Leave a feed alone until it is wanted again."""
    feed = _feed(feed_id)
    BoardFeed.update(paused=True).where(BoardFeed.id == feed.id).execute()
    layout.said(f"{_name(feed)} is paused. Its jobs stay until they are too old.")
    return _back()


@pages.post("/<int:feed_id>/resume")
def resume(feed_id: int) -> AnyResponse:
    """Fetch a feed again from the next round on."""
    feed = _feed(feed_id)
    BoardFeed.update(paused=False).where(BoardFeed.id == feed.id).execute()
    layout.said(f"{_name(feed)} is fetched again.")
    return _back()


def _fetch(feed: BoardFeed) -> AnyResponse:
    at = layout.clock().now
    last: dt.datetime | None = feed.last_run_at
    free_at = at if last is None else last + least_distance(feed)
    why = why_not(feed.board, settings())
    if feed.paused:
        flash(f"{_name(feed)} is paused. Resume it first.", "problem")
    elif why:
        flash(f"{_name(feed)} is not asked: {why}.", "problem")
    elif free_at > at:
        flash(f"Its board allows no call for another {lasting(free_at - at)}.", "problem")
    else:
        BoardFeed.update(next_at=at).where(BoardFeed.id == feed.id).execute()
        try:
            queues.default.enqueue(fetch_feed, feed.id, job_timeout=LONGEST_SECONDS, **tried_again())
        except RedisError:
            flash(NO_REDIS, "problem")
        else:
            layout.said(f"{_name(feed)} will be fetched in a moment.")
    return _back()


def _feed(feed_id: int) -> BoardFeed:
    return BoardFeed.get_or_none(BoardFeed.id == feed_id) or abort(404)


def _name(feed: BoardFeed) -> str:
    shown = board_facts.Shown(feed, None)
    return f"{shown.name} on {shown.board}"


def _back() -> AnyResponse:
    return redirect(url_for("admin_boards.show"), 303)
