"""Proof that a push comes from our own Pub/Sub subscription: its bearer token, checked whole.

`google.oauth2.id_token` fetches certificates on each call and does not look at `email`; so here
certificates are kept for as long as Google says, and every claim is checked.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import requests
from google.auth import exceptions as auth_exceptions
from google.auth import jwt

ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})
TIMEOUT_SECONDS = 5
CLOCK_SKEW_SECONDS = 10
DEFAULT_MAX_AGE = 300
# Tokens name keys that we do not know; so a forger cannot make us fetch more often than this.
FETCH_PAUSE_SECONDS = 30
KEPT_TOKENS = 256
MAX_TOKEN = 4096


class BadToken(Exception):
    """The push is not ours. `status` is the answer: 401 unproved, 403 proved to be another."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class CertificatesUnavailable(Exception):
    """Google's certificates cannot be had just now: the push should come again."""


class Verifier:
    """Checks tokens for one set of audiences and one service account."""

    def __init__(
        self,
        certs_url: str,
        audiences: tuple[str, ...],
        service_account: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._certs_url = certs_url
        self._audiences = frozenset(audiences)
        self._service_account = service_account
        self._clock = clock
        self._certs: dict[str, str] = {}
        self._certs_until = 0.0
        self._fetched_at = float("-inf")
        self._known: OrderedDict[str, float] = OrderedDict()
        self._guard = threading.Lock()

    def verify(self, authorization: str) -> None:
        """Check an Authorization header; raise BadToken or CertificatesUnavailable.

        Pub/Sub sends one token for up to an hour; a token that was good stays good until its `exp`.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise BadToken(401, "no bearer token")
        at = self._clock()
        if self._known.get(token, 0.0) > at:
            return
        expires = self._check(token, at)
        with self._guard:
            self._known[token] = expires
            while len(self._known) > KEPT_TOKENS:
                self._known.popitem(last=False)

    def _check(self, token: str, at: float) -> float:
        claims = self._signed_claims(token, at)
        if claims.get("iss") not in ISSUERS:
            raise BadToken(401, "wrong issuer")
        expires = claims.get("exp")
        if not isinstance(expires, int | float) or expires + CLOCK_SKEW_SECONDS < at:
            raise BadToken(401, "expired")
        # `aud` must be one string of ours; a list that holds ours would be somebody else's token.
        audience = claims.get("aud")
        if not isinstance(audience, str) or audience not in self._audiences:
            raise BadToken(403, "wrong audience")
        if claims.get("email") != self._service_account:
            raise BadToken(403, "wrong account")
        if claims.get("email_verified") is not True:
            raise BadToken(403, "unverified account")
        return float(expires)

    def _signed_claims(self, token: str, at: float) -> dict[str, Any]:
        if len(token) > MAX_TOKEN:
            raise BadToken(401, "token too long")
        try:
            header = jwt.decode_header(token)
        except (auth_exceptions.GoogleAuthError, ValueError) as fault:
            raise BadToken(401, "malformed token") from fault
        if header.get("alg") != "RS256":
            raise BadToken(401, "wrong algorithm")
        key_id = header.get("kid")
        certificate = self._certificate(key_id, at) if isinstance(key_id, str) else None
        if certificate is None:
            raise BadToken(401, "unknown key")
        try:
            claims: dict[str, Any] = dict(
                jwt.decode(
                    token,
                    certs={key_id: certificate},
                    clock_skew_in_seconds=CLOCK_SKEW_SECONDS,
                )
            )
        except (auth_exceptions.GoogleAuthError, ValueError) as fault:
            raise BadToken(401, "bad signature or time") from fault
        return claims

    def _certificate(self, key_id: str, at: float) -> str | None:
        with self._guard:
            stale = at >= self._certs_until
            unknown = key_id not in self._certs
            if (stale or unknown) and at - self._fetched_at >= FETCH_PAUSE_SECONDS:
                self._fetch(at)
            elif stale and not self._certs:
                raise CertificatesUnavailable
            return self._certs.get(key_id)

    def _fetch(self, at: float) -> None:
        self._fetched_at = at
        try:
            answer = requests.get(self._certs_url, timeout=TIMEOUT_SECONDS)
            answer.raise_for_status()
            certs = answer.json()
        except requests.RequestException as fault:
            # Certificates that were good an hour ago are better than none: Google rotates over days.
            if not self._certs:
                raise CertificatesUnavailable from fault
            return
        self._certs = {str(key): str(cert) for key, cert in certs.items()}
        found = re.search(r"max-age=(\d+)", answer.headers.get("Cache-Control", ""))
        self._certs_until = at + (int(found.group(1)) if found else DEFAULT_MAX_AGE)
