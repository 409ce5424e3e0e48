"""What follows when a correction begins or ceases to teach: mails that came after it are seen anew."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from hearback.config import settings
from hearback.mail import match
from hearback.mail.verdict import KEEPS_CONTENT
from hearback.models import (
    SET_ASIDE,
    Event,
    Kind,
    Lesson,
    Mailbox,
    MailboxState,
    Message,
    MessageState,
    join_group,
    now,
    taught_of,
)
from hearback.models.application import refold
from hearback.models.event import undone
from hearback.models.lesson import teach
from jobs.erase_mailbox import take_out
from jobs.queues import queues, tried_again
from jobs.replay import replay

TAKEN_BACK = "its user took back that such mail is not about a job"


def learn(user_id: int, correction_id: int, mail: Event) -> list[int]:
    """Keep what a correction of `mail` teaches, and see anew the mail that came since; as `settle`."""
    correction = Event.get_by_id(correction_id)
    teach(user_id, correction_id, mail, correction.happened_at, correction.data)
    return see_anew(user_id, list(Lesson.select().where(Lesson.correction == correction_id)))


def settle(user_id: int, group_id: int) -> list[int]:
    """Let the lessons of a group stand or fall with its corrections, and fold what that changes elsewhere.

    The caller holds the user's lock within a transaction; `fetch_again` takes what is returned after it.
    """
    events = list(Event.select().where(Event.group == group_id).order_by(Event.happened_at, Event.tiebreak))
    void = undone(events)
    changed = []
    for lesson in Lesson.select().where(
        Lesson.correction.in_([e.id for e in events if e.kind == Kind.CORRECTION])
    ):
        stands = lesson.correction_id not in void
        if stands != lesson.stands:
            Lesson.update(stands=stands).where(Lesson.id == lesson.id).execute()
            changed.append(lesson)
    return see_anew(user_id, changed)


def see_anew(user_id: int, lessons: Sequence[Lesson]) -> list[int]:
    """Fold again the mails that lessons, just begun or ended, speak of; return messages to fetch anew."""
    again: list[int] = []
    for lesson in lessons:
        _refold_alike(user_id, lesson)
        again += _set_aside(user_id, lesson)
    return again


def fetch_again(message_ids: Sequence[int]) -> None:
    """Queue the reading of messages of which nothing was kept; after commit."""
    for message_id in message_ids:
        queues.default.enqueue(replay, message_id, **tried_again())


def to_fetch() -> list[int]:
    """Messages that wait to be read again and of which a flush of Redis may have lost the job."""
    open_boxes = Mailbox.select(Mailbox.id).where(Mailbox.state == MailboxState.CONNECTED)
    waiting = SET_ASIDE & (Message.reason == TAKEN_BACK) & Message.mailbox.in_(open_boxes)
    return [row[0] for row in Message.select(Message.id).where(waiting).order_by(Message.id).tuples()]


@contextmanager
def unlearning(user_id: int) -> Iterator[list[int]]:
    """What is done within may delete corrections; the mails that they taught of are seen anew after it."""
    before = list(Lesson.select().where(Lesson.user == user_id))
    again: list[int] = []
    yield again
    left = {row[0] for row in Lesson.select(Lesson.id).where(Lesson.user == user_id).tuples()}
    again += see_anew(user_id, [lesson for lesson in before if lesson.id not in left])


def _refold_alike(user_id: int, lesson: Lesson) -> None:
    """Fold the groups of later mail like it. Mail that is not about a job after all loses its content."""
    later = (Event.user == user_id) & (Event.kind == Kind.MAIL) & (Event.happened_at > lesson.taught_at)
    alike = list(Event.select().where(later & (Event.data["likeness"] == lesson.likeness)))
    says = taught_of(alike, settings().confidence_threshold)
    for event in alike:
        told = says.get(event.id)
        if told is not None and told.company and not told.contested:
            join_group(user_id, {f"mail:{event.data['identity']}"} | match.keys({"company": told.company}))
    groups: dict[int, set[int]] = {}
    for event in Event.select().where(Event.id.in_([event.id for event in alike])):
        told = says.get(event.id)
        gone = groups.setdefault(event.group_id, set())
        if told is None or told.contested or told.category in KEEPS_CONTENT or _has_own_word(event):
            continue
        gone.add(event.id)
        nothing = {"category": told.category, "lesson": told.correction}
        Message.update(**nothing).where(Message.id == event.message_id).execute()
    for group_id, gone in groups.items():
        if gone:
            take_out(user_id, group_id, gone)
        else:
            refold(group_id, match.place, settings().confidence_threshold, now())


def _has_own_word(event: Event) -> bool:
    """Whether the user has spoken of this very mail, which outranks what was said of others."""
    acts = Event.select().where(
        (Event.group == event.group_id) & Event.kind.in_([Kind.CORRECTION, Kind.CHOICE, Kind.INTERVIEW])
    )
    return any(event.id in (act.data.get("target"), *(act.data.get("targets") or ())) for act in acts)


def _set_aside(user_id: int, lesson: Lesson) -> list[int]:
    """Mails of which the lesson, if it ended, had left nothing: they wait to be read, and are returned.

    A file is not at hand any more; its mails are forgotten, so that importing it again brings them.
    """
    if Lesson.select().where((Lesson.id == lesson.id) & Lesson.stands).exists():
        return []
    boxes = Mailbox.select(Mailbox.id).where(Mailbox.user == user_id)
    files = boxes.where(Mailbox.state == MailboxState.FILE)
    emptied = Message.lesson == lesson.correction_id
    Message.delete().where(emptied & Message.mailbox.in_(files)).execute()
    own = emptied & Message.mailbox.in_(boxes)
    ids = [row[0] for row in Message.select(Message.id).where(own).order_by(Message.id).tuples()]
    aside = {"state": MessageState.QUARANTINED, "reason": TAKEN_BACK, "lesson": None}
    Message.update(**aside).where(own).execute()
    return ids
