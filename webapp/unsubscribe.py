"""Ends mail of a kind by the link in it: a button for people, one POST for mail programs."""

from flask import Blueprint, render_template

from jobs import unsubscribe
from webapp.channel_words import KINDS

pages = Blueprint("unsubscribe", __name__, url_prefix="/unsubscribe")


@pages.get("/<token>")
def show(token: str) -> str:
    """Ask; what fetches links to look at them must end nothing."""
    return _page(token, done=False)


@pages.post("/<token>")
def end(token: str) -> str:
    """End it. A mail program sends `List-Unsubscribe=One-Click` and no cookie: RFC 8058."""
    unsubscribe.end(token)
    return _page(token, done=True)


def _page(token: str, done: bool) -> str:
    channel, kind = unsubscribe.named_by(token)
    words = KINDS[kind].title if kind in KINDS else None
    return render_template("unsubscribe.html", token=token, channel=channel, words=words, done=done)
