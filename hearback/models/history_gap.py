"""A stretch of a mailbox's history that Gmail had forgotten when we asked."""

import datetime as dt

from peewee import BigIntegerField, ForeignKeyField

from hearback.models.base import Row, UtcField
from hearback.models.mailbox import Mailbox


class HistoryGap(Row):
    """A stretch that Gmail's history no longer held, and what a search found in its place."""

    mailbox = ForeignKeyField(Mailbox, backref="gaps", on_delete="CASCADE")
    from_history_id = BigIntegerField()
    to_history_id = BigIntegerField()
    from_at = UtcField()
    to_at = UtcField()
    found = BigIntegerField(default=0)

    class Meta:
        table_name = "history_gaps"
        indexes = ((("mailbox", "from_history_id"), True),)

    @classmethod
    def opened(
        cls, mailbox_id: int, start: int, newest: int, since: dt.datetime, at: dt.datetime
    ) -> "HistoryGap":
        """The gap that begins at history id `start`: made now, or begun by a run that did not end.

        Where the search begins is kept from the first run: mail that it found already says nothing of
        what lies before. `newest` and `at` are this run's, since it is history's to tell what follows.
        """
        key = (cls.mailbox == mailbox_id) & (cls.from_history_id == start)
        cls.insert(
            mailbox=mailbox_id,
            from_history_id=start,
            to_history_id=newest,
            from_at=since,
            to_at=at,
        ).on_conflict_ignore().execute()
        cls.update(to_history_id=newest, to_at=at).where(key).execute()
        return cls.get(key)
