"""What a user's corrections teach of later mail: same sender, same shape, same first reading.

A lesson holds no word of the mail, only a keyed hash of what it looks like. It acts in the fold: the mail's
own verdict stays as it is in its event, so a correction that is taken back takes its effect with it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField

from hearback.models.base import Row, UtcField
from hearback.models.event import Event, Fact, Kind, facts
from hearback.models.user import User

# What moves an application. A mail that says so by itself, and surely, is no matter for habit.
MOVES = frozenset(
    {
        "assessment",
        "interview_invitation",
        "scheduling_request",
        "interview_change",
        "offer",
        "rejection",
    }
)


class Lesson(Row):
    """One correction as a rule for mail that comes after it. `stands` until the correction is taken back."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    correction = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
    likeness = CharField(max_length=32)
    taught_at = UtcField()
    category = CharField(max_length=32)
    # The employer's name that the user gave, and what stood in its place in the mail and at its sender.
    company = CharField(max_length=255, null=True)
    company_before = CharField(max_length=255, null=True)
    organisation = CharField(max_length=255, null=True)
    stands = BooleanField(default=True)

    correction_id: int

    class Meta:
        table_name = "lessons"
        indexes = ((("user", "likeness", "taught_at"), False),)


@dataclass(frozen=True)
class Taught:
    """What a lesson says of one mail. `contested`: the mail itself says otherwise, so its user is asked."""

    correction: int
    category: str
    company: str | None
    contested: bool

    def over(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A mail's own verdict with the lesson laid over it."""
        if self.contested:
            return {**data, "confidence": 0.0}
        company = self.company or data.get("company")
        return {**data, "category": self.category, "company": company, "confidence": 1.0}


def teach(user_id: int, correction_id: int, mail: Event, at: dt.datetime, said: Mapping[str, Any]) -> None:
    """Keep what `said`, a correction's data, teaches of mail like `mail`; doing it twice is doing it once."""
    likeness = mail.data.get("likeness")
    if not likeness:
        return
    Lesson.insert(
        user=user_id,
        correction=correction_id,
        likeness=likeness,
        taught_at=at,
        category=said["category"],
        company=said.get("company"),
        company_before=_short(mail.data.get("company")),
        organisation=_short(mail.data.get("organisation")),
    ).on_conflict_ignore().execute()


def taught(
    user_id: int, mails: Collection[tuple[int, dt.datetime, Mapping[str, Any]]], threshold: float
) -> dict[int, Taught]:
    """For those of `mails` (an id, when it came, what is kept of it) that a lesson speaks of, what it says.

    The last lesson before the mail came decides, wherever and whenever either was delivered.
    """
    wanted = {data["likeness"] for _, _, data in mails if data.get("likeness")}
    if not wanted:
        return {}
    lessons: defaultdict[str, list[Lesson]] = defaultdict(list)
    standing = (Lesson.user == user_id) & Lesson.stands & Lesson.likeness.in_(list(wanted))
    for lesson in Lesson.select().where(standing).order_by(Lesson.taught_at, Lesson.correction):
        lessons[lesson.likeness].append(lesson)
    found = {}
    for mail_id, at, data in mails:
        before = [one for one in lessons.get(data.get("likeness") or "", ()) if one.taught_at < at]
        if before:
            found[mail_id] = _says(before[-1], data, threshold)
    return found


def lesson_for(user_id: int, at: dt.datetime, data: Mapping[str, Any], threshold: float) -> Taught | None:
    """The same for one mail."""
    return taught(user_id, [(0, at, data)], threshold).get(0)


def taught_of(events: Sequence[Event], threshold: float) -> dict[int, Taught]:
    """The same for events of one user, by their ids."""
    mails = [(event.id, event.happened_at, event.data) for event in events if event.kind == Kind.MAIL]
    return taught(events[0].user_id, mails, threshold) if mails else {}


def known_facts(
    events: Sequence[Event], threshold: float, lessons: Mapping[int, Taught] | None = None
) -> list[Fact]:
    """What events come to once lessons, corrections and undos are taken in: all that the fold may see.

    `lessons` are those of `taught_of`, where they are at hand.
    """
    lessons = taught_of(events, threshold) if lessons is None else lessons
    return facts([_seen(event, lessons.get(event.id)) for event in events], threshold)


def _seen(event: Event, lesson: Taught | None) -> Event:
    if lesson is None:
        return event
    return Event(**{**event.__data__, "data": lesson.over(event.data)})


def _says(lesson: Lesson, data: Mapping[str, Any], threshold: float) -> Taught:
    surely = data["category"] in MOVES and data["confidence"] >= threshold
    contested = surely and data["category"] != lesson.category
    # One address can write for many employers: the name is learnt where all that we knew of it is the same.
    own = (_short(data.get("company")), _short(data.get("organisation")))
    same = any(own) and own == (lesson.company_before, lesson.organisation)
    return Taught(lesson.correction_id, lesson.category, lesson.company if same else None, contested)


def _short(text: str | None) -> str | None:
    return text[:255] if text else None
