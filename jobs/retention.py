"""What is of no use any more goes: old notifications, and documents that were deleted."""

import datetime as dt
import logging

from hearback.logs import event
from hearback.models import (
    Document,
    DocumentFile,
    DocumentVersion,
    Notification,
    Tailoring,
    User,
    database,
    now,
)

log = logging.getLogger(__name__)

KEPT = dt.timedelta(days=90)
# So long a deleted document can be brought back; then it goes with its bytes.
UNDO_TIME = dt.timedelta(days=1)
# A long transaction would make everybody else wait.
BULK = 1_000


def drop_old_notifications(at: dt.datetime | None = None) -> None:
    """Delete what is older than 90 days, some at a time."""
    old = Notification.created_at < (at or now()) - KEPT
    dropped = 0
    while gone := Notification.delete().where(Notification.id.in_(_some(old))).execute():
        dropped += gone
    log.info(event("notifications.dropped", count=dropped))


def drop_deleted(at: dt.datetime | None = None) -> None:
    """Drop for good what was deleted a day ago: documents, letters, bytes that no version has."""
    before = (at or now()) - UNDO_TIME
    old = Document.deleted_at < before
    gone = Tailoring.delete().where(Tailoring.deleted_at < before).execute()
    for document in Document.select(Document.id, Document.user).where(old):
        with database.atomic():
            User.lock(document.user_id)
            gone += Document.delete().where((Document.id == document.id) & old).execute()
            used = DocumentVersion.select(DocumentVersion.file).where(DocumentVersion.file.is_null(False))
            unused = (DocumentFile.user == document.user_id) & DocumentFile.id.not_in(used)
            DocumentFile.delete().where(unused).execute()
    log.info(event("documents.dropped", count=gone))


def _some(which: object) -> list[int]:
    rows = Notification.select(Notification.id).where(which).order_by(Notification.created_at)
    return [row[0] for row in rows.limit(BULK).tuples()]
