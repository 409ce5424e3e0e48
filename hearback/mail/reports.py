"""Reports on mail that the reader sent (bounces, receipts): they speak in their own words about delivery only."""

import re
from collections.abc import Mapping

_SENDER = re.compile(r"^(?:mailer-?daemon|mail-?daemon|postmaster|microsoftexchange[0-9a-f]{8,})\b", re.I)
_SUBJECT = re.compile(
    r"^\W*(?:undeliverable|unzustellbar|non remis|non recapitabile|no se puede entregar|onbestelbaar|nicht zustellbar"
    r"|delivery (?:status notification|failure|has failed|incomplete)|mail delivery (?:failed|subsystem|failure)"
    r"|message (?:not delivered|delivery failure)|undelivered mail|returned mail|failure notice"
    r")\s*(?::|\(|returned\b|$)",
    re.I,
)


def is_report(headers: Mapping[str, str], sender: str) -> bool:
    """Whether a mail only tells what became of one that its reader sent."""
    if headers.get("content-type", "").lower().startswith("multipart/report"):
        return True
    if "x-failed-recipients" in headers or _SENDER.match(sender):
        return True
    return _SUBJECT.match(headers.get("subject", "")) is not None


def own_words(subject: str) -> str:
    """A report's subject without that of the mail that it is about."""
    return subject.partition(":")[0].strip()
