"""Telling mail that Hearback itself sent from mail that only says so."""

import hashlib
import hmac
from collections.abc import Mapping

from hearback.mail.charsets import header_text
from hearback.mail.headers import ADDRESS
from hearback.mail.parse import OWN_HEADER

_VERSION = "v1"


def sign(sender: str, recipient: str, subject: str, key: bytes) -> str:
    """The value of the `X-Hearback-Signature` header for a mail that we are about to send.

    It covers who writes to whom about what, and not Message-ID or Date, which relays replace.
    """
    return f"{_VERSION}={_digest(sender, recipient, subject, key)}"


def signed_by_us(headers: Mapping[str, str], key: bytes) -> bool:
    """Whether `headers` (lower-case names, as in `ParsedMail.headers`) carry our signature."""
    given = headers.get(OWN_HEADER.lower(), "").strip()
    expected = sign(headers.get("from", ""), headers.get("to", ""), headers.get("subject", ""), key)
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _digest(sender: str, recipient: str, subject: str, key: bytes) -> str:
    addresses = [",".join(sorted(ADDRESS.findall(value.lower()))) for value in (sender, recipient)]
    covered = "\n".join([*addresses, header_text(subject)])
    return hmac.new(key, covered.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
