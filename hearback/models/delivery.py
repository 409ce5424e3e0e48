"""One notification on its way by one channel: claimed by compare-and-set, tried again, ended visibly."""

import datetime as dt
import secrets
from enum import StrEnum

from peewee import BigIntegerField, BooleanField, CharField, DeferredForeignKey, ForeignKeyField, IntegerField

from hearback.models.base import Row, UtcField, database, now
from hearback.models.channel import Channel
from hearback.models.preference import Manner, Preference

# So often one is tried; the pauses between are in jobs/deliver.py.
TRIES = 7
# A channel that has been ill for so long ends what waited for it: it is no news any more.
PATIENCE = dt.timedelta(days=2)
# Whoever claimed one so long ago was killed: every way gives up well before.
STALE = dt.timedelta(minutes=5)


class DeliveryState(StrEnum):
    """WAITING for its moment or its next try; SENDING by a job; SENT and FAILED are ends."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Delivery(Row):
    """A row for each notification and channel; one without a notification is a test.

    `lead` is the delivery under whose `key` it goes out, which the rows of a digest share: a second try
    after a kill sends the same rows under the same Message-ID.
    """

    # Notifications plan their deliveries, so theirs is the file that knows the other one.
    notification = DeferredForeignKey("Notification", null=True, on_delete="CASCADE")
    channel = ForeignKeyField(Channel, on_delete="CASCADE")
    state = CharField(max_length=8, default=DeliveryState.WAITING)
    due_at = UtcField()
    bundled = BooleanField(default=False)
    key = CharField(max_length=24, default=lambda: secrets.token_hex(12))
    lead = BigIntegerField(null=True, index=True)
    tries = IntegerField(default=0)
    claimed_at = UtcField(null=True)
    sent_at = UtcField(null=True)
    error = CharField(max_length=255, null=True)
    created_at = UtcField(default=now)

    class Meta:
        table_name = "deliveries"
        indexes = (
            (("notification", "channel"), True),
            (("state", "due_at"), False),
            (("channel", "state", "due_at"), False),
        )

    @classmethod
    def plan(cls, notification_id: int, user_id: int, kind: str, at: dt.datetime) -> None:
        """Make the rows of a notification: one for each channel that the user wants it by."""
        channels = [channel for channel in Channel.of(user_id) if channel.enabled]
        wanted = Preference.table(channels)
        chosen = [channel.id for channel in channels if kind in wanted[channel.id]]
        if not chosen:
            return
        manner, zone = Manner.of(user_id)
        due, bundled = manner.when(kind, at, zone)
        same = {"notification": notification_id, "due_at": due, "bundled": bundled, "created_at": at}
        cls.insert_many([{**same, "channel": channel_id} for channel_id in chosen]).execute()

    @classmethod
    def claim(cls, channel_id: int, at: dt.datetime) -> list["Delivery"]:
        """Take what is due first at the channel, a digest's rows together; empty when nothing is.

        Two at once find the same row, and one of them takes it: the other's UPDATE meets another state.
        """
        waits = (cls.channel == channel_id) & (cls.state == DeliveryState.WAITING) & (cls.due_at <= at)
        with database.atomic():
            # A test goes first: somebody waits for it.
            order = (cls.notification.is_null(False), cls.due_at, cls.id)
            first = cls.select().where(waits).order_by(*order).first()
            if first is None:
                return []
            if first.lead is None:
                with_it = (cls.id == first.id) if not first.bundled else cls.bundled & waits
                cls.update(lead=first.id).where(with_it & cls.lead.is_null() & waits).execute()
            lead = first.lead or first.id
            taken = (
                cls.update(state=DeliveryState.SENDING, claimed_at=at, tries=cls.tries + 1)
                .where((cls.lead == lead) & (cls.state == DeliveryState.WAITING))
                .execute()
            )
            if not taken:
                return []
            rows = (cls.lead == lead) & (cls.state == DeliveryState.SENDING)
            return list(cls.select().where(rows).order_by(cls.id))

    @classmethod
    def ended(
        cls, claimed: list["Delivery"], state: DeliveryState, at: dt.datetime, error: str | None = None
    ) -> None:
        """Note how the claimed ones ended, unless somebody else has claimed them since."""
        sent = at if state is DeliveryState.SENT else None
        cls._held(claimed, state=state, sent_at=sent, error=error and error[:255])

    @classmethod
    def again(cls, claimed: list["Delivery"], due: dt.datetime, error: str) -> None:
        """Let the claimed ones wait for their next try."""
        cls._held(claimed, state=DeliveryState.WAITING, due_at=due, error=error[:255])

    @classmethod
    def _held(cls, claimed: list["Delivery"], **values: object) -> None:
        mine = (cls.lead == claimed[0].lead) & (cls.claimed_at == claimed[0].claimed_at)
        cls.update(**values).where(mine & (cls.state == DeliveryState.SENDING)).execute()

    @classmethod
    def tidy(cls, at: dt.datetime) -> None:
        """Free what a killed job holds, and end what waited too long."""
        dead = (cls.state == DeliveryState.SENDING) & (cls.claimed_at < at - STALE)
        ends = {"state": DeliveryState.FAILED, "error": "It was begun again and again and never ended."}
        cls.update(**ends).where(dead & (cls.tries >= TRIES)).execute()
        cls.update(state=DeliveryState.WAITING).where(dead).execute()
        old = (cls.state == DeliveryState.WAITING) & (cls.due_at < at) & (cls.created_at < at - PATIENCE)
        late = {"state": DeliveryState.FAILED, "error": "This way did not work for two days."}
        # What waits for its first try is late by our own outage, which is no reason to drop it.
        cls.update(**late).where(old & Channel.ill(cls.channel, at - PATIENCE)).execute()

    @classmethod
    def due_channels(cls, at: dt.datetime, user_id: int | None = None) -> list[int]:
        """Channels that have something to send now and are not resting after a fault."""
        resting = Channel.rest_until.is_null() | (Channel.rest_until <= at)
        found = (
            cls.select(cls.channel)
            .join(Channel)
            .where((cls.state == DeliveryState.WAITING) & (cls.due_at <= at) & resting & Channel.enabled)
        )
        if user_id is not None:
            found = found.where(Channel.user == user_id)
        return [row[0] for row in found.distinct().tuples()]
