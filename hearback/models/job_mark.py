"""What a user did with a job: saved it, hid it, applied to it."""

import datetime as dt
from typing import Any

from peewee import ForeignKeyField

from hearback.models.base import Row, UtcField
from hearback.models.event import Event
from hearback.models.job import Job
from hearback.models.user import User


class JobMark(Row):
    """One user's marks on one job. `anchor` is the event that founded the application made of it."""

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    job = ForeignKeyField(Job, on_delete="CASCADE")
    saved_at = UtcField(null=True)
    hidden_at = UtcField(null=True)
    applied_at = UtcField(null=True)
    anchor = ForeignKeyField(Event, null=True, on_delete="SET NULL")

    user_id: int
    job_id: int
    anchor_id: int | None

    class Meta:
        table_name = "job_marks"
        indexes = ((("user", "job"), True),)

    @classmethod
    def note(cls, user_id: int, job_id: int, **values: dt.datetime | int | None) -> None:
        """Write these marks; others on the same job stay."""
        cls.insert(user=user_id, job=job_id, **values).on_conflict(
            conflict_target=[cls.user, cls.job], update=values
        ).execute()

    @classmethod
    def hidden_by(cls, user_id: int) -> Any:
        """A query of the ids of jobs that a user does not want to see."""
        return cls.select(cls.job).where((cls.user == user_id) & cls.hidden_at.is_null(False))

    @classmethod
    def kept(cls) -> Any:
        """A query of the ids of jobs that somebody saved or applied to: these stay when they are closed."""
        return cls.select(cls.job).where(cls.saved_at.is_null(False) | cls.applied_at.is_null(False))
