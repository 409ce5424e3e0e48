"""Old notifications go, so that the bell holds what is still of use."""

import datetime as dt
import logging

from hearback.logs import event
from hearback.models import Notification, now

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=90)
# A long transaction would make everybody else wait.
BULK = 1_000


def drop_old_notifications(at: dt.datetime | None = None) -> None:
    """Delete what is older than 90 days, some at a time."""
    old = Notification.created_at < (at or now()) - KEPT
    dropped = 0
    while gone := Notification.delete().where(Notification.id.in_(_some(old))).execute():
        dropped += gone
    log.info(event("notifications.dropped", count=dropped))


def _some(which: object) -> list[int]:
    rows = Notification.select(Notification.id).where(which).order_by(Notification.created_at)
    return [row[0] for row in rows.limit(BULK).tuples()]
