"""Where a user's interviews go besides our own pages: a feed at a secret address, and Google Calendar."""

import datetime as dt
import hashlib
import secrets

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, TextField

from hearback.models.base import Row, UtcField, now
from hearback.models.mailbox import Mailbox
from hearback.models.user import User


class CalendarFeed(Row):
    """A user's secret address. Only its hash is kept: who reads our database cannot read the feed."""

    user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
    token_hash = CharField(max_length=64, unique=True)
    made_at = UtcField(default=now)
    # What the last reader got, and when that was new: a row that goes leaves no other trace.
    content_hash = CharField(max_length=64, default="")
    changed_at = UtcField(default=now)
    read_at = UtcField(null=True)

    user_id: int

    class Meta:
        table_name = "calendar_feeds"

    @classmethod
    def renew(cls, user_id: int, at: dt.datetime) -> str:
        """Give the user a new secret and return it, this once; the one before opens nothing any more."""
        token = secrets.token_urlsafe(32)
        values = {
            "token_hash": _hash(token),
            "made_at": at,
            "content_hash": "",
            "changed_at": at,
            "read_at": None,
        }
        cls.insert(user=user_id, **values).on_conflict(conflict_target=[cls.user], update=values).execute()
        return token

    @classmethod
    def opened_by(cls, token: str) -> "CalendarFeed | None":
        """The feed that a secret opens."""
        found: CalendarFeed | None = cls.get_or_none(cls.token_hash == _hash(token))
        return found


class CalendarLink(Row):
    """Whether interviews are written into the Google Calendar of a mailbox's account."""

    mailbox = ForeignKeyField(Mailbox, unique=True, on_delete="CASCADE")
    on = BooleanField(default=True)
    # Why Google does not let us, until it does again.
    error = TextField(null=True)

    mailbox_id: int

    class Meta:
        table_name = "calendar_links"


class CalendarEntry(Row):
    """What we wrote into one Google Calendar of one interview, known by its `uid`.

    `written` is the interview's sequence that Google has, -1 for none. A worker claims an entry before it
    calls: only one writes at a time, so that an older word never comes last.
    """

    mailbox = ForeignKeyField(Mailbox, on_delete="CASCADE")
    uid = CharField(max_length=32)
    written = BigIntegerField(default=-1)
    claimed_until = UtcField(null=True)

    class Meta:
        table_name = "calendar_entries"
        indexes = ((("mailbox", "uid"), True),)


def _hash(token: str) -> str:
    # A secret of 32 random bytes cannot be guessed from a plain hash.
    return hashlib.sha256(token.encode()).hexdigest()
