"""By what a later mail of the same kind from the same sender is known, without keeping a word of it."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable

from hearback.mail.date_words import DAYS, MONTHS
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import patterns
from hearback.mail.verdict import Verdict

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# Parts of an address that are made anew for each mail: numbers, and long strings that hold some.
_MADE_UP = re.compile(r"\b(?=[a-z]*\d)[0-9a-z]{6,}\b|\d+")
_LONGEST_SUBJECT = 300


def likeness(mail: ParsedMail, verdict: Verdict, names: Iterable[str | None], key: bytes) -> str | None:
    """A keyed hash that mails of one sender, shape and reading share; None for a conversation.

    The shape is the subject without numbers, dates and names: `names` and those of the verdict, of sender and
    reader. Whoever answers in a thread writes no form letter, and the next answer may say anything.
    """
    local, _, domain = mail.sender_address.partition("@")
    if not domain or mail.in_reply_to or patterns("context")["reply"].match(mail.subject):
        return None
    own = (address.partition("@")[0].replace(".", " ") for address in mail.recipients)
    known = [verdict.company, verdict.role, mail.sender_name, *names, *own]
    features = [
        domain,
        _plain(local.partition("+")[0]),
        _plain(mail.headers.get("list-id", "").lower()),
        _shape(mail.subject[:_LONGEST_SUBJECT], [name for name in known if name]),
        verdict.category.value,
    ]
    return hmac.new(key, json.dumps(features).encode(), hashlib.sha256).hexdigest()[:32]


def _plain(text: str) -> str:
    return _MADE_UP.sub("0", text)


def _shape(subject: str, names: list[str]) -> list[str]:
    """The words of a subject that another mail of its kind has as well, in order."""
    text = subject.lower()
    # Longer names first: a role can hold the company's name.
    for name in sorted(names, key=len, reverse=True):
        words = _WORD.findall(name.lower())
        if words:
            text = re.sub(r"\b" + r"[\W_]+".join(map(re.escape, words)) + r"\b", " ", text)
    found = (word for word in _WORD.findall(text) if word not in MONTHS and word not in DAYS)
    return [word for word in found if not any(char.isdigit() for char in word)]
