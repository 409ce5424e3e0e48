"""Answers in words, above the board: did anyone answer, and what comes next?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from hearback.config import settings
from hearback.models import STAGES, Application, Event, Kind, Stage, Standing, Status
from hearback.models.lesson import known_facts
from hearback.models.status import ANSWERS
from hearback.words import WEEKDAYS, listed, plural
from webapp.cards import upcoming
from webapp.times import Clock

FIRST_VISIT = dt.timedelta(days=7)
_MOST_NAMES = 3
_OPEN = (Stage.APPLIED, Stage.IN_REVIEW)


@dataclass
class News:
    """What came since a moment: how many answers, and which applications had any mail."""

    since: dt.datetime
    first_visit: bool
    answers: int = 0
    applications: set[int] = field(default_factory=set)


def news_of(user_id: int, seen_at: dt.datetime | None, clock: Clock) -> News:
    """Count what came since `seen_at`, with the user's corrections taken in; two queries.

    Acts on a mail come after it, so those on the mails of the span lie within it too.
    """
    since = seen_at or clock.now - FIRST_VISIT
    news = News(since=since, first_visit=seen_at is None)
    kinds = [Kind.MAIL, Kind.CORRECTION, Kind.UNDO]
    events = list(
        Event.select()
        .where((Event.user == user_id) & (Event.happened_at > since) & Event.kind.in_(kinds))
        .order_by(Event.happened_at, Event.tiebreak)
    )
    placed = {e.id: e.application_id for e in events if e.standing == Standing.COUNTS}
    for fact in known_facts(events, settings().confidence_threshold):
        application_id = placed.get(fact.id)
        if fact.counts and application_id is not None and fact.category != "other":
            news.applications.add(application_id)
            news.answers += fact.category in ANSWERS
    return news


def headline(news: News, applications: Sequence[Application], clock: Clock) -> list[str]:
    """The sentences on top of the board: what came, what is next, what waits."""
    sentences = [_answers(news, clock)]
    coming = [(i, a) for a in applications if (i := _interview(a, clock.now)) is not None]
    if coming:
        interview, application = min(coming, key=lambda pair: pair[0])
        when = clock.meeting(*interview)
        sentences.append(f"Interview with {application.company or 'an employer'} {when}, your time.")
    offers = [a for a in applications if a.status == Status.OFFER_RECEIVED]
    if offers:
        names = listed([a.company or "an employer" for a in offers], _MOST_NAMES)
        sentences.append(f"{plural(len(offers), 'offer')} to decide on: {names}.")
    waiting = sum(STAGES[Status(a.status)] in _OPEN for a in applications)
    if len(sentences) == 1 and waiting:
        sentences.append(
            f"{plural(waiting, 'application')} {'waits' if waiting == 1 else 'wait'} for an answer."
        )
    return sentences


def _interview(application: Application, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    if application.status != Status.INTERVIEW_SCHEDULED:
        return None
    found = upcoming(application, now)
    return (found.start, found.end) if found else None


def _answers(news: News, clock: Clock) -> str:
    count = plural(news.answers, "answer") if news.answers else "No answer"
    return f"{count} {'in the last 7 days' if news.first_visit else _since(news.since, clock)}."


def _since(at: dt.datetime, clock: Clock) -> str:
    days = clock.days_since(at)
    if days <= 0:
        return f"since {clock.hour(at)} today"
    if days == 1:
        return "since yesterday"
    return f"since {WEEKDAYS[clock.local(at).weekday()] if days < 7 else clock.date(at)}"
