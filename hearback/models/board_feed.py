"""What is fetched from the job boards, how it is, and who follows it."""

import datetime as dt
from typing import Any

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, JSONField, TextField

from hearback.models.base import Row, UtcField, now
from hearback.models.user import User

# A fetch that has not ended by then was killed; its job may run for half of it at most.
LEASE = dt.timedelta(minutes=30)


class BoardFeed(Row):
    """One thing to fetch: a company's board (`key` is its name there), a whole feed (`key` is empty), or
    a search that a board is asked for (`key` names the search, `query` holds it).

    `by` says who wants it: "starter", "operator", "user" or "search". `next_at` is when it is due.
    `flagged` means that it gave rows for a week and gives none now.
    """

    board = CharField(max_length=32)
    key = CharField(max_length=255, default="")
    # The company's name where it is known.
    name = TextField(default="")
    query = JSONField(null=True)
    by = CharField(max_length=16)
    paused = BooleanField(default=False)
    every_hours = BigIntegerField(default=6)
    next_at = UtcField(default=now, index=True)
    claimed_at = UtcField(null=True)
    last_run_at = UtcField(null=True)
    last_ok_at = UtcField(null=True)
    fail_count = BigIntegerField(default=0)
    # Since when each good run gave rows, and since when it gives none.
    gave_since = UtcField(null=True)
    empty_since = UtcField(null=True)
    flagged = BooleanField(default=False)
    made_at = UtcField(default=now)

    class Meta:
        table_name = "board_feeds"
        indexes = ((("board", "key"), True),)

    @classmethod
    def keep(cls, board: str, key: str, by: str, **values: Any) -> "BoardFeed":
        """The feed of that board and key, made if there is none."""
        cls.insert(board=board, key=key, by=by, **values).on_conflict_ignore().execute()
        return cls.get((cls.board == board) & (cls.key == key))

    @classmethod
    def due(cls, by: dt.datetime, which: Any = None) -> list[int]:
        """Ids of feeds that were due by then and that nobody fetches, the longest due first.

        `which` is a condition on them, where not all are meant.
        """
        wanted = ~cls.paused & (cls.next_at <= by) & cls._free(now())
        if which is not None:
            wanted &= which
        return [row[0] for row in cls.select(cls.id).where(wanted).order_by(cls.next_at, cls.id).tuples()]

    @classmethod
    def claimed(cls, at: dt.datetime) -> int:
        """How many feeds are being fetched."""
        count: int = cls.select().where(~cls._free(at)).count()
        return count

    @classmethod
    def _free(cls, at: dt.datetime) -> Any:
        return cls.claimed_at.is_null() | (cls.claimed_at < at - LEASE)

    @classmethod
    def claim(cls, feed_id: int, at: dt.datetime) -> "BoardFeed | None":
        """Take a due feed for this worker alone; None where it is not due, or another has it."""
        wanted = (cls.id == feed_id) & ~cls.paused & (cls.next_at <= at)
        # One conditional update: two schedulers that rang for it fetch it once.
        taken = cls.update(claimed_at=at, last_run_at=at).where(wanted & cls._free(at)).execute()
        return cls.get_by_id(feed_id) if taken else None


class Follow(Row):
    """A user who follows a company's board."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    feed = ForeignKeyField(BoardFeed, on_delete="CASCADE")
    made_at = UtcField(default=now)

    user_id: int
    feed_id: int

    class Meta:
        table_name = "follows"
        indexes = ((("user", "feed"), True),)
