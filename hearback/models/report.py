"""What a weekly summary or a monthly report said: made once, shown again by its page and its pictures."""

import datetime as dt
from typing import Any

from peewee import CharField, ForeignKeyField, JSONField

from hearback.models.base import Row, UtcField
from hearback.models.user import User


class Report(Row):
    """One telling. (user, kind, period) is unique: who comes second reads what the first one wrote.

    `kind` is "weekly" or "monthly", `period` names it ("2026-W47", "2026-10"), and `zone` is the user's time
    zone as it was then, in which the period begins and ends.
    """

    user = ForeignKeyField(User, on_delete="CASCADE", index=False)
    kind = CharField(max_length=16)
    period = CharField(max_length=10)
    zone = CharField(max_length=64)
    made_at = UtcField()
    content = JSONField()

    class Meta:
        table_name = "reports"
        indexes = ((("user", "kind", "period"), True),)

    @classmethod
    def of(cls, user_id: int, kind: str, period: str) -> "Report | None":
        """What was told of that period, if anything was."""
        found: Report | None = cls.get_or_none(
            (cls.user == user_id) & (cls.kind == kind) & (cls.period == period)
        )
        return found

    @classmethod
    def keep(
        cls, user_id: int, kind: str, period: str, zone: str, at: dt.datetime, content: dict[str, Any]
    ) -> "Report":
        """Keep what is told; where another was quicker, return what that one keeps."""
        cls.insert(
            user=user_id, kind=kind, period=period, zone=zone, made_at=at, content=content
        ).on_conflict_ignore().execute()
        return cls.get((cls.user == user_id) & (cls.kind == kind) & (cls.period == period))
