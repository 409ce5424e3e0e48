"""A service in full swing, with some things that are not well: what the operator's pages show."""

import datetime as dt
from typing import Any

from hearback.models import (
    Heartbeat,
    HistoryGap,
    Mailbox,
    Message,
    PeriodicRun,
    ScanRun,
    User,
    now,
)
from jobs.periodic import TABLE
from tests.webapp import story

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def well(at: dt.datetime | None = None) -> None:
    """Scheduler, worker and periodic jobs of a service in which all is well."""
    at = at or now()
    Heartbeat.beat("scheduler", at - MINUTE / 2)
    Heartbeat.beat("web-7f9c-41", at - MINUTE / 4)
    for row in TABLE:
        PeriodicRun.started(row.name, at - MINUTE, at + row.period - MINUTE)
        PeriodicRun.succeeded(row.name, at - MINUTE / 2)
    for name, ago, every in (
        ("sweep", MINUTE / 2, MINUTE),
        ("fallback_scan", 12 * MINUTE, 30 * MINUTE),
        ("watch_renewal", 5 * HOUR, DAY),
    ):
        PeriodicRun.started(name, at - ago, at - ago + every)
        PeriodicRun.succeeded(name, at - ago + MINUTE / 6)


def mailboxes(user: User, count: int, at: dt.datetime | None = None, **values: Any) -> list[Mailbox]:
    """Mailboxes that are watched and read."""
    at = at or now()
    known = {"watch_expires_at": at + 5 * DAY}
    known |= {"notified_at": at - 3 * MINUTE, "last_sync_at": at - 2 * MINUTE}
    return [
        story.mailbox(user, f"{values.get('state', 'box')}-{number}@example.com", **{**known, **values})
        for number in range(count)
    ]


def aside(box: Mailbox, count: int, reason: str = "its parts nest deeper than 100 levels") -> list[int]:
    """Mails that could not be read; their ids."""
    ids = []
    for number in range(count):
        mail_id = Message.add(box.id, f"19c{box.id:05x}{number:08x}", now() - number * HOUR, "other", reason)
        assert mail_id is not None
        ids.append(mail_id)
    return ids


def scans(count: int = 10) -> None:
    """The last fallback scans, of which the newest still runs."""
    for number in range(count):
        began = now() - 12 * MINUTE - number * 30 * MINUTE
        ScanRun.create(
            started_at=began,
            finished_at=None if number == 0 else began + (40 + 13 * number) * MINUTE / 60,
            mailboxes=128,
            chunks=3,
            chunks_done=1 if number == 0 else 3,
            scanned=50 if number == 0 else 128,
            updated=number % 3,
            failed=number % 4 // 3,
        )


def troubled(user: User) -> None:
    """A service with one of each trouble."""
    at = now()
    well(at)
    mailboxes(user, 9)
    story.mailbox(
        user,
        "lost@example.com",
        state="disconnected",
        last_error="the permission was taken back (invalid_grant)",
        notified_at=at - 3 * DAY,
        last_sync_at=at - 3 * DAY,
        watch_expires_at=at - DAY,
    )
    story.mailbox(
        user,
        "refused@example.com",
        state="refused",
        last_error="Request had insufficient authentication scopes.",
        last_sync_at=at - 9 * HOUR,
    )
    story.mailbox(
        user,
        "unwatched@example.com",
        connected_at=at - DAY,
        watch_error="Error sending test message to Cloud PubSub: User not authorized to perform this action.",
    )
    late = story.mailbox(
        user,
        "late@example.com",
        history_id=48_213,
        notified_history_id=49_417,
        notified_at=at - 14 * MINUTE,
        last_sync_at=at - 2 * HOUR,
        watch_expires_at=at + DAY / 2,
    )
    aside(late, 3)
    HistoryGap.create(
        mailbox=late, from_history_id=1, to_history_id=9, from_at=at - 40 * DAY, to_at=at - 38 * DAY, found=12
    )
    scans()
    Heartbeat.beat("web-7f9c-38", at - 3 * HOUR)
    PeriodicRun.started("fallback_scan", at - 71 * MINUTE, at - 41 * MINUTE)
    PeriodicRun.failed("watch_renewal", at - HOUR, "raised; the worker's log has the reason")


def fails(text: str) -> None:
    """A job that fails and quotes what it was given."""
    raise ValueError(f"cannot read {text}")
