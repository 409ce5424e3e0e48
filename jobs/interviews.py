"""What a user says of an interview: added, changed, cancelled. Each is an event like a mail."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from hearback.models import Application, Event, Kind, Meeting
from jobs.acts import alone, mail_of, own_application, record
from jobs.refusals import BadAct, NotFound

LONGEST = dt.timedelta(days=14)


@dataclass(frozen=True)
class Plan:
    """An interview as the user puts it. Moments are aware; `zone` is the one in which they named them."""

    start: dt.datetime
    end: dt.datetime
    zone: str
    link: str = ""
    interviewer: str = ""
    place: str = ""


def add(user_id: int, application_id: int, plan: Plan, token: str) -> int:
    """Add an interview to an application; return the act's id. Raises NotFound and BadAct."""
    _check(plan)
    with alone(user_id):
        application = own_application(user_id, application_id)
        # Where later mail shows that the application was really two, it stays with what was seen last.
        target = mail_of(application.status_event_id or application.anchor_id)
        return _record(application, "add", None, plan, target, token)


def change(user_id: int, meeting_id: int, plan: Plan, token: str) -> int:
    """Say when, where and with whom an interview really is: it stands then. Raises NotFound and BadAct."""
    _check(plan)
    with alone(user_id):
        return _upon(own_meeting(user_id, meeting_id), "change", plan, token)


def agree(user_id: int, meeting_id: int, token: str) -> int:
    """Take an offered time: it stands, and the other offers are off. Raises NotFound."""
    with alone(user_id):
        meeting = own_meeting(user_id, meeting_id)
        return _upon(meeting, "change", plan_of(meeting), token)


def cancel(user_id: int, meeting_id: int, token: str) -> int:
    """Say that an interview is off. Raises NotFound."""
    with alone(user_id):
        return _upon(own_meeting(user_id, meeting_id), "cancel", None, token)


def own_meeting(user_id: int, meeting_id: int) -> Meeting:
    """The user's interview of that id; raises NotFound."""
    found: Meeting | None = Meeting.get_or_none((Meeting.id == meeting_id) & (Meeting.user == user_id))
    if found is None:
        raise NotFound("This interview is not here any more.")
    return found


def plan_of(meeting: Meeting) -> Plan:
    """An interview's row as the user would put it."""
    return Plan(
        start=meeting.start,
        end=meeting.end,
        zone=meeting.zone or "UTC",
        link=meeting.link or "",
        interviewer=meeting.interviewer or "",
        place=meeting.place or "",
    )


def _upon(meeting: Meeting, act: str, plan: Plan | None, token: str) -> int:
    application = Application.get_by_id(meeting.application_id)
    event_id = meeting.event_id or application.anchor_id
    # It goes with the mail that told of the interview, wherever that mail may turn out to belong.
    return _record(application, act, meeting.start, plan, mail_of(event_id), token)


def _record(
    application: Application, act: str, was: dt.datetime | None, plan: Plan | None, target: int, token: str
) -> int:
    data: dict[str, object] = {
        "act": act,
        "was": was.isoformat() if was else None,
        "dates": [],
        "targets": [target],
    }
    if plan is not None:
        date = {"start": plan.start.isoformat(), "end": plan.end.isoformat(), "timezone": plan.zone}
        data |= {
            "dates": [date],
            "links": [plan.link] if plan.link else [],
            "interviewer": plan.interviewer[:255] or None,
            "place": plan.place[:255] or None,
        }
    group: int = Event.get_by_id(target).group_id
    return record(application.user_id, group, Kind.INTERVIEW, token, **data)


def _check(plan: Plan) -> None:
    if not plan.start < plan.end <= plan.start + LONGEST:
        raise BadAct("The interview ends before it begins, or lasts more than two weeks; give the time anew.")
    if plan.link and not _is_https(plan.link):
        raise BadAct(f"The link is {plan.link!r}; it must begin with https://.")


def _is_https(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        # Such as half a pair of brackets where the host stands.
        return False
    return parts.scheme == "https" and bool(parts.hostname)
