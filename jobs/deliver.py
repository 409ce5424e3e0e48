"""Takes notifications to their users: one channel at a time, in order, and none waits for another.

What is on its way is rows in the database. A kill between a server's acceptance and our commit sends one
message twice, under the same Message-ID; nothing else does, and nothing is lost.
"""

import datetime as dt
import logging
import time
from email.utils import formataddr

from redis.exceptions import RedisError

from hearback.config import settings
from hearback.gmail.client import Gmail
from hearback.gmail.errors import GmailError
from hearback.gmail.oauth import SEND
from hearback.logs import event
from hearback.mail import own
from hearback.mail.parse import OWN_HEADER
from hearback.models import Channel, ChannelKind, Delivery, DeliveryState, Mailbox, User, now
from hearback.models.delivery import TRIES
from hearback.models.preference import URGENT, Manner
from hearback.notify import chat, mail, render, smtp
from hearback.notify.errors import NotDelivered
from hearback.notify.letter import Letter
from jobs import metrics, report_pictures, unsubscribe
from jobs.gmail_access import access_token
from jobs.news import bundle, letter_of, trial
from jobs.queues import queues, redis, tried_again
from jobs.quota import Meter, Priority

log = logging.getLogger(__name__)

# Minutes until the next try, by how many there were.
PAUSES = (1, 5, 15, 60, 240, 240)
# A job with much to send leaves the rest to another one, so that no channel keeps a worker to itself.
ROUND_SECONDS = 45.0
# Whose job waits in a queue is not rung for again; if that job is lost, the mark ends soon.
MARK = "hearback:deliver:{}"
MARK_SECONDS = 300

NO_MAIL = "This service sends no mail any more."
NO_GMAIL = "Gmail does not let us send from this mailbox. Allow it again, or choose another way."
NOT_NOW = "Gmail does not take mail at the moment."


def ring_for(user_id: int) -> None:
    """Let what is due for a user leave now: to be called after the commit of `Notification.tell`."""
    try:
        for channel_id in Delivery.due_channels(now(), user_id):
            _ring(channel_id)
    except RedisError as fault:
        # The sweep finds it in the database within a minute of Redis coming back.
        log.warning(event("delivery.not_rung", user=user_id, fault=type(fault).__name__))


def ring_all(at: dt.datetime) -> int:
    """Free what killed jobs hold, and ring for every channel with something due; return how many."""
    Delivery.tidy(at)
    return sum(_ring(channel_id) for channel_id in Delivery.due_channels(at))


def deliver(channel_id: int, at: dt.datetime | None = None) -> None:
    """Send what is due at one channel, until nothing is or the channel fails."""
    redis().delete(MARK.format(channel_id))
    until = time.monotonic() + ROUND_SECONDS
    while time.monotonic() < until:
        moment = at or now()
        channel = Channel.get_or_none(Channel.id == channel_id)
        if channel is None or not channel.enabled or (channel.rest_until and channel.rest_until > moment):
            return
        claimed = Delivery.claim(channel_id, moment)
        if not claimed or not _deliver(channel, claimed, moment):
            return
    _ring(channel_id)


def _ring(channel_id: int) -> bool:
    if not redis().set(MARK.format(channel_id), 1, nx=True, ex=MARK_SECONDS):
        return False
    queues.default.enqueue(deliver, channel_id, **tried_again())
    return True


def _deliver(channel: Channel, claimed: list[Delivery], at: dt.datetime) -> bool:
    """Send the claimed ones as one message and note how that went; False when the channel must rest."""
    working = True
    try:
        _send(channel, claimed, at)
    except NotDelivered as fault:
        working = _failed(channel, claimed, at, fault)
    else:
        Delivery.ended(claimed, DeliveryState.SENT, at)
        Channel.worked(channel.id, at)
        _count(channel, claimed, "sent")
    User.touch(channel.user_id)
    return working


