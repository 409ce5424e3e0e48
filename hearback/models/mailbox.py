"""A Gmail account that we watch: its cursor, what pushes announced, and its health."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, SqliteDatabase, TextField

from hearback.models.base import Row, SecretField, UtcField, database, now
from hearback.models.user import User


class MailboxState(StrEnum):
    """Whether Gmail lets us read; a FILE is an imported mbox, which nobody watches.

    DISCONNECTED: the grant is gone, the user must connect again. REFUSED: Google says no for this
    account or these scopes; a look each day finds out when that ends. LEFT: the user disconnected it and
    keeps what was learnt. ERASING: its mail is gone, its row waits until Google knows.
    """

    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    REFUSED = "refused"
    LEFT = "left"
    ERASING = "erasing"
    FILE = "file"


# The largest history id that both databases hold. Gmail's are 64 bits and far below.
MAX_HISTORY_ID = 2**63 - 1
# So many ids are read at a time where all mailboxes are gone through.
ID_PAGE = 1000


_RAISE_NOTIFIED = (
    "UPDATE mailboxes SET notified_history_id = {0}, notified_at = {0} "
    "WHERE address = {0} AND state = {0} AND notified_history_id < {0} RETURNING id, history_id"
)


class Mailbox(Row):
    """One mailbox of one user. The same address may stand here once for each of several users."""

    user = ForeignKeyField(User, backref="mailboxes", on_delete="CASCADE")
    address = CharField(max_length=320, index=True)
    state = CharField(max_length=16, default=MailboxState.CONNECTED)
    refresh_token = SecretField(null=True)
    access_token = SecretField(null=True)
    access_expires_at = UtcField(null=True)
    # What the user allowed, as Google names it, separated by spaces.
    scopes = TextField(default="")
    # All mail up to this id has been read. It moves only together with the mail that it covers.
    history_id = BigIntegerField(null=True)
    # The newest id that a push announced: while it is ahead of the cursor, there is work.
    notified_history_id = BigIntegerField(default=0)
    notified_at = UtcField(null=True)
    watch_expires_at = UtcField(null=True)
    watch_tried_at = UtcField(null=True)
    # Why Gmail does not watch, in its own words; while this stands only scans find mail.
    watch_error = TextField(null=True)
    # When a scan last found mail whose push never came.
    missed_at = UtcField(null=True)
    last_sync_at = UtcField(null=True)
    last_error = TextField(null=True)
    # The first reading: which page comes next, how many mails there are in all and were looked at by now
    # (both counted by Gmail's search), and how many of them concern a job.
    backfill_token = TextField(null=True)
    backfill_began_at = UtcField(null=True)
    backfill_total = BigIntegerField(null=True)
    backfill_done = BigIntegerField(default=0)
    backfill_found = BigIntegerField(default=0)
    backfill_at = UtcField(null=True)
    backfilled_at = UtcField(null=True)
    connected_at = UtcField(default=now)

    class Meta:
        table_name = "mailboxes"
        indexes = ((("user", "address"), True),)

    @classmethod
    def notify(cls, address: str, history_id: int, at: dt.datetime) -> list[tuple[int, int]]:
        """Note that a push announced `history_id`; return (mailbox id, cursor) of who is concerned.

        The raise is one conditional update, so it is right in whatever order pushes come.
        """
        # Written out, since this is the one statement of every push: building it anew each time by
        # the query builder cost a sixth of the push.
        mark = "?" if isinstance(database.obj, SqliteDatabase) else "%s"
        moment = cls.notified_at.db_value(at)
        raised = database.execute_sql(
            _RAISE_NOTIFIED.format(mark),
            (history_id, moment, address, MailboxState.CONNECTED.value, history_id),
        ).fetchall()
        rows = raised or list(
            cls.select(cls.id, cls.history_id)
            .where((cls.address == address) & (cls.state == MailboxState.CONNECTED))
            .tuples()
        )
        return [(mailbox_id, cursor or 0) for mailbox_id, cursor in rows]

    @classmethod
    def advance(cls, mailbox_id: int, history_id: int) -> bool:
        """Move the cursor forward, never back; return whether it moved."""
        behind = cls.history_id.is_null() | (cls.history_id < history_id)
        moved: int = cls.update(history_id=history_id).where((cls.id == mailbox_id) & behind).execute()
        return moved > 0

    @classmethod
    def unfinished(cls, at: dt.datetime, patience: dt.timedelta) -> list[tuple[int, int]]:
        """(id, announced history id) of mailboxes where a push announced more than was read.

        Gmail's history can lag behind its push. Where a read that ended `patience` after the push
        still did not reach the announced id, the id is not coming and the fallback scan is enough.
        """
        rows = (
            cls.select(cls.id, cls.notified_history_id, cls.notified_at, cls.last_sync_at)
            .where(
                (cls.state == MailboxState.CONNECTED)
                & (cls.history_id.is_null() | (cls.notified_history_id > cls.history_id))
            )
            .tuples()
        )
        return [
            (mailbox_id, announced)
            for mailbox_id, announced, notified_at, synced_at in rows
            if not (notified_at and synced_at and synced_at > notified_at + patience)
        ]

    @classmethod
    def unfilled(cls, quiet_since: dt.datetime) -> list[int]:
        """Ids of mailboxes whose first reading has not ended and has not moved since then."""
        rows = (
            cls.select(cls.id)
            .where(
                (cls.state == MailboxState.CONNECTED)
                & cls.backfilled_at.is_null()
                & (cls.backfill_at.is_null() | (cls.backfill_at < quiet_since))
            )
            .tuples()
        )
        return [row[0] for row in rows]

    @classmethod
    def without_cursor(cls) -> list[int]:
        """Ids of connected mailboxes whose first job was lost before it set the cursor."""
        lost = (cls.state == MailboxState.CONNECTED) & cls.history_id.is_null()
        return [row[0] for row in cls.select(cls.id).where(lost).tuples()]

    @classmethod
    def ids_in(cls, *states: MailboxState) -> Iterator[int]:
        """Ids of every mailbox in one of these states, read page by page: there may be very many."""
        return cls._pages(cls.state.in_(states))

    @classmethod
    def ids_for_scan(cls, rested_since: dt.datetime | None) -> Iterator[int]:
        """Ids of every mailbox that a scan looks at; see `_for_scan`."""
        return cls._pages(cls._for_scan(rested_since))

    @classmethod
    def count_for_scan(cls, rested_since: dt.datetime | None) -> int:
        """How many mailboxes a scan looks at."""
        count: int = cls.select().where(cls._for_scan(rested_since)).count()
        return count

    @classmethod
    def _for_scan(cls, rested_since: dt.datetime | None) -> Any:
        """Every connected mailbox, or without those whose pushes work and that were read since then.

        Pushes work where the watch stands, one has come, and no scan found mail without one since.
        """
        connected = cls.state == MailboxState.CONNECTED
        if rested_since is None:
            return connected
        missed = cls.missed_at.is_null(False) & (cls.missed_at > cls.notified_at)
        doubtful = cls.watch_expires_at.is_null() | cls.watch_error.is_null(False) | missed
        unheard = cls.notified_at.is_null() | cls.last_sync_at.is_null()
        return connected & (doubtful | unheard | (cls.last_sync_at < rested_since))

    @classmethod
    def _pages(cls, where: Any) -> Iterator[int]:
        last = 0
        while True:
            rows = cls.select(cls.id).where(where & (cls.id > last)).order_by(cls.id).limit(ID_PAGE)
            ids = [row[0] for row in rows.tuples()]
            yield from ids
            if len(ids) < ID_PAGE:
                return
            last = ids[-1]


def import_mailbox(user: User) -> Mailbox:
    """The mailbox that stands for files the user imported; made on first use."""
    mailbox, _ = Mailbox.get_or_create(
        user=user,
        address="",
        defaults={"state": MailboxState.FILE, "backfilled_at": now()},
    )
    return mailbox
