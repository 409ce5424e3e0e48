"""Turns applications into the cards of the board: where each stands, and what comes next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from hearback.models import STAGES, Application, Event, Stage, Status
from webapp.present import STAGE_HINTS, STAGE_WORDS, Look, look
from webapp.times import Clock, plural

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
    """All applications of a user, each with the event that caused its status as `cause`."""
    query = (
        Application.select(Application, Event)
        .join(Event, JOIN.LEFT_OUTER, on=(Application.status_event == Event.id), attr="cause")
        .where(Application.user == user_id)
        .order_by(Application.last_event_at.desc(), Application.id.desc())
    )
    return list(query)


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


def cause_of(application: Application) -> dict[str, Any]:
    """What the mail or act said that caused the status; empty when the clock did."""
    event = getattr(application, "cause", None)
    return event.data if event is not None and event.id else {}


def next_step(application: Application, clock: Clock) -> str | None:
    """What the user does next, in a few words; None where nothing is left to do."""
    cause = cause_of(application)
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


def card(application: Application, clock: Clock, new: bool) -> Card:
    """One application as its card."""
    coming = upcoming(application, clock.now)
    step = next_step(application, clock)
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


def columns(cards: list[Card], everything: bool) -> list[Column]:
    """Sort cards into the stages: what happens soonest first, then what moved last."""
    made = []
    for stage in Stage:
        own = [card for card in cards if card.stage is stage]
        own.sort(key=_soonest_then_latest)
        shown = own if everything else own[:COLUMN_LENGTH]
        made.append(
            Column(
                stage=stage,
                word=STAGE_WORDS[stage],
                hint=STAGE_HINTS[stage],
                cards=shown,
                total=len(own),
                hidden=len(own) - len(shown),
                new=sum(card.new for card in own),
            )
        )
    return made


def _soonest_then_latest(card: Card) -> tuple[bool, float]:
    if card.next_at is not None:
        return False, card.next_at.timestamp()
    return True, -card.last_at.timestamp()


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
