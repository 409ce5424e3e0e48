"""Tells the story of one application: what happened, which words prove it, what can be undone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from hearback.config import settings
from hearback.models import Application, Event, Kind, Standing, Taught, taught_of
from hearback.models.event import Fact
from hearback.models.lesson import known_facts
from webapp import hand_words
from webapp.hints import Note, hints_of, notes_of
from webapp.present import Look, look, named, sureness
from webapp.questions import Question, question
from webapp.sentences import ICONS, arranged, sentence
from webapp.times import Clock

_INTERVIEWING = frozenset({"interview_invitation", "scheduling_request", "interview_change"})


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `undo` is the event to undo: the act itself, or its own undo."""

    id: int | None
    at: dt.datetime
    icon: str
    sentence: str
    void: bool = False
    effect: Look | None = None
    remark: str | None = None
    evidence: str | None = None
    subject: str | None = None
    sender: str | None = None
    sure: str | None = None
    links: tuple[str, ...] = ()
    category: str | None = None
    company: str | None = None
    role: str | None = None
    undo: int | None = None
    question: Question | None = None
    notes: tuple[Note, ...] = ()
    hints: tuple[str, ...] = ()
    elsewhere: int | None = None

    @property
    def correctable(self) -> bool:
        """Whether it was read from a mail, and counts."""
        return self.category is not None and not self.void and self.question is None


def events_of(application: Application) -> list[Event]:
    """The events of the application's group, in the order in which they happened."""
    query = Event.select().where(Event.group == application.group_id)
    return list(query.order_by(Event.happened_at, Event.tiebreak))


def timeline(
    application: Application,
    events: Sequence[Event],
    applications: Sequence[Application],
    clock: Clock,
) -> list[Entry]:
    """The entries of one application, newest first.

    `events` are those of its group, in order; `applications` those of its group too: where a mail
    may belong to another one, the user is asked which.
    """
    undone = undone_by(events)
    threshold = settings().confidence_threshold
    lessons = taught_of(events, threshold)
    known = {fact.id: fact for fact in known_facts(events, threshold, lessons)}
    own = {event.id for event in events if event.application_id == application.id}
    by_id = {event.id: event for event in events}
    entries = []
    for event in events:
        if (said := _said(event, by_id, own, undone, clock)) is not None:
            entries.append(said)
        elif event.kind == Kind.MAIL and event.id in own:
            notes = notes_of(event, events, undone)
            lesson = lessons.get(event.id)
            asked = question(event, applications, lesson) if _asks(event) else None
            entry = _mail(event, known.get(event.id), application, undone, clock, notes, asked)
            entries.append(_hinted(entry, event, lesson))
    for text in application.completed_at:
        at = dt.datetime.fromisoformat(text)
        entries.append(Entry(None, at, "calendar-done", "The interview was held: its time is over."))
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _said(
    event: Event, events: Mapping[int, Event], own: AbstractSet[int], undone: dict[int, int], clock: Clock
) -> Entry | None:
    """What the user did or wrote, if `event` is such, and concerns the application that `own` make up."""
    made_here = event.id in own or _was_made_on(event, own)
    if event.kind == Kind.INTERVIEW and made_here:
        return _act(event, "calendar", arranged(event.data, clock), undone)
    if event.kind == Kind.CHOICE and made_here:
        return _act(event, "pen", f"You set this to {look(event.data['status']).word}.", undone)
    if hand_words.concerns(event, own):
        told = _act(event, event.kind, hand_words.words(event, events, own), undone)
        return replace(told, elsewhere=hand_words.elsewhere(event, events, own))
    if event.kind == Kind.CREATED and event.id in own:
        words = f"You added this application as {look(event.data['status']).word}."
        return _act(event, "plus", words, undone)
    if event.kind == Kind.SENT and event.id in own:
        return Entry(event.id, event.happened_at, "send", "You wrote.")
    return None


def _hinted(entry: Entry, event: Event, lesson: Taught | None) -> Entry:
    """With who else had a word in the reading, unless the user has spoken of this very mail since."""
    if any(not note.void for note in entry.notes):
        return entry
    sure = None if lesson is not None else entry.sure
    return replace(entry, hints=hints_of(event.data, lesson), sure=sure)


def undone_by(events: Sequence[Event]) -> dict[int, int]:
    """For each event that was undone the undo that stands; undoing that one puts it back."""
    undone: dict[int, int] = {}
    for event in reversed(events):
        if event.kind == Kind.UNDO and event.id not in undone:
            undone.setdefault(event.data["target"], event.id)
    return undone


def _mail(
    event: Event,
    fact: Fact | None,
    application: Application,
    undone: dict[int, int],
    clock: Clock,
    notes: tuple[Note, ...],
    asked: Question | None,
) -> Entry:
    data = event.data
    category = (fact.category if fact else None) or data["category"]
    company = application.company or (fact.company if fact else None)
    void = event.standing == Standing.VOID
    if asked is not None and not asked.doubtful:
        words = asked.title
    else:
        spans = fact.dates if fact else ()
        words = sentence(category, named(company), spans, data.get("interview"), clock)
    return Entry(
        id=event.id,
        at=event.happened_at,
        icon="question" if asked else ICONS.get(category, "mail"),
        sentence=words,
        void=void,
        effect=look(event.effect) if event.effect else None,
        remark=_remark(event, category, asked),
        evidence=data.get("evidence"),
        subject=data.get("subject") or "(no subject)",
        sender=data.get("sender"),
        sure=None if any(not note.void for note in notes) else sureness(data["confidence"]),
        links=tuple(link for link in data.get("links") or () if link.startswith("https://"))[:3],
        category=category,
        company=company,
        role=(fact.role if fact else None) or application.role,
        undo=undone.get(event.id) if void else event.id,
        question=asked,
        notes=notes,
    )


def _remark(event: Event, category: str, asked: Question | None) -> str | None:
    if event.standing == Standing.VOID:
        return "You took this out. It changes nothing."
    if asked is not None and asked.doubtful:
        return "It changes nothing yet: you have more than one application there."
    if asked is not None:
        return "It changes nothing until you say what it is."
    # Of an interview a mail can tell more than the status does, such as its time.
    if event.effect is None and category in ICONS and category not in _INTERVIEWING:
        return "It changed nothing: the application already stood as far or further."
    return None


def _asks(event: Event) -> bool:
    return event.standing in {Standing.UNSURE, Standing.DOUBTFUL}


def _act(event: Event, icon: str, words: str, undone: dict[int, int]) -> Entry:
    void = event.id in undone
    effect = look(event.effect) if event.effect and not void else None
    undo = undone.get(event.id, event.id)
    return Entry(event.id, event.happened_at, icon, words, void=void, effect=effect, undo=undo)


def _was_made_on(event: Event, own: AbstractSet[int]) -> bool:
    """Whether a choice that was undone, and so has no home, was made on this application."""
    targets = event.data.get("targets") or []
    return event.application_id is None and any(target in own for target in targets[:1])
