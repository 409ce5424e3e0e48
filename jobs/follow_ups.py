"""Reminders to follow up: when nobody has answered for days, or when the user's own date has come."""

import datetime as dt
from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeSerializer
from peewee import Expression

from hearback.config import settings
from hearback.models import STAGES, Application, FollowUp, Notification, Stage, Status, User, database, now
from hearback.notify.letter import Letter, Link
from hearback.zones import zone
from jobs.acts import BadAct, NotFound, alone
from jobs.due import queue_due
from jobs.hours import clock_time, moment

KIND = "follow_up"
# The employer's turn; a draft and an offer wait for the user.
WAITING = frozenset(
    {
        Status.APPLIED,
        Status.UNDER_REVIEW,
        Status.ASSESSMENT,
        Status.INTERVIEW_SCHEDULED,
        Status.INTERVIEW_COMPLETED,
    }
)
# After an outage a reminder still comes. What has been silent for longer when we first hear of it, as in
# the first reading of a mailbox, is no news. The user's own date always is.
LATEST = dt.timedelta(days=7)
A_YEAR = dt.timedelta(days=366)


def remind_all() -> None:
    """Queue a look at every application of which the moment has come."""
    queue_due(Application.follow_up_at, remind)


def remind(application_ids: Sequence[int], at: dt.datetime | None = None) -> None:
    """Look at these applications: remind of what is due, and note when to look again."""
    at = at or now()
    those = Application.id.in_(application_ids) & (Application.follow_up_at <= at)
    with database.atomic():
        owners = {row[0] for row in Application.select(Application.user).where(those).tuples()}
        # Who comes second waits here, and then finds that nothing is due any more.
        User.lock(*owners)
        rows = list(Application.select(Application, User).join(User).where(those))
        said = {one.anchor_id: one for one in FollowUp.select().where(_anchored(rows))}
        for row in rows:
            coming = _settle_due(row, said.get(row.anchor_id) or FollowUp(anchor=row.anchor_id), at)
            Application.update(follow_up_at=coming).where(Application.id == row.id).execute()


def date_for(application: Application, said: FollowUp) -> dt.date | None:
    """The day of the next reminder: the user's own, or so many days after the last word; or none."""
    status = Status(application.status)
    if said.never or STAGES[status] is Stage.CLOSED:
        return None
    if said.own_date is not None:
        return said.own_date
    if status not in WAITING or application.clock_due_at is not None:
        # Before an interview there is nothing to ask; when it is over, the fold writes this row anew.
        return None
    user = application.user
    last = application.last_event_at.astimezone(zone(user.timezone)).date()
    day: dt.date = last + dt.timedelta(days=user.follow_up_days)
    return None if said.settled_date is not None and day <= said.settled_date else day


def said_of(application: Application) -> FollowUp:
    """What the user said of reminders of this application; an empty row where that is nothing."""
    found: FollowUp | None = FollowUp.get_or_none(FollowUp.anchor == application.anchor_id)
    return found or FollowUp(anchor=application.anchor_id)


def answer(
    user_id: int, anchor_id: int, what: str, at: dt.datetime | None = None, own: dt.date | None = None
) -> dt.date | None:
    """Do what the user says of a reminder; return the user's own date where there is one now.

    `what` is done (this one is dealt with), later (again after the user's usual days), never, again
    (which takes never back), or on (at the date `own`). Raises BadAct and NotFound.
    """
    with alone(user_id):
        mine = (Application.anchor == anchor_id) & (Application.user == user_id)
        application = Application.get_or_none(mine)
        if application is None:
            raise NotFound("This application is not here any more.")
        user = application.user
        today = (at or now()).astimezone(zone(user.timezone)).date()
        if what == "later":
            own = today + dt.timedelta(days=user.follow_up_days)
        elif what == "on" and (own is None or not today < own <= today + A_YEAR):
            raise BadAct(f"The date is {own or 'missing'}; it must be one after today and within a year.")
        values: dict[str, dt.date | bool | None] = {"settled_date": today, "own_date": own, "never": False}
        said = said_of(application)
        if what == "done" and said.own_date is None:
            # One that is still to come is dealt with, too.
            values["settled_date"] = max(today, date_for(application, said) or today)
        elif what == "never":
            values = {"never": True}
        elif what == "again":
            values = {"never": False}
        elif what not in {"done", "later", "on"}:
            raise BadAct(f"answer is {what!r}; it must be done, later, never, again or on.")
        FollowUp.note(user_id, anchor_id, **values)
        Notification.update(read_at=at or now()).where(_unread(application)).execute()
        # The next tick reckons when this comes up again.
        Application.update(follow_up_at=at or now()).where(Application.id == application.id).execute()
        User.touch(user_id)
    return own


def unanswered(application: Application) -> bool:
    """Whether the user was reminded of this application and has not said anything, nor read it away."""
    return bool(Notification.select().where(_unread(application)).exists())


def _unread(application: Application) -> Expression:
    told = (Notification.application == application.id) & (Notification.kind == KIND)
    return told & Notification.read_at.is_null()


def token_for(user_id: int, anchor_id: int) -> str:
    """What a mail's link is signed with: who holds it may answer this reminder, and nothing else."""
    return str(_signer().dumps([user_id, anchor_id]))


def named_by(token: str) -> tuple[int, int]:
    """The user and the anchor that a token was made for. Raises NotFound."""
    try:
        user_id, anchor_id = _signer().loads(token)
    except BadSignature:
        raise NotFound("This link is not whole. Open it from the mail again, or go to your board.") from None
    return user_id, anchor_id


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="hearback.follow-up")


def _anchored(rows: Sequence[Application]) -> object:
    return FollowUp.anchor.in_([row.anchor_id for row in rows])


def _settle_due(application: Application, said: FollowUp, at: dt.datetime) -> dt.datetime | None:
    """Tell of what is due by `at`; return when this application must be looked at again."""
    user = application.user
    while (day := date_for(application, said)) is not None:
        coming = moment(day, clock_time(user.reminder_hour), zone(user.timezone))
        if coming > at:
            return coming
        own = said.own_date is not None
        if own or at - coming <= LATEST:
            key, letter = f"{application.anchor_id}:{day}", _letter(application, day, own)
            Notification.tell(user.id, KIND, key, application.id, data=letter.to_json())
            FollowUp.note(user.id, application.anchor_id, own_date=None, settled_date=day)
        said.own_date, said.settled_date = None, day
    return None


def _letter(application: Application, day: dt.date, own: bool) -> Letter:
    user = application.user
    company = application.company or "an employer"
    last = application.last_event_at.astimezone(zone(user.timezone)).date()
    role = f" as {application.role}" if application.role else ""
    # No process of ours sets a locale, so that months have their English names.
    word = f"The last word on your application{role} was on {last.day} {last:%B}."
    subject = f"You wanted to follow up with {company} on {day.day} {day:%B}"
    if not own:
        subject = f"{company} has not answered for {(day - last).days} days. Follow up?"
    token = token_for(user.id, application.anchor_id)
    return Letter(subject, word, link=Link("Done, later or never", f"/follow-ups/{token}"))
