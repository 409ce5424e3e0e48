"""The board: did anyone answer, what comes next, and every application by its stage."""

import datetime as dt
import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response as AnyResponse

from hearback.models import Kind, Mailbox, MailboxState, Status, User
from jobs import acts
from webapp import layout, mailbox_words, preferences, times
from webapp.cards import applications_of, columns
from webapp.headline import headline, news_of
from webapp.questions import questions_of

pages = Blueprint("board", __name__)
pages.register_blueprint(preferences.pages)
layout.wire(pages)

# Coming back after this long is a new visit: what came in between is marked as new.
VISIT_ENDS_AFTER = dt.timedelta(minutes=30)
# The board asks this many questions itself; the review page has them all.
STRIP_LENGTH = 3
# What the headline says while there is no application yet.
WELCOME = "Welcome. One step is left: connect the Gmail that you apply with."
READING = "We are reading your mail. What we find appears here by itself."
NONE_YET = "No application found yet. The first answer appears here by itself."


@pages.get("/")
def show() -> str:
    """The board, or for who is not signed in what Hearback does."""
    if not current_user.is_authenticated:
        return render_template("landing.html")
    return render_template("board.html", form={}, **_board(_visit()))


@pages.get("/board/changes")
def changes() -> AnyResponse | str:
    """204 while the open board shows all there is, otherwise its parts anew."""
    return layout.changes("board_parts.html", lambda: _board(_since()))


@pages.post("/applications")
@login_required  # type: ignore[untyped-decorator]
def add() -> AnyResponse | tuple[str, int]:
    """Begin an application by hand."""
    form = request.form
    company, token = form.get("company", ""), form.get("token") or secrets.token_hex(16)
    if not company.strip():
        fields = {**form, "error": "The company is empty. Write the employer's name."}
        return render_template("board.html", form=fields, **_board(_since())), 400
    status = form.get("status", Status.APPLIED)
    application_id = acts.add(current_user.id, company, form.get("role"), status, token)
    act = acts.done(current_user.id, Kind.CREATED, token)
    layout.said(f"Added {company.strip()[:255]}.", act)
    return redirect(url_for("application.show", application_id=application_id), 303)


def _board(since: dt.datetime | None) -> dict[str, Any]:
    """Everything that the board shows, in a handful of queries however much there is."""
    clock, user_id = layout.clock(), current_user.id
    applications = applications_of(user_id)
    news = news_of(user_id, since, clock)
    asked = questions_of(user_id, applications)
    everything = request.args.get("all") == "1"
    marked = set() if news.first_visit else news.applications
    mailboxes = list(Mailbox.select().where(Mailbox.user == user_id).order_by(Mailbox.id))
    # One that the user left feeds nothing more: with no other, the board asks for a mailbox again.
    gone = {MailboxState.FILE, MailboxState.LEFT, MailboxState.ERASING}
    gmail = [box for box in mailboxes if box.state not in gone]
    return {
        "version": current_user.version,
        "headline": headline(news, applications, clock) if applications else [_opening(gmail, clock)],
        "columns": columns(applications, marked, clock, everything),
        "total": len(applications),
        "everything": everything,
        "questions": asked[:STRIP_LENGTH],
        "question_count": layout.waiting_beside(asked),
        "gmail": gmail,
        "lost": [
            {"address": box.address, "words": mailbox_words.loss(box)}
            for box in gmail
            if mailbox_words.needs_user(box)
        ],
        "reading": [
            {"address": box.address, "progress": progress}
            for box in gmail
            if (progress := mailbox_words.progress(box, clock))
        ],
    }


def _opening(gmail: list[Mailbox], clock: times.Clock) -> str:
    if not gmail:
        return WELCOME
    return READING if any(mailbox_words.progress(box, clock) for box in gmail) else NONE_YET


def _visit() -> dt.datetime | None:
    """Note the visit; return when the user was here before it, None on the first visit."""
    now, seen = layout.clock().now, current_user.seen_at
    if seen is None:
        session["since"] = None
    elif now - seen > VISIT_ENDS_AFTER:
        session["since"] = seen.isoformat()
    User.update(seen_at=now).where(User.id == current_user.id).execute()
    return _since()


def _since() -> dt.datetime | None:
    """When the visit before this one ended."""
    if "since" not in session:
        # Signed in anew, or on a second device, within a visit that another session knows.
        seen = current_user.seen_at
        return min(seen, layout.clock().now - times.DAY) if seen else None
    text = session["since"]
    return dt.datetime.fromisoformat(text) if text else None
