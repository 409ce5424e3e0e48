"""What a user does to an application: each act is an event, and the fold says what follows.

Pages call these in their own process, so that the page after the click shows the result.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hearback.config import settings
from hearback.mail import match
from hearback.mail.verdict import Category
from hearback.models import Application, Event, Kind, Mailbox, Status, User, database, join_group, now
from hearback.models.application import refold
from jobs import lessons
from jobs.refusals import BadAct as BadAct
from jobs.refusals import NotFound as NotFound


def choose(user_id: int, application_id: int, status: str, token: str, seen: int | None = None) -> None:
    """Set an application's status by the user's own word, which outranks all mail before it.

    The choice hangs on one event, `seen`, by default what caused the status that the user saw: where
    later mail shows that the application was really two, it stays with what it was made upon.
    """
    _check_status(status)
    with alone(user_id):
        application = own_application(user_id, application_id)
        target = seen or application.status_event_id or application.anchor_id
        if own_event(user_id, target).application_id != application.id:
            raise NotFound("This entry is not part of the application any more.")
        record(user_id, application.group_id, Kind.CHOICE, token, status=status, targets=[mail_of(target)])


def add(user_id: int, company: str, role: str | None, status: str, token: str) -> int:
    """Begin an application by hand; return its id."""
    company, role = company.strip(), (role or "").strip() or None
    if not company:
        raise BadAct("Company is empty; write the employer's name.")
    _check_status(status)
    with alone(user_id):
        keys = match.keys({"company": company}) | {f"act:{token[:64]}"}
        group = join_group(user_id, keys)
        act = record(user_id, group, Kind.CREATED, token, status=status, company=company[:255], role=role)
        return int(Event.get_by_id(act).application_id)


def correct(
    user_id: int,
    event_id: int,
    category: str,
    token: str,
    company: str | None = None,
    role: str | None = None,
    application_id: int | None = None,
) -> None:
    """Say what a mail really is, or confirm it by naming its own category.

    With `application_id` the mail belongs to that application from now on.
    """
    if category not in set(Category):
        raise BadAct(f"category is {category!r}; it must be one of {', '.join(Category)}.")
    with alone(user_id):
        mail = own_event(user_id, event_id)
        if mail.kind != Kind.MAIL:
            raise BadAct("Only what was read from a mail can be corrected.")
        pin = own_application(user_id, application_id).anchor_id if application_id else None
        data = {
            "target": mail.id,
            "category": category,
            "company": (company or "").strip()[:255] or None,
            "role": (role or "").strip()[:255] or None,
            "pin": pin,
        }
        group = mail.group_id
        if data["company"] or pin:
            group = _unite(user_id, mail, match.keys(data), pin)
        act = record(user_id, group, Kind.CORRECTION, token, **data)
        # Whoever only said which application a mail belongs to has said nothing of mail like it.
        again = lessons.learn(user_id, act, mail) if pin is None else []
    lessons.fetch_again(again)


def undo(user_id: int, event_id: int, token: str) -> int:
    """Take an event back, as if it had not happened; return the undo's id, which can be undone."""
    with alone(user_id):
        event = own_event(user_id, event_id)
        act = record(user_id, event.group_id, Kind.UNDO, token, target=event.id)
        again = lessons.settle(user_id, event.group_id)
    lessons.fetch_again(again)
    return act


@contextmanager
def alone(user_id: int) -> Iterator[None]:
    """One transaction in which nobody else folds this user's mail."""
    with database.atomic():
        User.lock(user_id)
        yield


def record(user_id: int, group_id: int, kind: Kind, token: str, **data: Any) -> int:
    """Write one act and fold its group; the same token twice is one act (two clicks, a reload)."""
    if (before := done(user_id, kind, token)) is not None:
        return before
    at = now()
    act = Event.create(
        user=user_id, group=group_id, kind=kind, happened_at=at, tiebreak=token[:64], data=data
    )
    refold(group_id, match.place, settings().confidence_threshold, at)
    User.touch(user_id)
    return int(act.id)


def done(user_id: int, kind: Kind, token: str) -> int | None:
    """The event that an act with this token made, if there was one."""
    own = (Event.user == user_id) & (Event.kind == kind) & (Event.tiebreak == token[:64])
    found: int | None = Event.select(Event.id).where(own).scalar()
    return found


def own_key(event: Event) -> str:
    """The key under which the group of a mail or of a founding act is found by that alone."""
    identity = event.data.get("identity")
    return f"mail:{identity}" if identity else f"act:{event.tiebreak}"


def own_application(user_id: int, application_id: int) -> Application:
    """The user's application of that id; raises NotFound."""
    found = Application.get_or_none((Application.id == application_id) & (Application.user == user_id))
    if found is None:
        raise NotFound("This application is not here any more.")
    return found


def own_mailbox(user_id: int, mailbox_id: int | None) -> Mailbox:
    """The user's mailbox of that id; raises NotFound."""
    found: Mailbox | None = Mailbox.get_or_none((Mailbox.id == mailbox_id) & (Mailbox.user == user_id))
    if found is None:
        raise NotFound("This mailbox is not here any more.")
    return found


def own_event(user_id: int, event_id: int) -> Event:
    """The user's event of that id; raises NotFound."""
    found = Event.get_or_none((Event.id == event_id) & (Event.user == user_id))
    if found is None:
        raise NotFound("This entry is not here any more.")
    return found


def mail_of(event_id: int) -> int:
    """The mail or founding act under an event: a choice upon a choice is about what that was about."""
    event = Event.get_by_id(event_id)
    upon = event.kind in {Kind.CHOICE, Kind.INTERVIEW}
    return mail_of(event.data["targets"][0]) if upon else int(event.id)


def _check_status(status: str) -> None:
    if status not in set(Status):
        raise BadAct(f"status is {status!r}; it must be one of {', '.join(Status)}.")


def _unite(user_id: int, mail: Event, keys: set[str], pin: int | None) -> int:
    """The one group of the mail, of the names it is now known by, and of what it is pinned to."""
    own = {own_key(mail)}
    if pin is not None:
        own.add(own_key(Event.get_by_id(pin)))
    return join_group(user_id, own | keys)
