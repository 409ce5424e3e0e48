"""What only the user can tell: mails that we are not sure of, or cannot place, as questions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hearback.config import settings
from hearback.models import Application, Event, Kind, Standing, Taught, taught_of
from webapp.hints import hints_of
from webapp.present import Look, look, looks_like, sureness, would_set

# More than this many on one page is a wall; those answered make room for the rest.
MOST = 30


@dataclass(frozen=True)
class Choice:
    """An application that a mail may belong to."""

    id: int
    name: str
    status: Look
    home: bool


@dataclass(frozen=True)
class Question:
    """One mail that the user is asked about."""

    event_id: int
    title: str
    doubtful: bool
    category: str
    company: str | None
    role: str | None
    would_set: Look | None
    sure: str
    evidence: str | None
    subject: str
    sender: str
    at: dt.datetime
    application_id: int | None
    choices: list[Choice]
    hints: tuple[str, ...] = ()


_ASKED = (Standing.UNSURE, Standing.DOUBTFUL)


def count_of(user_id: int) -> int:
    """How many questions wait for the user, those beyond MOST as well."""
    count: int = Event.select().where(_waiting(user_id)).count()
    return count


def questions_of(user_id: int, applications: Sequence[Application] | None = None) -> list[Question]:
    """The questions, newest first. `applications` are the user's, where they are at hand."""
    events = list(
        Event.select()
        .where(_waiting(user_id))
        .order_by(Event.happened_at.desc(), Event.tiebreak.desc())
        .limit(MOST)
    )
    if not events:
        return []
    if applications is None:
        groups = {event.group_id for event in events}
        applications = list(
            Application.select()
            .where((Application.user == user_id) & Application.group.in_(list(groups)))
            .order_by(Application.last_event_at.desc())
        )
    lessons = taught_of(events, settings().confidence_threshold)
    return [question(event, applications, lessons.get(event.id)) for event in events]


def question(event: Event, applications: Sequence[Application], lesson: Taught | None) -> Question:
    """One mail as a question. Candidates are the applications in its group."""
    data = event.data if lesson is None or lesson.contested else lesson.over(event.data)
    doubtful = event.standing == Standing.DOUBTFUL
    home = next((a for a in applications if a.id == event.application_id), None)
    company = data.get("company") or (home.company if home else None)
    return Question(
        event_id=event.id,
        title=_title(data["category"], company or data.get("organisation"), doubtful),
        doubtful=doubtful,
        category=data["category"],
        company=company,
        role=data.get("role"),
        would_set=would_set(home.status if home else None, data["category"]),
        sure=sureness(data["confidence"]),
        evidence=data.get("evidence"),
        subject=data.get("subject") or "(no subject)",
        sender=data.get("sender") or "",
        at=event.happened_at,
        application_id=home.id if home else None,
        choices=_choices(event, home, applications) if doubtful else [],
        hints=hints_of(event.data, lesson),
    )


def _waiting(user_id: int) -> object:
    return (Event.user == user_id) & (Event.kind == Kind.MAIL) & Event.standing.in_(list(_ASKED))


def _title(category: str, company: str | None, doubtful: bool) -> str:
    source = f" from {company}" if company else ""
    if doubtful:
        return f"{looks_like(category)[:1].upper()}{looks_like(category)[1:]}{source}"
    if category == "other":
        return f"This mail{source} does not look like one about a job. Is that right?"
    return f"Looks like {looks_like(category)}{source}. Is it?"


def _choices(event: Event, home: Application | None, applications: Sequence[Application]) -> list[Choice]:
    """Where a mail may belong: the applications of its group at the company of its likely home."""
    group = [a for a in applications if a.group_id == event.group_id]
    if home is not None and home.company:
        company = home.company.casefold()
        same = [a for a in group if (a.company or "").casefold() == company]
        group = same if len(same) > 1 else group
    return [Choice(a.id, a.role or a.company or "Role not named", look(a.status), a is home) for a in group]
