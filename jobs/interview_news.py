"""Tells a user what mail says of interviews: found, offered, moved, cancelled."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from hearback.models import Application, Event, Mailbox, MailboxState, Meeting, Notification, User
from hearback.zones import zone
from jobs.interview_words import employer, letter, short

KIND = "interview"


def tell(mailbox: Mailbox, event_ids: Sequence[int], at: dt.datetime) -> set[int]:
    """Tell of the interviews that these new mails are the last word on, and that are still to come.

    Mail that is older than the connection is no news. The caller holds the transaction of the fold. Returns
    the mails that were told of.
    """
    if not event_ids or mailbox.state != MailboxState.CONNECTED:
        return set()
    found = (
        Meeting.select(Meeting, Event)
        .join(Event, on=(Meeting.event == Event.id))
        .where(Meeting.event.in_(event_ids) & (Meeting.end > at))
        .where(Event.happened_at >= mailbox.connected_at)
        .order_by(Meeting.event, Meeting.state, Meeting.start)
    )
    heard: set[int] = set()
    for (event_id, state), group in groupby(found, key=lambda one: (one.event_id, one.state)):
        _tell_one(mailbox.user_id, event_id, state, list(group))
        heard.add(event_id)
    return heard


def _tell_one(user_id: int, event_id: int, state: str, meetings: Sequence[Meeting]) -> None:
    application = Application.get_by_id(meetings[0].application_id)
    where = zone(User.get_by_id(user_id).timezone)
    name, when = employer(application), short(meetings[0], where)
    match state:
        case "confirmed" if meetings[0].moved_from:
            subject = f"{name} moved the interview to {when}"
        case "confirmed":
            subject = f"Interview with {name}, {when}"
        case "proposed" if len(meetings) == 1:
            subject = f"{name} offers a time for an interview: {when}"
        case "proposed":
            subject = f"{name} offers {len(meetings)} times for an interview"
        case "moved":
            subject = f"{name} moves the interview of {when}; the new time is not known yet"
        case _:
            subject = f"{name} cancelled the interview of {when}"
    text = letter(_capital(subject), application, meetings, where).to_json()
    Notification.tell(user_id, KIND, f"{event_id}:{state}", application.id, event_id, data=text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
