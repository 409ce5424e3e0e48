"""What a user said of reminders to follow up on an application, and which date was dealt with."""

import datetime as dt

from peewee import BooleanField, DateField, ForeignKeyField

from hearback.models.base import Row
from hearback.models.event import Event
from hearback.models.user import User


class FollowUp(Row):
    """Hangs on the application's anchor, so that it outlives merges and their undoing.

    `own_date` is the user's own date, not yet come. Dates up to `settled_date` are over: the user was
    reminded, or said that it is done.
    """

    user = ForeignKeyField(User, on_delete="CASCADE")
    anchor = ForeignKeyField(Event, unique=True, on_delete="CASCADE")
    own_date = DateField(null=True)
    settled_date = DateField(null=True)
    never = BooleanField(default=False)

    anchor_id: int

    class Meta:
        table_name = "follow_ups"

    @classmethod
    def note(cls, user_id: int, anchor_id: int, **values: dt.date | bool | None) -> None:
        """Write these values into the row of an application, which may be its first."""
        cls.insert(user=user_id, anchor=anchor_id, **values).on_conflict(
            conflict_target=[cls.anchor], update=values
        ).execute()

    @classmethod
    def move(cls, old_id: int, new_id: int) -> None:
        """Hang what was said on another anchor, unless something was said of that one already."""
        if not cls.select().where(cls.anchor == new_id).exists():
            cls.update(anchor=new_id).where(cls.anchor == old_id).execute()
