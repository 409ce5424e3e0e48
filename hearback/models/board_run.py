"""The record of each fetch of a board: what it gave, and what came of it."""

import datetime as dt
from enum import StrEnum

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, JSONField, TextField

from hearback.models.base import Row, UtcField
from hearback.models.board_feed import BoardFeed


class RunState(StrEnum):
    """How a fetch ended; RUNNING has not, KILLED ended without a word, and FAILED is a fault of ours.

    STALE: the board did not answer and an older answer was read instead. The others are what the board
    did: refused us, asked for patience, failed, changed its form, sent too much, led to a private address,
    forbids it in robots.txt, has no such company any more, wants other keys.
    """

    RUNNING = "running"
    OK = "ok"
    STALE = "stale"
    BLOCKED = "blocked"
    LIMITED = "limited"
    DOWN = "down"
    SHAPE = "shape"
    TOO_LARGE = "too_large"
    FORBIDDEN_ADDRESS = "forbidden_address"
    ROBOTS = "robots"
    GONE = "gone"
    UNAUTHORISED = "unauthorised"
    KILLED = "killed"
    FAILED = "failed"


class BoardRun(Row):
    """One fetch. `fetched` rows came, of which `skipped` could not be read; of the jobs in them `new` were
    not known, `changed` had changed, and `closed` are gone by this run. `full` runs list all that is open.

    `details` is {"skipped": [[row, reason], ...], "warnings": [...]}, bounded.
    """

    feed = ForeignKeyField(BoardFeed, on_delete="CASCADE", index=False)
    board = CharField(max_length=32)
    started_at = UtcField(index=True)
    ended_at = UtcField(null=True)
    state = CharField(max_length=24, default=RunState.RUNNING)
    full = BooleanField(default=False)
    fetched = BigIntegerField(default=0)
    new = BigIntegerField(default=0)
    changed = BigIntegerField(default=0)
    closed = BigIntegerField(default=0)
    skipped = BigIntegerField(default=0)
    error = TextField(null=True)
    details = JSONField(default=dict)

    feed_id: int

    class Meta:
        table_name = "board_runs"
        indexes = ((("feed", "started_at"), False), (("board", "started_at"), False))

    @classmethod
    def bury(cls, feed_id: int, at: dt.datetime) -> int:
        """Say of this feed's runs that never ended that they were killed; return how many there were."""
        killed: int = (
            cls.update(state=RunState.KILLED, ended_at=at, error="The worker was killed.")
            .where((cls.feed == feed_id) & (cls.state == RunState.RUNNING))
            .execute()
        )
        return killed
