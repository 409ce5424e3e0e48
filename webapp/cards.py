"""Turns applications into the cards of the board: where each stands, and what comes next."""

import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from hearback.models import STAGES, Application, Event, Stage, Status
from hearback.words import plural
from webapp.present import STAGE_HINTS, STAGE_WORDS, Look, look
from webapp.times import Clock

# After this long without a word a follow-up is no longer impatient.
QUIET_DAYS = 14
# A column shows this many cards until it is asked for all of them.
COLUMN_LENGTH = 25


@dataclass(frozen=True)
class Interview:
    """One interview of an application, as its row holds it."""

    start: dt.datetime
    end: dt.datetime
    state: str

    def over(self, now: dt.datetime) -> bool:
        """Whether it is in the past."""
        return self.end <= now


@dataclass(frozen=True)
class Card:
    """One application on the board."""

    id: int
    company: str
    role: str | None
    status: Look
    status_at: dt.datetime
    stage: Stage
    last_at: dt.datetime
    next_step: str | None
    next_at: dt.datetime | None
    new: bool
    digest: str


@dataclass(frozen=True)
class Column:
    """One stage of the board; `hidden` cards are there and not shown yet."""

    stage: Stage
    word: str
    hint: str
    cards: list[Card]
    total: int
    hidden: int
    new: int


def applications_of(user_id: int) -> list[Application]:
    """All applications of a user, those with the latest word first."""
    query = Application.select().where(Application.user == user_id)
    return list(query.order_by(Application.last_event_at.desc(), Application.id.desc()))


def interviews_of(application: Application) -> list[Interview]:
    """The interviews that mails named, in order of time."""
    return [
        Interview(
            dt.datetime.fromisoformat(one["start"]),
            dt.datetime.fromisoformat(one["end"]),
            one["state"],
        )
        for one in application.interviews
    ]


def upcoming(application: Application, now: dt.datetime) -> Interview | None:
    """The next interview that stands, if any."""
    coming = [i for i in interviews_of(application) if i.state == "confirmed" and not i.over(now)]
    return min(coming, key=lambda i: i.start, default=None)


def causes_of(applications: Iterable[Application]) -> dict[int, dict[str, Any]]:
    """What the mails or acts said that caused the statuses, by application; one query."""
    causes = {a.status_event_id: a.id for a in applications if a.status_event_id is not None}
    rows = Event.select(Event.id, Event.data).where(Event.id.in_(list(causes) or [0]))
    return {causes[event_id]: data for event_id, data in rows.tuples()}


def next_step(application: Application, cause: dict[str, Any], clock: Clock) -> str | None:
    """What the user does next, in a few words; None where nothing is left to do."""
    match Status(application.status):
        case Status.DRAFT:
            return "Send it when it is ready"
        case Status.APPLIED:
            return _after_silence(application, clock, "Wait for an answer")
        case Status.UNDER_REVIEW if cause.get("category") == "information_request":
            return _due("Send what they ask for", cause, clock)
        case Status.UNDER_REVIEW:
            return _after_silence(application, clock, "They are reading; wait for word")
        case Status.ASSESSMENT:
            return _due("Do the assessment", cause, clock)
        case Status.INTERVIEW_SCHEDULED:
            coming = upcoming(application, clock.now)
            if coming is None:
                return "Answer with a time for the interview"
            return f"Interview {clock.meeting(coming.start, coming.end)}"
        case Status.INTERVIEW_COMPLETED:
            if clock.days_since(application.status_at) <= 2:
                return "Thank them while it is fresh"
            return _after_silence(application, clock, "Wait for word")
        case Status.OFFER_RECEIVED:
            return _due("Decide on the offer", cause, clock)
    return None


def card(application: Application, cause: dict[str, Any], clock: Clock, new: bool) -> Card:
    """One application as its card; `cause` is the data of the event that set its status."""
    coming = upcoming(application, clock.now)
    step = next_step(application, cause, clock)
    changed = f"{application.changed_at.timestamp():.0f}"
    return Card(
        id=application.id,
        company=application.company or "Employer not named",
        role=application.role,
        status=look(application.status),
        status_at=application.status_at,
        stage=STAGES[Status(application.status)],
        last_at=application.last_event_at,
        next_step=step,
        next_at=coming.start if coming else None,
        new=new,
        digest=f"{application.status}-{changed}",
    )


def columns(
    applications: Sequence[Application], new: AbstractSet[int], clock: Clock, everything: bool
) -> list[Column]:
    """Sort applications into the stages: what happens soonest first, then what moved last.

    Cards are made only of those that are shown; `new` holds the ids of those to be marked.
    """
    stages: dict[Stage, list[Application]] = {stage: [] for stage in Stage}
    for application in applications:
        stages[STAGES[Status(application.status)]].append(application)
    stages[Stage.INTERVIEW].sort(key=lambda a: _soonest_then_latest(a, clock.now))
    length = len(applications) if everything else COLUMN_LENGTH
    causes = causes_of(a for own in stages.values() for a in own[:length])
    return [
        Column(
            stage=stage,
            word=STAGE_WORDS[stage],
            hint=STAGE_HINTS[stage],
            cards=[card(a, causes.get(a.id, {}), clock, a.id in new) for a in own[:length]],
            total=len(own),
            hidden=max(len(own) - length, 0),
            new=sum(a.id in new for a in own),
        )
        for stage, own in stages.items()
    ]


def _soonest_then_latest(application: Application, now: dt.datetime) -> tuple[bool, float]:
    coming = upcoming(application, now)
    if coming is not None:
        return False, coming.start.timestamp()
    return True, -application.last_event_at.timestamp()


def _after_silence(application: Application, clock: Clock, otherwise: str) -> str:
    days = clock.days_since(application.last_event_at)
    if days < QUIET_DAYS:
        return otherwise
    return f"Quiet for {plural(days, 'day')}; a short follow-up may help"


def _due(act: str, cause: dict[str, Any], clock: Clock) -> str:
    if not cause.get("deadline"):
        return act
    when, passed = clock.deadline(cause["deadline"])
    return f"{act} (was due {when})" if passed else f"{act} by {when}"
