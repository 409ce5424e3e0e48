"""The person who uses Hearback; every other row belongs to one of them."""

import datetime as dt

from peewee import BigIntegerField, BooleanField, CharField, SqliteDatabase

from hearback.models.base import Row, UtcField, database, now


class User(Row):
    """A person who signed in with Google, or for whom a mailbox file was imported."""

    # Google's `sub`: an address can be handed on to another person, this never is.
    google_sub = CharField(max_length=255, null=True, unique=True)
    email = CharField(max_length=320, unique=True)
    name = CharField(max_length=255, default="")
    timezone = CharField(max_length=64, default="UTC")
    timezone_chosen = BooleanField(default=False)
    # Rises with every change that a page could show, so that an open page asks with one number.
    version = BigIntegerField(default=0)
    # Whether a language model may be asked about this user's mail, where the service has one.
    second_look = BooleanField(default=False)
    # Whether it may be asked for letters, with the user's CV.
    model_letters = BooleanField(default=False)
    # The user's own hours, "09:00", and how many days without an answer are worth a reminder.
    reminder_hour = CharField(max_length=5, default="09:00")
    summary_hour = CharField(max_length=5, default="10:00")
    report_hour = CharField(max_length=5, default="10:00")
    follow_up_days = BigIntegerField(default=7)
    # Whether an interview is told of once more an hour before.
    hour_before = BooleanField(default=True)
    # When the schedule must look at this user next; whoever is new waits for the first Monday to come.
    next_summary_at = UtcField(default=now)
    next_report_at = UtcField(default=now)
    seen_at = UtcField(null=True)
    created_at = UtcField(default=now)

    class Meta:
        table_name = "users"
        indexes = ((("next_summary_at", "id"), False), (("next_report_at", "id"), False))

    @classmethod
    def lock(cls, *user_ids: int) -> None:
        """Make other transactions that fold these users' mail wait until this one ends.

        A fold reads a group and writes it back; two at once would each miss the other's mail. SQLite
        has one writer at a time anyway. Several are locked in one order, or two would wait for each other.
        """
        query = cls.select(cls.id).where(cls.id.in_(user_ids)).order_by(cls.id)
        if not isinstance(database.obj, SqliteDatabase):
            query = query.for_update()
        list(query.tuples())

    @classmethod
    def touch(cls, user_id: int) -> None:
        """Say that something on this user's pages changed."""
        cls.update(version=cls.version + 1).where(cls.id == user_id).execute()

    @classmethod
    def current_version(cls, user_id: int) -> int:
        """The number that rises when something on this user's pages changed."""
        version: int = cls.select(cls.version).where(cls.id == user_id).scalar() or 0
        return version


def sign_in(sub: str, email: str, name: str, at: dt.datetime) -> User:
    """Find or make the user of a Google account; `email` must be one that Google has verified."""
    email = email.lower()
    user = User.get_or_none(User.google_sub == sub)
    if user is None:
        # A user made by a file import has no `sub` yet; the verified address proves it is theirs.
        user = User.get_or_none((User.email == email) & User.google_sub.is_null())
    if user is None:
        return User.create(google_sub=sub, email=_free(email, sub), name=name, created_at=at)
    user.google_sub, user.name = sub, name or user.name
    user.save(only=[User.google_sub, User.name])
    return user


def _free(email: str, sub: str) -> str:
    # The address may have passed from one Google account to another; the older row keeps it.
    return f"{sub}+{email}" if User.select().where(User.email == email).exists() else email
