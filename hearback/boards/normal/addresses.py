"""Addresses that a person can follow or write to, and no other."""

import html
import re
from urllib.parse import urljoin, urlsplit

_LONGEST = 2000
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\b", re.IGNORECASE
)
# Nobody reads what is sent there.
_UNREAD = re.compile(
    r"^(no-?reply|do-?not-?reply|donotreply|mailer-daemon|bounces?)\b|@example\.", re.IGNORECASE
)


def web(value: object, base: str | None = None) -> str | None:
    """A whole http(s) address, made of a relative one by `base`; None for any other scheme or shape."""
    if not isinstance(value, str):
        return None
    url = html.unescape(value.strip())
    if not url or len(url) > _LONGEST or re.search(r"[\s\x00-\x1f\ud800-\udfff<>\"\\]", url):
        return None
    try:
        whole = urljoin(base, url) if base else f"https:{url}" if url.startswith("//") else url
        parts = urlsplit(whole)
        # A port that is no number is found only when it is read.
        real = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and real and "@" not in parts.netloc
    return whole if good else None


def mail(value: object) -> str | None:
    """The first mail address in a text or a "mailto:" link that a person may read."""
    if not isinstance(value, str):
        return None
    found = (match[0] for match in _MAIL.finditer(html.unescape(value[:_LONGEST])))
    return next((address for address in found if not _UNREAD.search(address)), None)
