"""What happened to each application of a user, read for the figures of summaries and reports."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearback.config import settings
from hearback.mail.vendors import board
from hearback.models import STAGES, Application, Event, Kind, Meeting, Stage, Standing, Status
from hearback.models.event import Fact
from hearback.models.interview import InterviewState
from hearback.models.lesson import known_facts
from hearback.models.status import ANSWERS

# So many applications are in memory at a time, with what happened to them.
CHUNK = 100
OPEN = [status for status, stage in STAGES.items() if stage is not Stage.CLOSED]
OPEN_VALUES = [status.value for status in OPEN]
# What only the user decides; to set it says nothing of the employer.
OWN_WORD = frozenset({Status.DRAFT, Status.WITHDRAWN, Status.OFFER_ACCEPTED, Status.OFFER_DECLINED,
                      Status.ARCHIVED, Status.APPLIED})  # fmt: skip
BY_HAND = "Added by hand"
OWN_SITE = "Employers’ own sites"

_ORDER = {status: place for place, status in enumerate(Status)}
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class History:
    """One application in the order of what happened, as it is known now: corrected, undone, merged.

    `steps` are the statuses and when they began, `answers` when the employer answered (by mail, or by what
    the user was told and noted), `words` every sign of life, and `meetings` the interviews that stand.
    """

    id: int
    company: str | None
    role: str | None
    source: str
    steps: tuple[tuple[dt.datetime, Status], ...]
    answers: tuple[dt.datetime, ...] = ()
    words: tuple[dt.datetime, ...] = ()
    meetings: tuple[Span, ...] = ()

    def status(self, at: dt.datetime) -> Status | None:
        """Where it stood just before a moment; None before it began."""
        return next((status for moment, status in reversed(self.steps) if moment < at), None)

    def moved(self, since: dt.datetime, until: dt.datetime) -> bool:
        """Whether its status changed between two moments."""
        return any(since <= moment < until for moment, _ in self.steps)

    @property
    def sent(self) -> dt.datetime | None:
        """When it went out, or is first known to have; None for a draft."""
        return next((moment for moment, status in self.steps if status is not Status.DRAFT), None)

    @property
    def wait(self) -> dt.timedelta | None:
        """How long the first answer took; None without one, and where nobody knows when it was sent.

        An application that begins with an answer was sent some time before.
        """
        sent = self.sent
        first = next((status for _, status in self.steps if status is not Status.DRAFT), None)
        if sent is None or first is not Status.APPLIED or not self.answers:
            return None
        return max(self.answers[0] - sent, dt.timedelta(0))


def histories(user_id: int, since: dt.datetime, until: dt.datetime) -> Iterator[History]:
    """Every application that began before `until`, and that was open or moved at some time since `since`.

    Reads by indexes, and holds one chunk at a time, however many there are.
    """
    seen = 0
    alive = (Application.last_event_at >= since) | Application.status.in_(OPEN_VALUES)
    own = (Application.user == user_id) & (Application.began_at < until) & alive
    while True:
        page = list(
            Application.select().where(own & (Application.id > seen)).order_by(Application.id).limit(CHUNK)
        )
        yield from _read(page)
        if len(page) < CHUNK:
            return
        seen = page[-1].id


def _read(applications: Sequence[Application]) -> Iterator[History]:
    if not applications:
        return
    groups = sorted({application.group_id for application in applications})
    events = list(Event.select().where(Event.group.in_(groups)))
    events.sort(key=lambda event: (event.happened_at, event.tiebreak))
    own: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.application_id is not None and event.standing == Standing.COUNTS:
            own[event.application_id].append(event)
    # Groups never interact, so the facts of several are the facts of each.
    known = {fact.id: fact for fact in known_facts(events, settings().confidence_threshold) if fact.counts}
    meetings = _meetings([application.id for application in applications])
    for application in applications:
        yield _history(application, own[application.id], known, meetings[application.id])


def _history(
    application: Application, events: Sequence[Event], known: dict[int, Fact], meetings: Sequence[Span]
) -> History:
    placed = [(event, fact) for event in events if (fact := known.get(event.id)) is not None]
    held = [(dt.datetime.fromisoformat(at), Status.INTERVIEW_COMPLETED) for at in application.completed_at]
    steps = [(event.happened_at, Status(event.effect)) for event, _ in placed if event.effect] + held
    steps.sort(key=lambda step: step[0])
    mails = [
        event.happened_at for event, fact in placed if fact.kind is Kind.MAIL and fact.category != "other"
    ]
    return History(
        id=application.id,
        company=application.company,
        role=application.role,
        source=_source(placed),
        steps=tuple(steps),
        answers=tuple(_answers(placed)),
        words=tuple(sorted({*mails, *(at for at, _ in steps)})),
        meetings=tuple(meetings),
    )


def _answers(placed: Sequence[tuple[Event, Fact]]) -> Iterator[dt.datetime]:
    """Mails that answer, and what the user noted of an answer that came another way."""
    status: Status | None = None
    for event, fact in placed:
        effect = Status(event.effect) if event.effect else None
        if fact.kind is Kind.MAIL:
            answered = fact.category in ANSWERS
        else:
            further = status is None or (effect is not None and _ORDER[effect] > _ORDER[status])
            answered = effect is not None and effect not in OWN_WORD and further
        if answered:
            yield event.happened_at
        status = effect or status


def _source(placed: Sequence[tuple[Event, Fact]]) -> str:
    """By which way an application went out, as far as its first entry tells."""
    for event, fact in placed:
        if fact.kind is Kind.CREATED:
            return BY_HAND
        if fact.kind is Kind.MAIL:
            return board(event.data.get("sender") or "") or OWN_SITE
    return OWN_SITE


def _meetings(application_ids: Sequence[int]) -> dict[int, list[Span]]:
    stands = Meeting.state.in_([InterviewState.CONFIRMED, InterviewState.HELD])
    found: dict[int, list[Span]] = defaultdict(list)
    for row in (
        Meeting.select().where(Meeting.application.in_(application_ids) & stands).order_by(Meeting.start)
    ):
        found[row.application_id].append((row.start, row.end))
    return found
