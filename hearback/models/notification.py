"""What a user is told, once each, however often its cause arrives."""

from collections.abc import Mapping
from typing import Any

from peewee import CharField, ForeignKeyField, JSONField

from hearback.models.application import Application
from hearback.models.base import Row, UtcField, database, now
from hearback.models.delivery import Delivery
from hearback.models.event import Event
from hearback.models.user import User


class Notification(Row):
    """One piece of news. (user, kind, key) is unique: whoever comes second makes nothing."""

    user = ForeignKeyField(User, backref="notifications", on_delete="CASCADE")
    kind = CharField(max_length=32)
    key = CharField(max_length=120)
    application = ForeignKeyField(Application, null=True, on_delete="SET NULL")
    event = ForeignKeyField(Event, null=True, on_delete="CASCADE")
    status = CharField(max_length=24, null=True)
    # What it says, where it is a letter of its own: see hearback/notify/letter.py.
    data = JSONField(null=True)
    created_at = UtcField(default=now, index=True)
    read_at = UtcField(null=True)

    class Meta:
        table_name = "notifications"
        indexes = ((("user", "kind", "key"), True), (("user", "read_at"), False))

    @classmethod
    def tell(
        cls,
        user_id: int,
        kind: str,
        key: str,
        application_id: int | None = None,
        event_id: int | None = None,
        status: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """Make the notification unless it was made before; return whether it is new.

        What it needs to leave by the user's channels is made with it, in one transaction; the sweep finds
        it there, and `jobs.deliver.ring_for` makes it leave at once.
        """
        at = now()
        with database.atomic():
            rows = list(
                cls.insert(
                    user=user_id,
                    kind=kind,
                    key=key,
                    application=application_id,
                    event=event_id,
                    status=status,
                    data=data,
                    created_at=at,
                )
                .on_conflict_ignore()
                .returning(cls.id)
                .tuples()
                .execute()
            )
            if not rows:
                return False
            Delivery.plan(rows[0][0], user_id, kind, at)
            # The bell on open pages counts it.
            User.touch(user_id)
        return True
