"""What needs a person: facts held against what is usual, each in a sentence that says what to do."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hearback.models import MailboxState
from hearback.words import plural
from webapp.board_facts import Counts
from webapp.facts import Beat, Mailboxes, Row, Waiting
from webapp.times import DAY, HOUR, MINUTE, Clock

# The same limits stand in docs/operations.md, for alerts.
UNREAD_AFTER = 10 * MINUTE
WAITS_TOO_LONG = {"mail": 5 * MINUTE}
OTHERS_WAIT_TOO_LONG = 30 * MINUTE
# Old mail may wait: that is what its queue is for.
PATIENT = frozenset({"backfill"})
QUOTA_SHARE = 0.8


@dataclass(frozen=True)
class Known:
    """Everything that the operator's page knows; `waiting` is None where Redis does not answer."""

    at: dt.datetime
    mailboxes: Mailboxes
    quarantined: int
    gaps: int
    ledger: list[Row]
    beats: list[Beat]
    waiting: list[Waiting] | None
    used: Mapping[str, int]
    day_limit: int
    boards: Counts


@dataclass(frozen=True)
class Trouble:
    """One thing that needs a person, and the part of the page that tells more."""

    words: str
    where: str


def troubles(known: Known, clock: Clock) -> list[Trouble]:
    """Everything that needs a person, what stops most first."""
    return [
        *_of_redis(known),
        *_of_processes(known),
        *_of_ledger(known, clock),
        *_of_mailboxes(known),
        *_of_queues(known),
        *_of_quarantine(known),
        *_of_boards(known),
    ]


def lasting(span: dt.timedelta) -> str:
    """How long, in one unit: "40 s", "12 min", "3 h", "2 days"."""
    if span < MINUTE:
        return f"{max(0, int(span.total_seconds()))} s"
    if span < HOUR:
        return f"{span // MINUTE} min"
    if span < 2 * DAY:
        return f"{span // HOUR} h"
    return plural(span // DAY, "day")


def named(row: str) -> str:
    """A periodic job's name as words."""
    return row.replace("_", " ")


def _of_redis(known: Known) -> Iterator[Trouble]:
    if known.waiting is None:
        yield Trouble("Redis does not answer, so no mail is read. Bring it back; nothing is lost.", "queues")


def _of_processes(known: Known) -> Iterator[Trouble]:
    newest = {beat.kind: beat for beat in reversed(known.beats)}
    for kind, word, cure in (
        ("scheduler", "The scheduler", "Restart it."),
        ("worker", "The last worker", "Restart the workers."),
        ("pull", "The pull process", "Restart it."),
    ):
        beat = newest.get(kind)
        if beat is not None and beat.silent:
            yield Trouble(f"{word} has been silent for {lasting(known.at - beat.at)}. {cure}", "processes")
        elif beat is None and kind != "pull":
            yield Trouble(f"No {kind} was heard of in the last day. Start one.", "processes")


def _of_ledger(known: Known, clock: Clock) -> Iterator[Trouble]:
    for row in known.ledger:
        if row.overdue and row.due_at is None:
            yield Trouble(
                f"The {named(row.name)} has never run. Look whether the scheduler does.", "periodic"
            )
        elif row.overdue and row.due_at is not None:
            late = lasting(known.at - row.due_at)
            yield Trouble(
                f"The {named(row.name)} is overdue by {late}. Look at scheduler and queues.", "periodic"
            )
        if row.failing and row.failed_at is not None:
            yield Trouble(f"The {named(row.name)} failed {_lower(clock.ago(row.failed_at))}.", "periodic")


def _of_mailboxes(known: Known) -> Iterator[Trouble]:
    boxes = known.mailboxes
    if boxes.lapsed:
        yield Trouble(
            f"{plural(boxes.lapsed, 'connected mailbox', 'connected mailboxes')} "
            f"{'is' if boxes.lapsed == 1 else 'are'} not watched, so new mail waits for the scan.",
            "mailboxes",
        )
    refused = boxes.states.get(MailboxState.REFUSED, 0)
    if refused:
        yield Trouble(
            f"Google refuses {plural(refused, 'mailbox', 'mailboxes')}. The reason stands beside each.",
            "mailboxes",
        )
    if boxes.unread_since and known.at - boxes.unread_since > UNREAD_AFTER:
        since = lasting(known.at - boxes.unread_since)
        yield Trouble(f"A push came {since} ago, and nobody has read its mailbox since.", "mailboxes")


def _of_queues(known: Known) -> Iterator[Trouble]:
    for queue in known.waiting or []:
        limit = WAITS_TOO_LONG.get(queue.name, OTHERS_WAIT_TOO_LONG)
        if queue.oldest_at and queue.name not in PATIENT and known.at - queue.oldest_at > limit:
            since = lasting(known.at - queue.oldest_at)
            yield Trouble(f"A job in {queue.name} has waited for {since}. Start more workers.", "queues")
    failed = sum(queue.failed for queue in known.waiting or [])
    if failed:
        yield Trouble(f"{plural(failed, 'job')} failed for good. The job dashboard says why.", "queues")
    day = known.used.get("project_day", 0)
    if day > QUOTA_SHARE * known.day_limit:
        yield Trouble(f"{day / known.day_limit:.0%} of today's Gmail quota is spent.", "queues")


def _of_quarantine(known: Known) -> Iterator[Trouble]:
    if known.quarantined:
        are = "is" if known.quarantined == 1 else "are"
        yield Trouble(
            f"{plural(known.quarantined, 'mail')} could not be read and {are} set aside.", "quarantine"
        )


def _of_boards(known: Known) -> Iterator[Trouble]:
    flagged = known.boards.flagged
    if flagged:
        one = flagged == 1
        yield Trouble(
            f"{plural(flagged, 'job board')} gave jobs for a week and {'gives' if one else 'give'} none now.",
            "boards",
        )


def _lower(text: str) -> str:
    """In the middle of a sentence only names of days keep their capital."""
    return text[:1].lower() + text[1:] if text.startswith(("Yesterday", "Today")) else text
