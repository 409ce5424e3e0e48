"""Interviews: the agenda, a month at a glance, and what the user says of one by hand."""

import datetime as dt
import secrets
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from hearback.models import Application, Meeting
from jobs import acts, interviews
from webapp import agenda, layout
from webapp.times import Clock

pages = Blueprint("interviews", __name__)
pages.app_context_processor(lambda: {"interview_words": agenda.WORDS})

MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)
WHOLE_DAY = 1440
Answer = Response | str | tuple[str, int]


@pages.get("/interviews")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """What is next, in words, and all interviews in order."""
    clock, known = layout.clock(), agenda.meetings_of(current_user.id)
    parts = agenda.agenda(known, clock)
    return render_template("interviews.html", parts=parts, next=agenda.ahead(known, clock))


@pages.get("/interviews/month")
@login_required  # type: ignore[untyped-decorator]
def month() -> str:
    """One month, by `?month=2026-11`."""
    clock = layout.clock()
    first = agenda.first_of(request.args.get("month", ""), clock)
    sheet = agenda.month(agenda.meetings_of(current_user.id), first, clock)
    return render_template("interviews_month.html", month=sheet)


@pages.route("/applications/<int:application_id>/interviews", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def add(application_id: int) -> Answer:
    """A form for a new interview, and taking it in."""
    application = acts.own_application(current_user.id, application_id)
    if request.method == "GET":
        return _form(application, None, {"minutes": "60"})
    try:
        act = interviews.add(current_user.id, application.id, _plan(request.form, layout.clock()), _token())
    except acts.BadAct as fault:
        return _form(application, None, request.form, str(fault)), 400
    layout.said("Added the interview.", act)
    return redirect(url_for("application.show", application_id=application.id), 303)


@pages.route("/interviews/<int:meeting_id>", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]
def change(meeting_id: int) -> Answer:
    """A form with what is known of an interview, and taking the user's word on it."""
    meeting = interviews.own_meeting(current_user.id, meeting_id)
    if request.method == "GET":
        return _form(meeting.application, meeting, _fields(meeting, layout.clock()))
    try:
        act = interviews.change(current_user.id, meeting.id, _plan(request.form, layout.clock()), _token())
    except acts.BadAct as fault:
        return _form(meeting.application, meeting, request.form, str(fault)), 400
    return _done(meeting, "Changed the interview.", act)


@pages.post("/interviews/<int:meeting_id>/agree")
@login_required  # type: ignore[untyped-decorator]
def agree(meeting_id: int) -> Response:
    """Take one of the times that were offered."""
    meeting = interviews.own_meeting(current_user.id, meeting_id)
    act = interviews.agree(current_user.id, meeting.id, _token())
    return _done(meeting, "Noted: this time stands. Tell the employer, if you have not yet.", act)


@pages.post("/interviews/<int:meeting_id>/cancel")
@login_required  # type: ignore[untyped-decorator]
def cancel(meeting_id: int) -> Response:
    """Note that an interview is off."""
    meeting = interviews.own_meeting(current_user.id, meeting_id)
    act = interviews.cancel(current_user.id, meeting.id, _token())
    return _done(meeting, "Noted: this interview is off. Hearback tells nobody; write to the employer.", act)


def _done(meeting: Meeting, words: str, act: int) -> Response:
    layout.said(words, act)
    if request.form.get("back") == "agenda":
        return redirect(url_for(".show"), 303)
    return redirect(url_for("application.show", application_id=meeting.application_id), 303)


def _form(
    application: Application, meeting: Meeting | None, fields: Mapping[str, str], error: str = ""
) -> str:
    chosen = _minutes(fields.get("minutes", ""))
    lengths = sorted({*MINUTES, WHOLE_DAY, *([] if chosen is None else [chosen])})
    return render_template(
        "interview_form.html",
        application=application,
        meeting=meeting,
        fields=fields,
        lengths=[(minutes, _length(minutes)) for minutes in lengths],
        error=error,
    )


def _fields(meeting: Meeting, clock: Clock) -> dict[str, str]:
    local = meeting.start if meeting.whole_day else clock.local(meeting.start)
    return {
        "date": f"{local:%Y-%m-%d}",
        "time": "" if meeting.whole_day else f"{local:%H:%M}",
        "minutes": str((meeting.end - meeting.start) // dt.timedelta(minutes=1)),
        "link": meeting.link or "",
        "interviewer": meeting.interviewer or "",
        "place": meeting.place or "",
    }


def _plan(form: Mapping[str, str], clock: Clock) -> interviews.Plan:
    """What the form says; times are the user's own. Raises BadAct with the field and what is wanted."""
    minutes = _minutes(form.get("minutes", ""))
    if minutes is None:
        raise acts.BadAct(f"How long is {form.get('minutes', '')!r}; it must be a number of minutes.")
    whole_day = minutes == WHOLE_DAY
    try:
        day = dt.date.fromisoformat(form.get("date", ""))
        hour = dt.time(0) if whole_day else dt.time.fromisoformat(form.get("time", ""))
    except ValueError:
        raise acts.BadAct("The day or the time is missing; give both, or take the whole day.") from None
    if not 1970 <= day.year <= 9000:
        raise acts.BadAct(f"The year is {day.year}; give one that you will see.")
    # A day without an hour is the same day in every zone.
    zone = dt.UTC if whole_day else clock.zone
    start = dt.datetime.combine(day, hour.replace(tzinfo=None), tzinfo=zone).astimezone(dt.UTC)
    return interviews.Plan(
        start=start,
        end=start + dt.timedelta(minutes=minutes),
        zone=clock.zone.key,
        link=form.get("link", "").strip(),
        interviewer=form.get("interviewer", "").strip(),
        place=form.get("place", "").strip(),
    )


def _minutes(text: str) -> int | None:
    # So many digits are more than any interview lasts, and Python refuses to read thousands of them.
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _length(minutes: int) -> str:
    if minutes == WHOLE_DAY:
        return "The whole day"
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest else "")))


def _token() -> str:
    return request.form.get("token") or secrets.token_hex(16)
