"""A CV and a letter made for one job: nothing of it leaves before its user has seen and approved it."""

import datetime as dt
from enum import StrEnum

from peewee import CharField, ForeignKeyField, IntegerField, JSONField, TextField

from hearback.models.base import Row, UtcField, now
from hearback.models.document import DocumentVersion
from hearback.models.job import Job
from hearback.models.user import User


class Making(StrEnum):
    """WAITING for a worker; MAKING by one, which may have died; MADE and FAILED are ends."""

    WAITING = "waiting"
    MAKING = "making"
    MADE = "made"
    FAILED = "failed"


class Tailoring(Row):
    """One tailoring of one version of a CV. `made_by` is "templates" or "model".

    `changes` are what was changed and why, `refused` what the check of claims kept out and why. The job's
    names are kept beside its row, which may go.
    """

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    version = ForeignKeyField(DocumentVersion, on_delete="CASCADE")
    job = ForeignKeyField(Job, null=True, on_delete="SET NULL")
    title = CharField(max_length=255)
    company = CharField(max_length=255)
    tone = CharField(max_length=8)
    state = CharField(max_length=8, default=Making.WAITING)
    claimed_at = UtcField(null=True)
    tries = IntegerField(default=0)
    words = CharField(max_length=500, null=True)
    made_by = CharField(max_length=9, null=True)
    cv = JSONField(null=True)
    summary = TextField(null=True)
    subject = CharField(max_length=255, null=True)
    # The whole letter, from greeting to name, with blank lines between its parts.
    letter = TextField(null=True)
    changes = JSONField(default=list)
    refused = JSONField(default=list)
    # Statements that the check refused and the user stands for on their own word.
    vouched = JSONField(default=list)
    created_at = UtcField(default=now)
    seen_at = UtcField(null=True)
    approved_at = UtcField(null=True)
    # Thrown away by a click, gone for good after the time in which that can be undone.
    deleted_at = UtcField(null=True, index=True)

    user_id: int
    job_id: int | None
    version_id: int

    class Meta:
        table_name = "tailorings"
        indexes = ((("user", "job"), False), (("state", "claimed_at"), False))

    @classmethod
    def claim(cls, tailoring_id: int, at: dt.datetime, stale: dt.timedelta, tries: int) -> bool:
        """Take one to make it; False where it is made, made by another just now, or was tried enough."""
        free = (cls.state == Making.WAITING) | ((cls.state == Making.MAKING) & (cls.claimed_at < at - stale))
        taken = (
            cls.update(state=Making.MAKING, claimed_at=at, tries=cls.tries + 1)
            .where((cls.id == tailoring_id) & free & (cls.tries < tries))
            .execute()
        )
        return bool(taken)
