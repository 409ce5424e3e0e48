"""What a user does to the ways they are reached: add, try, end, and choose what goes where and when."""

import re
from collections.abc import Set

from hearback.gmail.oauth import SEND
from hearback.models import (
    Channel,
    ChannelKind,
    Delivery,
    DeliveryState,
    Mailbox,
    MailboxState,
    Manner,
    Preference,
    User,
    database,
    now,
)
from hearback.notify import chat
from jobs.acts import BadAct, NotFound
from jobs.deliver import ring_for

# More would be a mistake, or somebody who uses us to knock at others' doors.
MOST = 10
LONGEST_ADDRESS = 1000
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def own_channel(user_id: int, channel_id: int) -> Channel:
    """The user's channel of that id. Raises NotFound."""
    found: Channel | None = Channel.get_or_none((Channel.id == channel_id) & (Channel.user == user_id))
    if found is None:
        raise NotFound("This way to reach you is not here any more.")
    return found


def add_chat(user_id: int, address: str, label: str) -> Channel:
    """Add a chat or push service. Raises BadAct with what is wrong with the address."""
    address = address.strip()
    if not address:
        raise BadAct("The address is empty. Write one such as jsons://host/path or tgram://token/chat.")
    if len(address) > LONGEST_ADDRESS:
        raise BadAct(f"The address has {len(address)} signs; {LONGEST_ADDRESS} are the most.")
    try:
        name = chat.name_of(address)
    except chat.BadAddress as fault:
        raise BadAct(str(fault)) from fault
    label = " ".join(label.split())[:80]
    return _add(user_id, ChannelKind.CHAT, address, f"{label} ({name})" if label else name)


def add_gmail(user_id: int, mailbox_id: int) -> Channel:
    """Let one of the user's mailboxes that we may send from write to itself. Raises BadAct and NotFound."""
    box = Mailbox.get_or_none((Mailbox.id == mailbox_id) & (Mailbox.user == user_id))
    if box is None:
        raise NotFound("This mailbox is not here any more.")
    if box.state != MailboxState.CONNECTED or SEND not in box.scopes.split():
        raise BadAct(f"We may not send from {box.address}. Allow it on Google's page first.")
    return _add(user_id, ChannelKind.GMAIL, box.address, box.address, box.id)


def remove(user_id: int, channel_id: int) -> Channel:
    """Remove a channel and what waits for it; mail by the service is switched off, so that it stays so."""
    channel = own_channel(user_id, channel_id)
    with database.atomic():
        if channel.kind == ChannelKind.MAIL:
            Channel.update(enabled=False).where(Channel.id == channel.id).execute()
            waiting = (Delivery.channel == channel.id) & (Delivery.state == DeliveryState.WAITING)
            Delivery.delete().where(waiting).execute()
        else:
            Channel.delete().where(Channel.id == channel.id).execute()
        User.touch(user_id)
    return channel


def switch_on(user_id: int, channel_id: int) -> Channel:
    """Switch mail by the service on again."""
    channel = own_channel(user_id, channel_id)
    Channel.update(enabled=True, rest_until=None).where(Channel.id == channel.id).execute()
    User.touch(user_id)
    return channel


def test(user_id: int, channel_id: int) -> Channel:
    """Send a test, at once and once. Raises BadAct while another one is on its way, or it is switched off."""
    channel = own_channel(user_id, channel_id)
    if not channel.enabled:
        raise BadAct("It is switched off. Switch it on first.")
    tests = (Delivery.channel == channel.id) & Delivery.notification.is_null()
    open_ = Delivery.state.in_([DeliveryState.WAITING, DeliveryState.SENDING])
    with database.atomic():
        User.lock(user_id)
        if Delivery.select().where(tests & open_).exists():
            raise BadAct("A test is on its way there already. What came of it appears here in a moment.")
        Delivery.delete().where(tests).execute()
        Delivery.create(channel=channel, due_at=now())
        # Who tries it has perhaps just mended it.
        Channel.update(rest_until=None).where(Channel.id == channel.id).execute()
        User.touch(user_id)
    ring_for(user_id)
    return channel


def choose(user_id: int, shown: Set[int], ticked: Set[tuple[int, str]], kinds: Set[str]) -> None:
    """Make the table of what goes where as the user ticked it, for these kinds.

    `shown` are the channels that the user's table had: one that came since keeps what it does.
    """
    with database.atomic():
        channels = [channel for channel in Channel.of(user_id) if channel.id in shown]
        before = Preference.table(channels)
        for channel in channels:
            for kind in kinds:
                wanted = (channel.id, kind) in ticked
                if wanted != (kind in before[channel.id]):
                    Preference.choose(channel.id, kind, wanted)
        User.touch(user_id)


def set_manner(user_id: int, quiet_from: str, quiet_until: str, digest_at: str) -> None:
    """Set quiet hours and digest; empty is off. Raises BadAct."""
    named = {"Quiet from": quiet_from, "Quiet until": quiet_until, "The digest's time": digest_at}
    for name, text in named.items():
        if text and not CLOCK.fullmatch(text):
            raise BadAct(f"{name} is {text!r}; it must be a time of day such as 22:00, or empty.")
    if bool(quiet_from) != bool(quiet_until):
        raise BadAct("Quiet hours need both times, or none.")
    values = {
        "quiet_from": quiet_from or None,
        "quiet_until": quiet_until or None,
        "digest_at": digest_at or None,
    }
    Manner.insert(user=user_id, **values).on_conflict(conflict_target=[Manner.user], update=values).execute()
    User.touch(user_id)


def _add(user_id: int, kind: ChannelKind, address: str, name: str, mailbox_id: int | None = None) -> Channel:
    with database.atomic():
        User.lock(user_id)
        if Channel.select().where(Channel.user == user_id).count() >= MOST:
            raise BadAct(f"There are {MOST} ways to reach you already. Remove one first.")
        channel = Channel.add(user_id, kind, address, name, mailbox_id)
        User.touch(user_id)
    return channel
