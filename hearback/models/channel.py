"""A way to reach a user that they chose: their mail, their own Gmail, or a chat or push service."""

import datetime as dt
import hashlib
import hmac
from enum import StrEnum
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from hearback.config import settings
from hearback.models.base import Row, SecretField, UtcField, now
from hearback.models.mailbox import Mailbox
from hearback.models.user import User


class ChannelKind(StrEnum):
    """MAIL: from the service's own address. GMAIL: to oneself, from a mailbox. CHAT: an apprise address."""

    MAIL = "mail"
    GMAIL = "gmail"
    CHAT = "chat"


class Channel(Row):
    """One way to one user.

    `address` of a chat service holds its token, so it is a secret; `name` is what may be shown of it. A
    mail channel is switched off and not deleted, so that it does not come back by itself.
    """

    user = ForeignKeyField(User, backref="channels", on_delete="CASCADE")
    kind = CharField(max_length=8)
    address = SecretField()
    # Tells two addresses apart without opening them.
    mark = CharField(max_length=32)
    name = CharField(max_length=255)
    mailbox = ForeignKeyField(Mailbox, null=True, on_delete="CASCADE")
    enabled = BooleanField(default=True)
    # After a fault nothing is tried until then; how many faults there were in a row.
    rest_until = UtcField(null=True)
    faults = IntegerField(default=0)
    error = CharField(max_length=255, null=True)
    failed_at = UtcField(null=True)
    sent_at = UtcField(null=True)
    created_at = UtcField(default=now)

    class Meta:
        table_name = "channels"
        indexes = ((("user", "kind", "mark"), True),)

    @classmethod
    def add(
        cls, user_id: int, kind: ChannelKind, address: str, name: str, mailbox_id: int | None = None
    ) -> "Channel":
        """The user's channel of that address, made or switched on."""
        values = {"address": address, "name": name, "mailbox": mailbox_id, "enabled": True}
        cls.insert(user=user_id, kind=kind, mark=mark(address), **values).on_conflict(
            conflict_target=[cls.user, cls.kind, cls.mark], update=values
        ).execute()
        found: Channel = cls.get((cls.user == user_id) & (cls.kind == kind) & (cls.mark == mark(address)))
        return found

    @classmethod
    def of(cls, user_id: int) -> list["Channel"]:
        """The user's channels, those switched off too.

        Where the service sends mail, it reaches every user whose address Google verified, until they say no.
        """
        channels = list(cls.select().where(cls.user == user_id).order_by(cls.id))
        if settings().smtp_url and not any(channel.kind == ChannelKind.MAIL for channel in channels):
            user = User.get_by_id(user_id)
            # Who was made by a file import was never asked; "sub+address" is no address at all.
            if user.google_sub and not user.email.startswith(f"{user.google_sub}+"):
                channels.append(cls.add(user_id, ChannelKind.MAIL, user.email, user.email))
        return channels

    @classmethod
    def ill(cls, channel: Any, since: dt.datetime) -> Any:
        """Condition on a column that holds a channel's id: it failed, and nothing got through since then."""
        got_through = cls.sent_at.is_null(False) & (cls.sent_at > since)
        return channel.in_(cls.select(cls.id).where((cls.faults > 0) & ~got_through))

    @classmethod
    def worked(cls, channel_id: int, at: dt.datetime) -> None:
        """Note that something was accepted."""
        cls.update(sent_at=at, faults=0, rest_until=None, error=None).where(cls.id == channel_id).execute()

    @classmethod
    def failed(cls, channel_id: int, at: dt.datetime, error: str, rest_until: dt.datetime | None) -> None:
        """Note a fault, and until when nothing else is tried."""
        cls.update(failed_at=at, error=error[:255], faults=cls.faults + 1, rest_until=rest_until).where(
            cls.id == channel_id
        ).execute()


def mark(address: str) -> str:
    """A keyed hash: who reads the database cannot guess addresses by it."""
    return hmac.new(settings().secret_key.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
