"""The user's own hours: when reminders, summaries and reports come, and after how many days of silence."""

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from jobs import acts
from jobs.hours import clock_time
from jobs.reminders import set_clock
from webapp import layout

pages = Blueprint("own_hours", __name__, url_prefix="/settings")

FIELDS = {
    "reminder_hour": "The hour of reminders",
    "summary_hour": "The hour of the weekly summary",
    "report_hour": "The hour of the monthly report",
}
MOST_DAYS = 60


@pages.post("/hours")
@login_required  # type: ignore[untyped-decorator]
def choose() -> Response:
    """Write all of them; what is to come moves along."""
    values: dict[str, str | int | bool] = {name: _hour(name) for name in FIELDS}
    days = request.form.get("follow_up_days", "")
    # Python refuses to read thousands of digits.
    if not days.isdecimal() or len(days) > 3 or not 1 <= int(days) <= MOST_DAYS:
        raise acts.BadAct(f"The days without an answer are {days!r}; they must be 1 to {MOST_DAYS}.")
    set_clock(current_user.id, values | {"follow_up_days": int(days)})
    layout.said("Saved. What is to come moves to these hours.")
    return redirect(url_for("settings.show", _anchor="hours"), 303)


def _hour(name: str) -> str:
    text = request.form.get(name, "")
    try:
        return f"{clock_time(text):%H:%M}"
    except ValueError:
        raise acts.BadAct(f"{FIELDS[name]} is {text!r}; it must be a time of day such as 09:00.") from None
