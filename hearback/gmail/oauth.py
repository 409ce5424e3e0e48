"""Google's OAuth endpoints, found by discovery: renewing an access token, and giving a grant back.

https://developers.google.com/identity/protocols/oauth2/web-server
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import requests

from hearback.gmail.errors import Disconnected, GmailError, Refused, Transient

READONLY = "https://www.googleapis.com/auth/gmail.readonly"
SEND = "https://www.googleapis.com/auth/gmail.send"
# What Google says of a token that nobody can use any more.
GONE_REASONS = frozenset({"invalid_token", "invalid_grant"})
SIGN_IN_SCOPES = "openid email profile"
TIMEOUT_SECONDS = 10
# Google refuses this account, by its administrator's or its owner's will:
# https://developers.google.com/identity/protocols/oauth2/web-server#authorization-errors
ACCOUNT_REASONS = frozenset({"access_denied", "admin_policy_enforced", "org_internal"})
# A token is renewed this long before its end, so that it does not end within a job's call.
EXPIRY_MARGIN = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Client:
    """Who we are to Google, and where Google is."""

    client_id: str
    client_secret: str
    discovery_url: str


@dataclass(frozen=True)
class AccessToken:
    """A token that opens the Gmail API until `expires_at` (aware)."""

    token: str
    expires_at: dt.datetime

    def usable(self, at: dt.datetime) -> bool:
        """Whether it can still be used for a job that begins at `at`."""
        return at < self.expires_at - EXPIRY_MARGIN


@cache
def endpoints(discovery_url: str) -> dict[str, Any]:
    """The OpenID discovery document. It names the endpoints and does not change while we run."""
    try:
        answer = requests.get(discovery_url, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        document: dict[str, Any] = answer.json()
    except requests.RequestException as fault:
        raise Transient(f"discovery failed: {type(fault).__name__}") from fault
    return document


def refresh(client: Client, refresh_token: str, at: dt.datetime) -> AccessToken:
    """Get a fresh access token; raise Disconnected when the grant is gone, Transient on trouble."""
    try:
        answer = requests.post(
            endpoints(client.discovery_url)["token_endpoint"],
            data={
                "grant_type": "refresh_token",
                "refresh_token": refresh_token,
                "client_id": client.client_id,
                "client_secret": client.client_secret,
            },
            timeout=TIMEOUT_SECONDS,
        )
    except requests.RequestException as fault:
        raise Transient(f"token endpoint: {type(fault).__name__}") from fault
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Transient(f"token endpoint: HTTP {answer.status_code}")
    body = _json(answer)
    if answer.status_code != 200:
        raise _refused(str(body.get("error", f"HTTP {answer.status_code}")))
    if "access_token" not in body:
        raise Transient("token endpoint: no token in the answer")
    lifetime = dt.timedelta(seconds=int(body.get("expires_in", 3600)))
    return AccessToken(body["access_token"], at + lifetime)


def revoke(client: Client, token: str) -> bool:
    """End the whole grant that a token belongs to; False when it had ended already.

    All tokens that this account ever gave us end with it, whoever holds them. Raises Transient on
    trouble, Refused when Google knows the token and will not.
    https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
    """
    try:
        answer = requests.post(
            endpoints(client.discovery_url)["revocation_endpoint"],
            data={"token": token},
            timeout=TIMEOUT_SECONDS,
        )
    except requests.RequestException as fault:
        raise Transient(f"revocation endpoint: {type(fault).__name__}") from fault
    if answer.status_code == 200:
        return True
    if answer.status_code >= 500 or answer.status_code == 429:
        raise Transient(f"revocation endpoint: HTTP {answer.status_code}")
    reason = str(_json(answer).get("error", f"HTTP {answer.status_code}"))
    if reason in GONE_REASONS:
        return False
    raise Refused(reason)


def _refused(reason: str) -> GmailError:
    """What Google's word against a renewal means; what is not about this account is not laid on its user."""
    if reason == "invalid_grant":
        return Disconnected(reason)
    # A wrong secret of ours, or too many calls of ours: an operator mends it, or time does.
    return Refused(reason) if reason in ACCOUNT_REASONS else Transient(f"token endpoint: {reason}")


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except requests.JSONDecodeError as fault:
        raise Transient(f"OAuth endpoint: HTTP {answer.status_code} without JSON") from fault
    return body if isinstance(body, dict) else {}
