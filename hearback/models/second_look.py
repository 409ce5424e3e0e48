"""What the language model answered, and how often it was asked today."""

import datetime as dt
from enum import StrEnum
from typing import Any

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegrityError, TextField

from hearback.models.base import Row, UtcField
from hearback.models.mailbox import Mailbox
from hearback.models.user import User

FAILURE_STANDS = dt.timedelta(hours=1)


class Outcome(StrEnum):
    """TAKEN: the answer stood up. REFUSED: it did not. FAILED: none came; it is asked again later."""

    TAKEN = "taken"
    REFUSED = "refused"
    FAILED = "failed"


class ModelAnswer(Row):
    """One answer, so that the same mail has the same verdict whenever and wherever it is read again.

    It goes with the mailbox whose mail was asked about. Of mail that is not about a job no word is kept.
    """

    user = ForeignKeyField(User, on_delete="CASCADE")
    mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
    key = CharField(max_length=64)
    outcome = CharField(max_length=16)
    category = CharField(max_length=32, null=True)
    quote = TextField(null=True)
    company = CharField(max_length=255, null=True)
    role = CharField(max_length=255, null=True)
    asked_at = UtcField()

    class Meta:
        table_name = "model_answers"
        indexes = ((("user", "key"), True), (("user", "asked_at"), False))

    @classmethod
    def known(cls, user_id: int, key: str, at: dt.datetime) -> "ModelAnswer | None":
        """What was answered; None where it is to be asked, which after a failure is not at once."""
        found: ModelAnswer | None = cls.get_or_none((cls.user == user_id) & (cls.key == key))
        if found is None or (found.outcome == Outcome.FAILED and found.asked_at < at - FAILURE_STANDS):
            return None
        return found

    @classmethod
    def keep(cls, user_id: int, key: str, **values: Any) -> "ModelAnswer | None":
        """Keep an answer, unless another process has kept one meanwhile; return the one that stands.

        None when the mailbox was erased while the model thought: nothing of it is to be kept.
        """
        own = (cls.user == user_id) & (cls.key == key)
        try:
            cls.insert(user=user_id, key=key, **values).on_conflict_ignore().execute()
        except IntegrityError:
            return None
        cls.update(**values).where(own & (cls.outcome == Outcome.FAILED)).execute()
        return cls.get_or_none(own)

    @classmethod
    def asked_since(cls, user_id: int, at: dt.datetime) -> int:
        """How many of the user's mails were asked about since then."""
        return int(cls.select().where((cls.user == user_id) & (cls.asked_at >= at)).count())


class AskedDay(Row):
    """How many questions all processes together asked on one day (UTC)."""

    day = CharField(max_length=10, unique=True)
    asked = BigIntegerField(default=0)

    class Meta:
        table_name = "asked_days"

    @classmethod
    def take(cls, at: dt.datetime, budget: int) -> bool:
        """Take one question out of the day's budget; False when it is used up.

        The condition stands in the UPDATE itself, so that no two processes take the last one.
        """
        day = _day(at)
        cls.insert(day=day).on_conflict_ignore().execute()
        left = (cls.day == day) & (cls.asked < budget)
        return bool(cls.update(asked=cls.asked + 1).where(left).execute())

    @classmethod
    def used(cls, at: dt.datetime) -> int:
        """How many were taken on that day."""
        return int(cls.select(cls.asked).where(cls.day == _day(at)).scalar() or 0)


def _day(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).date().isoformat()
