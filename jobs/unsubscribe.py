"""Links in mails that end such mail: signed, so that they work without signing in, and for nothing else."""

from itsdangerous import BadSignature, URLSafeSerializer

from hearback.config import settings
from hearback.models import Channel, Delivery, DeliveryState, News, Notification, Preference, User, database
from jobs.refusals import NotFound


def path_for(channel_id: int, kind: str | None) -> str:
    """Where one ends mail of a kind by this channel; without a kind, all mail by it."""
    return f"/unsubscribe/{_signer().dumps([channel_id, kind])}"


def named_by(token: str) -> tuple[Channel, str | None]:
    """The channel and kind that a link was made for. Raises NotFound."""
    try:
        channel_id, kind = _signer().loads(token)
    except BadSignature:
        raise NotFound("This link is not whole. Open it from the mail again.") from None
    channel = Channel.get_or_none(Channel.id == channel_id)
    if channel is None:
        raise NotFound("No mail goes there any more.")
    return channel, kind


def end(token: str) -> None:
    """End what the link is for, and what of it is still on its way. Raises NotFound."""
    channel, kind = named_by(token)
    with database.atomic():
        for one in News if kind is None else [kind]:
            Preference.choose(channel.id, one, False)
        of_kind = Notification.select(Notification.id).where(Notification.user == channel.user_id)
        if kind is not None:
            of_kind = of_kind.where(Notification.kind == kind)
        Delivery.delete().where(
            (Delivery.channel == channel.id)
            & (Delivery.state == DeliveryState.WAITING)
            & Delivery.notification.in_(of_kind)
        ).execute()
        User.touch(channel.user_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt="hearback.unsubscribe")
