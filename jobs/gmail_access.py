"""Opening a mailbox: a valid access token, a purse to spend from, and what to do when Google says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from hearback.config import settings
from hearback.gmail import oauth
from hearback.gmail.client import Gmail
from hearback.gmail.errors import BadRequest, Disconnected, Gone, Refused, Unauthorized
from hearback.models import Mailbox, MailboxState, Notification, User, database, now
from jobs.quota import Meter, Priority

# What the user is told of a mailbox that needs them, as the kind of a notification.
TROUBLE = "mailbox_trouble"


def oauth_client() -> oauth.Client:
    """Who we are to Google, from the settings."""
    known = settings()
    return oauth.Client(known.google_client_id, known.google_client_secret, known.google_discovery_url)


@contextmanager
def opened(mailbox: Mailbox, priority: Priority = Priority.PUSH) -> Iterator[Gmail]:
    """Give the mailbox's Gmail; record on it what ends the access, and let the fault go on.

    Raises GmailError. Where only the user can mend it, the user is told once, and no job calls Google
    for this mailbox any more until they have.
    """
    try:
        meter = Meter(mailbox.address, priority)
        yield Gmail(settings().gmail_api_url, access_token(mailbox), meter)
    except Unauthorized:
        Mailbox.update(access_token=None).where(Mailbox.id == mailbox.id).execute()
        raise
    except Disconnected as fault:
        close(mailbox, MailboxState.DISCONNECTED, str(fault))
        raise
    except Refused as fault:
        close(mailbox, MailboxState.REFUSED, str(fault))
        raise
    except (BadRequest, Gone) as fault:
        # A fault of ours, or one that nobody foresaw: it is shown until a look succeeds.
        Mailbox.update(last_error=str(fault)).where(
            (Mailbox.id == mailbox.id) & (Mailbox.state == MailboxState.CONNECTED)
        ).execute()
        raise


def access_token(mailbox: Mailbox) -> str:
    """A token that opens the mailbox for some minutes, fetched anew when it must be.

    Raises Disconnected when the grant is gone, Transient when Google cannot be asked.
    """
    at = now()
    if mailbox.access_token and mailbox.access_expires_at:
        token = oauth.AccessToken(mailbox.access_token, mailbox.access_expires_at)
        if token.usable(at):
            return token.token
    if not mailbox.refresh_token:
        raise Disconnected("no refresh token")
    token = oauth.refresh(oauth_client(), mailbox.refresh_token, at)
    Mailbox.update(access_token=token.token, access_expires_at=token.expires_at).where(
        Mailbox.id == mailbox.id
    ).execute()
    return token.token


def close(mailbox: Mailbox, state: MailboxState, reason: str) -> None:
    """Note that Google does not let us read this mailbox; tell its user, once for each time it ends."""
    with database.atomic():
        User.lock(mailbox.user_id)
        stands = Mailbox.get_or_none(Mailbox.id == mailbox.id)
        # Whoever connected it anew meanwhile has another grant, of which this says nothing.
        if stands is None or stands.state != MailboxState.CONNECTED:
            return
        if stands.refresh_token != mailbox.refresh_token:
            return
        Mailbox.update(last_error=reason, state=state).where(Mailbox.id == mailbox.id).execute()
        since = mailbox.last_sync_at or mailbox.connected_at
        Notification.tell(mailbox.user_id, TROUBLE, f"{state}:{mailbox.id}:{since:%Y%m%dT%H%M%S}")
        User.touch(mailbox.user_id)
