"""That a mail was seen, and no more: what a job mail says stands in its event."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from peewee import SQL, BigIntegerField, CharField, ForeignKeyField

from hearback.models.base import Row, UtcField
from hearback.models.mailbox import Mailbox


class MessageState(StrEnum):
    """READ: understood as well as can be. QUARANTINED: kept aside, with the reason, to try again."""

    READ = "read"
    QUARANTINED = "quarantined"


class Message(Row):
    """Id, date and category of one mail. Mail that is not about a job leaves nothing else."""

    mailbox = ForeignKeyField(Mailbox, backref="messages", on_delete="CASCADE")
    gmail_id = CharField(max_length=80)
    received_at = UtcField()
    category = CharField(max_length=32)
    state = CharField(max_length=16, default=MessageState.READ)
    reason = CharField(max_length=255, null=True)
    # The correction by which nothing of this mail was kept. No foreign key: events refer to messages.
    lesson = BigIntegerField(null=True)

    class Meta:
        table_name = "messages"
        indexes = (
            (("mailbox", "gmail_id"), True),
            (("mailbox", "received_at"), False),
        )

    @classmethod
    def add(
        cls,
        mailbox_id: int,
        gmail_id: str,
        received_at: dt.datetime,
        category: str,
        reason: str | None = None,
        lesson: int | None = None,
    ) -> int | None:
        """Insert the mail and return its id, or None when it was here already.

        The unique key decides, so two workers on one mailbox count a mail once. A reason puts it
        in quarantine.
        """
        state = MessageState.QUARANTINED if reason else MessageState.READ
        rows = list(
            cls.insert(
                mailbox=mailbox_id,
                gmail_id=gmail_id,
                received_at=received_at,
                category=category,
                state=state,
                reason=reason and reason[:255],
                lesson=lesson,
            )
            .on_conflict_ignore()
            .returning(cls.id)
            .tuples()
            .execute()
        )
        return rows[0][0] if rows else None

    @classmethod
    def known(cls, mailbox_id: int, gmail_ids: Collection[str]) -> set[str]:
        """Which of `gmail_ids` have been read already."""
        if not gmail_ids:
            return set()
        rows = (
            cls.select(cls.gmail_id)
            .where((cls.mailbox == mailbox_id) & cls.gmail_id.in_(list(gmail_ids)))
            .tuples()
        )
        return {row[0] for row in rows}

    @classmethod
    def newest(cls, mailbox_id: int) -> dt.datetime | None:
        """When the newest mail that we know of came in."""
        row = (
            cls.select(cls.received_at)
            .where(cls.mailbox == mailbox_id)
            .order_by(cls.received_at.desc())
            .first()
        )
        return row.received_at if row else None


# Nearly all messages are read; what is set aside is counted at each look at the service's health. The word
# stands in the query itself, since SQLite uses the index for no value that it is only handed.
SET_ASIDE = Message.state == SQL(f"'{MessageState.QUARANTINED}'")
Message.add_index(Message.index(Message.id, where=SET_ASIDE, name="messages_quarantined"))
