"""What comes to users on time: reminders of interviews, and at hours of their own summary and report."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from peewee import CharField

from hearback.models import Application, Notification, User, database, now
from hearback.models.base import UtcField
from hearback.notify.letter import Letter
from hearback.zones import zone
from jobs.due import queue_due
from jobs.hours import Every, clock_time, latest, moment
from jobs.interview_reminders import KIND, Due, day_before, hour_before
from jobs.queues import queues, tried_again
from jobs.reports import monthly
from jobs.summaries import weekly


@dataclass(frozen=True)
class Turn:
    """A letter that comes again and again: how often, at which of the user's hours, when next, what it says.

    `letter` is given the user and the first day of the period in which it is sent, and gives None where
    there is nothing to tell.
    """

    kind: str
    every: Every
    hour: CharField
    due: UtcField
    letter: Callable[[int, dt.date], Letter | None]


def write_summaries() -> None:
    """Queue this week's summary for everybody to whom it is due."""
    queue_due(User.next_summary_at, write, "summary")


def write_reports() -> None:
    """Queue this month's report for everybody to whom it is due."""
    queue_due(User.next_report_at, write, "report")


def remind_a_day_before(at: dt.datetime | None = None) -> None:
    """Remind of interviews 20 to 28 hours away, of each once, and again where it was moved."""
    _tell(day_before(at or now()))


def remind_an_hour_before(at: dt.datetime | None = None) -> None:
    """Remind of interviews within the hour those who want that."""
    _tell(hour_before(at or now()))


def _tell(found: Iterable[Due]) -> None:
    for one in found:
        data = one.letter.to_json()
        Notification.tell(one.user_id, KIND, one.key, one.application_id, one.event_id, data=data)


def write(kind: str, user_ids: Sequence[int], at: dt.datetime | None = None) -> None:
    """Write this letter to each of these users to whom it is due.

    Those behind a user whose letter fails do not wait for it: they get a job of their own.
    """
    turn, at = TURNS[kind], at or now()
    users = list(User.select().where(User.id.in_(user_ids) & (turn.due <= at)).order_by(User.id))
    for place, user in enumerate(users, start=1):
        finished = False
        try:
            _write_one(turn, user, at)
            finished = True
        finally:
            if not finished and (left := [other.id for other in users[place:]]):
                queues.default.enqueue(write, kind, left, **tried_again())


def _write_one(turn: Turn, user: User, at: dt.datetime) -> None:
    """Write the letter of the newest period that has come, be it late; of periods before it nothing.

    The letter is made before the claim, since it may take a while; the claim and its notification are one
    transaction, and (user, kind, period) is unique.
    """
    seen = getattr(user, turn.due.name)
    hour, where = clock_time(getattr(user, turn.hour.name)), zone(user.timezone)
    day, came, coming = latest(turn.every, hour, where, at)
    # Who is new here has not missed the Monday before.
    letter = turn.letter(user.id, day) if came >= seen else None
    with database.atomic():
        mine = (User.id == user.id) & (turn.due == seen)
        claimed = User.update({turn.due: coming}).where(mine).execute()
        if claimed and letter is not None:
            Notification.tell(user.id, turn.kind, day.isoformat(), data=letter.to_json())


def set_clock(user_id: int, values: Mapping[str, str | int | bool], at: dt.datetime | None = None) -> None:
    """Write a user's time zone, hours or days, and move what is to come to the same day's new hour.

    So a move across the date line neither leaves out a week nor gives it twice.
    """
    at = at or now()
    with database.atomic():
        User.lock(user_id)
        user = User.get_by_id(user_id)
        before = zone(user.timezone)
        for name, value in values.items():
            setattr(user, name, value)
        for turn in TURNS.values():
            seen = getattr(user, turn.due.name)
            if seen > at:
                day = turn.every.first(seen.astimezone(before).date())
                hour = clock_time(getattr(user, turn.hour.name))
                setattr(user, turn.due.name, moment(day, hour, zone(user.timezone)))
        user.save(only=[*values, *(turn.due.name for turn in TURNS.values())])
        # Also those that wait for nothing: more patience may give one of them a new day.
        Application.update(follow_up_at=at).where(Application.user == user_id).execute()
        User.touch(user_id)


TURNS = {
    turn.kind: turn
    for turn in (
        Turn("summary", Every.WEEK, User.summary_hour, User.next_summary_at, weekly),
        Turn("report", Every.MONTH, User.report_hour, User.next_report_at, monthly),
    )
}