def _failed(channel: Channel, claimed: list[Delivery], at: dt.datetime, fault: NotDelivered) -> bool:
    tries, kind = claimed[0].tries, _kind(claimed)
    # Who pressed the test button waits for an answer, not for another try.
    if fault.permanent or kind is None or tries >= TRIES:
        Delivery.ended(claimed, DeliveryState.FAILED, at, str(fault))
        Channel.failed(channel.id, at, str(fault), channel.rest_until)
        _count(channel, claimed, "failed")
        return fault.permanent
    again = due = at + dt.timedelta(minutes=PAUSES[min(tries, len(PAUSES)) - 1])
    if not claimed[0].bundled and kind not in URGENT:
        manner, zone = Manner.of(channel.user_id)
        due = manner.after_quiet(again, zone)
    Delivery.again(claimed, due, str(fault))
    # What else waits here would meet the same fault: one try tells whether the channel works again.
    Channel.failed(channel.id, at, str(fault), again)
    _count(channel, claimed, "again")
    return False


def _send(channel: Channel, claimed: list[Delivery], at: dt.datetime) -> None:
    """Hand one message over. Raises NotDelivered."""
    letter = _letter(channel, claimed)
    known = settings()
    if channel.kind == ChannelKind.CHAT:
        title, body = render.short(letter, known.base_url)
        try:
            chat.send(channel.address, title, body, known.allow_private_addresses)
        except chat.BadAddress as fault:
            raise NotDelivered(str(fault), permanent=True) from fault
        return
    gmail = channel.kind == ChannelKind.GMAIL
    sender = formataddr(("Hearback", channel.address)) if gmail else known.mail_from
    subject = mail.subject_of(letter)
    signature = own.sign(sender, channel.address, subject, known.secret_key.encode())
    envelope = mail.Envelope(
        sender=sender,
        recipient=channel.address,
        key=f"{claimed[0].key}.hearback",
        unsubscribe=known.base_url + unsubscribe.path_for(channel.id, _only_kind(claimed)),
        own=(OWN_HEADER, signature),
    )
    pictures = report_pictures.of_letter(channel.user_id, letter)
    message = mail.compose(letter, envelope, known.base_url, at, pictures)
    if gmail:
        _by_gmail(channel, message.as_bytes())
    elif not known.smtp_url:
        raise NotDelivered(NO_MAIL, permanent=True)
    else:
        smtp.send(known.smtp_url, message)


def _by_gmail(channel: Channel, raw: bytes) -> None:
    box = Mailbox.get_or_none((Mailbox.id == channel.mailbox_id) & (Mailbox.user == channel.user_id))
    if box is None or SEND not in (box.scopes or "").split():
        raise NotDelivered(NO_GMAIL, permanent=True)
    # Not by `opened`: that Gmail refuses to send says nothing about reading.
    try:
        meter = Meter(box.address, Priority.SCAN)
        Gmail(settings().gmail_api_url, access_token(box), meter).send(raw)
    except GmailError as fault:
        raise NotDelivered(NO_GMAIL if fault.permanent else NOT_NOW, permanent=fault.permanent) from fault


def _letter(channel: Channel, claimed: list[Delivery]) -> Letter:
    told = [one.notification for one in claimed if one.notification is not None]
    return bundle([letter_of(one) for one in told]) if told else trial(channel.name)


def _kind(claimed: list[Delivery]) -> str | None:
    """The kind of what is sent, that of the first in a digest; None for a test."""
    first = claimed[0].notification
    return str(first.kind) if first is not None else None


def _only_kind(claimed: list[Delivery]) -> str | None:
    """The kind that unsubscribing ends: a digest's mail names many, and ends all."""
    kinds = {one.notification.kind for one in claimed if one.notification is not None}
    return str(kinds.pop()) if len(kinds) == 1 else None


def _count(channel: Channel, claimed: list[Delivery], outcome: str) -> None:
    metrics.count("deliveries_total", len(claimed), way=channel.kind, outcome=outcome)
    log.info(event(f"delivery.{outcome}", channel=channel.id, lead=claimed[0].lead, count=len(claimed)))
