"""Opening a mailbox: a valid access token, and what to do when Google says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from hearback.config import settings
from hearback.gmail import oauth
from hearback.gmail.client import Gmail
from hearback.gmail.errors import Disconnected, Refused, Unauthorized
from hearback.models import Mailbox, MailboxState, User, now


def oauth_client() -> oauth.Client:
    """Who we are to Google, from the settings."""
    known = settings()
    return oauth.Client(known.google_client_id, known.google_client_secret, known.google_discovery_url)


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[Gmail]:
    """Give the mailbox's Gmail; record on it what ends the access, and let the fault go on.

    Raises GmailError. `permanent` ones are recorded where the user sees them, and no job tries again.
    """
    try:
        yield Gmail(settings().gmail_api_url, _access_token(mailbox))
    except Unauthorized:
        Mailbox.update(access_token=None).where(Mailbox.id == mailbox.id).execute()
        raise
    except Disconnected as fault:
        _record(mailbox, str(fault), MailboxState.DISCONNECTED)
        raise
    except Refused as fault:
        _record(mailbox, str(fault), MailboxState.CONNECTED)
        raise


def _access_token(mailbox: Mailbox) -> str:
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


def _record(mailbox: Mailbox, reason: str, state: MailboxState) -> None:
    Mailbox.update(last_error=reason, state=state).where(Mailbox.id == mailbox.id).execute()
    User.touch(mailbox.user_id)
