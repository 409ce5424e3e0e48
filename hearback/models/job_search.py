"""The searches that a user saved, the jobs that fit them, and single postings that a user brought."""

import datetime as dt
from enum import StrEnum
from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    FloatField,
    ForeignKeyField,
    JSONField,
    SqliteDatabase,
    TextField,
    fn,
)

from hearback.models.base import Row, UtcField, database, now
from hearback.models.job import Job
from hearback.models.user import User


class Tell(StrEnum):
    """How a user hears of new matches: a letter for each round of a search, one a day for all, or none."""

    EACH = "each"
    DAILY = "daily"
    NEVER = "never"


class SavedSearch(Row):
    """What a user looks for. Empty fields ask for nothing.

    `remote` is "" (any), "too" (at the place, or remote from there) or "only". `without` are words that
    must not occur. `companies` are names, `levels` of hearback.levels, `employments` of a posting.
    `salary_min` is a year's, in `salary_currency`. `tell_at` is when its new matches are to be told.
    """

    user = ForeignKeyField(User, on_delete="CASCADE", backref="searches")
    name = CharField(max_length=120)
    words = CharField(max_length=200, default="")
    without = CharField(max_length=200, default="")
    place = CharField(max_length=120, default="")
    near = BooleanField(default=False)
    remote = CharField(max_length=8, default="")
    salary_min = FloatField(null=True)
    salary_currency = CharField(max_length=3, default="USD")
    # Also those that name no salary, or one in another currency.
    salary_unnamed = BooleanField(default=True)
    levels = JSONField(default=list)
    employments = JSONField(default=list)
    companies = JSONField(default=list)
    every_hours = BigIntegerField(default=6)
    paused = BooleanField(default=False)
    tell = CharField(max_length=8, default=Tell.EACH)
    tell_at = UtcField(null=True)
    told_at = UtcField(null=True)
    # When its user looked at the matches last: what came since is new.
    seen_at = UtcField(default=now)
    removed_at = UtcField(null=True)
    created_at = UtcField(default=now)

    user_id: int

    class Meta:
        table_name = "saved_searches"
        indexes = ((("tell_at", "id"), False),)

    @classmethod
    def active(cls) -> Any:
        """The searches that are looked for: a query of all that are neither paused nor removed."""
        return cls.select().where(~cls.paused & cls.removed_at.is_null())

    @classmethod
    def due_of(cls, user_id: int, at: dt.datetime) -> "list[SavedSearch]":
        """A user's searches that are to be told of by `at`, locked until the transaction ends.

        Whoever adds a match plans its telling by an update of the same row, and so comes before or after.
        """
        query = cls.select().where((cls.user == user_id) & (cls.tell_at <= at)).order_by(cls.id)
        if not isinstance(database.obj, SqliteDatabase):
            query = query.for_update()
        return list(query)

    @classmethod
    def plan(cls, ids: list[int], moment: dt.datetime) -> None:
        """Let these be told of at that moment, unless one is planned already."""
        planned = fn.COALESCE(cls.tell_at, cls.tell_at.db_value(moment))
        cls.update(tell_at=planned).where(cls.id.in_(ids)).execute()


class JobMatch(Row):
    """A job that fits a search: 0 to 100, and why in words. (search, job) is unique.

    `reasons` is a list of [fits, words]: true, false, or null where the posting does not say. `told_at` is
    null as long as the user is to hear of it.
    """

    search = ForeignKeyField(SavedSearch, on_delete="CASCADE", index=False)
    job = ForeignKeyField(Job, on_delete="CASCADE")
    score = BigIntegerField()
    reasons = JSONField()
    created_at = UtcField(default=now)
    told_at = UtcField(null=True)

    search_id: int
    job_id: int

    class Meta:
        table_name = "job_matches"
        indexes = ((("search", "job"), True), (("search", "created_at"), False))

    @classmethod
    def untold(cls, search_ids: list[int]) -> Any:
        """A query of what the users of these searches are still to hear of; closed jobs are no news."""
        return (
            cls.select(cls, Job)
            .join(Job)
            .where(cls.search.in_(search_ids) & cls.told_at.is_null() & Job.closed_at.is_null())
            .order_by(cls.score.desc(), cls.id)
        )


class MatchedJob(Row):
    """A job that was held against all saved searches: a new one without this row is still to be."""

    job = ForeignKeyField(Job, unique=True, on_delete="CASCADE")

    class Meta:
        table_name = "matched_jobs"

    @classmethod
    def missed(cls, since: dt.datetime, until: dt.datetime, most: int) -> list[int]:
        """Ids of open jobs that were first seen in that time and not matched, oldest first."""
        seen = Job.first_seen_at.between(since, until) & Job.closed_at.is_null()
        rows = Job.select(Job.id).where(seen & Job.id.not_in(cls.select(cls.job)))
        return [row[0] for row in rows.order_by(Job.id).limit(most).tuples()]


class PasteState(StrEnum):
    """How far the reading of a posting has come that a user brought."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class PastedPosting(Row):
    """The address of a posting that a user wants in, and what came of it."""

    user = ForeignKeyField(User, on_delete="CASCADE")
    address = TextField()
    state = CharField(max_length=8, default=PasteState.WAITING)
    # Why it could not be read, in words.
    words = TextField(default="")
    job = ForeignKeyField(Job, null=True, on_delete="SET NULL")
    created_at = UtcField(default=now)

    user_id: int
    job_id: int | None

    class Meta:
        table_name = "pasted_postings"

    def end(self, state: PasteState, words: str = "", job_id: int | None = None) -> None:
        """Note what came of it; the open page of its user shows it."""
        type(self).update(state=state, words=words, job=job_id).where(type(self).id == self.id).execute()
        User.touch(self.user_id)


def first_round(search: SavedSearch) -> dt.datetime:
    """When the first round of a new search is over: what older jobs it brings is shown, and not told."""
    begun: dt.datetime = search.created_at
    return begun + dt.timedelta(hours=search.every_hours)
