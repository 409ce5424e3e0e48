"""What a user wants to be told, by which way, and when not."""

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

from peewee import JOIN, BooleanField, CharField, ForeignKeyField

from hearback.models.base import Row
from hearback.models.channel import Channel, ChannelKind
from hearback.models.user import User
from hearback.zones import zone


class News(StrEnum):
    """The kinds of notifications."""

    STATUS_CHANGE = "status_change"
    INTERVIEW = "interview"
    REMINDER = "reminder"
    FOLLOW_UP = "follow_up"
    SUMMARY = "summary"
    REPORT = "report"
    JOB_MATCHES = "job_matches"
    MAILBOX_TROUBLE = "mailbox_trouble"
    APPLICATION_SENT = "application_sent"
    APPLICATION_FAILED = "application_failed"


# Worthless once its hour has passed: it waits for no morning and no digest.
URGENT = frozenset({News.REMINDER})
# Letters of their own: a digest holds none of them.
WHOLE = frozenset({News.SUMMARY, News.REPORT})
# The employer's mail, or the user's own, lies in the same inbox already.
NOT_BY_MAIL = frozenset({News.STATUS_CHANGE, News.APPLICATION_SENT})


class Preference(Row):
    """A user's word on one kind by one channel; without one, `wanted_at_first` holds."""

    channel = ForeignKeyField(Channel, on_delete="CASCADE")
    kind = CharField(max_length=32)
    wanted = BooleanField()

    class Meta:
        table_name = "preferences"
        indexes = ((("channel", "kind"), True),)

    @classmethod
    def choose(cls, channel_id: int, kind: str, wanted: bool) -> None:
        """Note the user's word."""
        cls.insert(channel=channel_id, kind=kind, wanted=wanted).on_conflict(
            conflict_target=[cls.channel, cls.kind], update={"wanted": wanted}
        ).execute()

    @classmethod
    def table(cls, channels: list[Channel]) -> dict[int, frozenset[str]]:
        """By channel, the kinds that go there."""
        ids = [channel.id for channel in channels] or [0]
        rows = cls.select(cls.channel, cls.kind, cls.wanted).where(cls.channel.in_(ids)).tuples()
        said = {(channel_id, kind): wanted for channel_id, kind, wanted in rows}
        return {
            channel.id: frozenset(
                kind for kind in News if said.get((channel.id, kind), wanted_at_first(channel.kind, kind))
            )
            for channel in channels
        }


def wanted_at_first(channel_kind: str, kind: str) -> bool:
    """Whether a kind goes by such a channel as long as its user has said nothing."""
    return channel_kind == ChannelKind.CHAT or kind not in NOT_BY_MAIL


class Manner(Row):
    """When a user is not to be disturbed; times are "22:00" in the user's own zone, None is off."""

    user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
    quiet_from = CharField(max_length=5, null=True)
    quiet_until = CharField(max_length=5, null=True)
    digest_at = CharField(max_length=5, null=True)

    class Meta:
        table_name = "manners"

    @classmethod
    def of(cls, user_id: int) -> tuple["Manner", ZoneInfo]:
        """The user's manner, and the zone that it is meant in; one query."""
        row = (
            User.select(User.timezone, cls.quiet_from, cls.quiet_until, cls.digest_at)
            .join(cls, JOIN.LEFT_OUTER, on=(cls.user == User.id))
            .where(User.id == user_id)
            .tuples()
            .get()
        )
        return cls(user=user_id, quiet_from=row[1], quiet_until=row[2], digest_at=row[3]), zone(row[0])

    def when(self, kind: str | None, at: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, bool]:
        """When news of `at` may go out, and whether with others in a digest. None: a test, at once."""
        if kind is None or kind in URGENT:
            return at, False
        if self.digest_at and kind not in WHOLE:
            return _next(self.digest_at, at, zone), True
        return self.after_quiet(at, zone), False

    def after_quiet(self, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
        """`at`, or the end of the quiet hours in which it lies."""
        if not self.quiet_from or not self.quiet_until or self.quiet_from == self.quiet_until:
            return at
        start, end = self.quiet_from, self.quiet_until
        clock = f"{at.astimezone(zone):%H:%M}"
        quiet = start <= clock < end if start < end else clock >= start or clock < end
        return _next(end, at, zone) if quiet else at


def _next(clock: str, at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first moment from `at` on at which it is `clock` there; a skipped one comes as much later."""
    day, hour = at.astimezone(zone).date(), dt.time.fromisoformat(clock)
    # Three days: the moment of today may have passed, and a zone may leave a day out.
    moments = (
        dt.datetime.combine(day + dt.timedelta(days=days), hour, tzinfo=zone).astimezone(dt.UTC)
        for days in range(3)
    )
    return next(moment for moment in moments if moment >= at)
