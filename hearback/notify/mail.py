"""Puts a letter into a mail that programs and people both understand, under a name that stays the same."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from types import MappingProxyType

from hearback.notify import render
from hearback.notify.letter import Letter

NONE: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Envelope:
    """From whom to whom a mail goes, under which key, and the header that says it is ours.

    `key` makes the Message-ID: a second try has the same one. `unsubscribe` is an address that ends such
    mail by one POST. `own` is the name and value of our signed header.
    """

    sender: str
    recipient: str
    key: str
    unsubscribe: str
    own: tuple[str, str]


def subject_of(letter: Letter) -> str:
    """The subject as it stands in the mail: on one line, and not without end."""
    return render.line(letter.subject, 200)


def compose(
    letter: Letter, envelope: Envelope, base_url: str, at: dt.datetime, pictures: Mapping[str, bytes] = NONE
) -> EmailMessage:
    """The mail of a letter: a text that reads well alone, and the same as a page.

    `pictures` are PNGs by their paths. The mail carries them, so that nothing is fetched when it is read.
    """
    message = EmailMessage()
    message["Subject"] = subject_of(letter)
    message["From"] = envelope.sender
    message["To"] = envelope.recipient
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{envelope.key}@{parseaddr(envelope.sender)[1].rpartition('@')[2]}>"
    # One POST by the reader's mail program ends it: RFC 8058.
    message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Machines that answer mail leave it alone: RFC 3834.
    message["Auto-Submitted"] = "auto-generated"
    message[envelope.own[0]] = envelope.own[1]
    message.set_content(render.text(letter, base_url, envelope.unsubscribe))
    ids = {path: f"{number}.{envelope.key}@hearback" for number, path in enumerate(pictures)}
    images = {path: f"cid:{cid}" for path, cid in ids.items()}
    message.add_alternative(render.html(letter, base_url, envelope.unsubscribe, images), subtype="html")
    *_, page = message.iter_parts()
    for path, cid in ids.items():
        name = path.rpartition("/")[2]
        page.add_related(pictures[path], "image", "png", cid=f"<{cid}>", filename=name, disposition="inline")
    return message
