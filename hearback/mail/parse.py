"""One message's bytes as text and fields, however broken they are."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from hearback.mail import headers, html_text, quotes, reports
from hearback.mail.bodies import Body, chosen, collect
from hearback.mail.charsets import clean, header_text

OWN_HEADER = "X-Hearback-Signature"
LONGEST_TEXT = html_text.LONGEST_TEXT
# The standard parser recurses by nesting; beyond this no client ever went.
MOST_MULTIPARTS = 40
MOST_LINKS = 500
_FEW_WORDS = 200

_KEPT_HEADERS = frozenset(
    (
        *("from", "to", "subject", "sender", "reply-to", "return-path", "content-type"),
        *("auto-submitted", "precedence", "list-id", "list-unsubscribe", "feedback-id"),
        *("x-auto-response-suppress", "x-failed-recipients", "x-mailer", OWN_HEADER.lower()),
        *("x-linkedin-class", "x-linkedin-template"),
    )
)
_NESTED = re.compile(rb"^content-type:\s*(?:multipart/|message/rfc822)", re.I | re.M)
_MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")


class UnreadableMail(ValueError):
    """Nothing at all can be made of the message."""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A message as text.

    `text` is all of it; `fresh` is what its writer says anew, without quoted and forwarded mail,
    signature and legal footer: only that may decide anything, and a report on the reader's own mail
    (a bounce) says nothing of the kind. `links` are (address, words of the link) of HTML parts.
    `headers` holds those few that matter, by lower-case name. `forwarded` tells that another mail
    stands below. `content_hash` is the same for one mail however it came.
    """

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    sender_name: str
    sender_address: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    fresh: str
    signature: str
    calendar: tuple[str, ...]
    attachments: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    forwarded: bool
    content_hash: str


def parse(raw: bytes) -> ParsedMail:
    """Reads a whole RFC 5322 message; raises UnreadableMail if there is nothing in it."""
    if not raw.strip():
        raise UnreadableMail("the message is empty")
    message = _message(_MBOX_LINE.sub(b"", raw.lstrip(b"\r\n")))
    named = headers.decoded(message)
    body = Body()
    collect(message, body)
    text = chosen(body)
    if not named and not text.strip():
        raise UnreadableMail("the message has neither headers nor text")
    return _mail(named, text, body)


def from_fields(sender: str | None, subject: str | None, date: str | None, body: str | None) -> ParsedMail:
    """A message of which only these are known; `body` may be HTML or text."""
    given = {"from": sender, "subject": subject, "date": date}
    named = {name: header_text(value[: headers.LONGEST_HEADER]) for name, value in given.items() if value}
    collected = Body()
    text = clean((body or "")[: html_text.LONGEST_HTML])
    if html_text.looks_like_html(text):
        collected.html.append(html_text.read(text))
    else:
        collected.plain.append(text[:LONGEST_TEXT])
    return _mail(named, chosen(collected), collected)


def _message(raw: bytes) -> Message:
    """The message as a tree, or flat where it nests deeper than mail ever does."""
    try:
        if len(_NESTED.findall(raw)) > MOST_MULTIPARTS:
            return BytesHeaderParser(policy=compat32).parsebytes(raw)
        return BytesParser(policy=compat32).parsebytes(raw)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableMail(f"the message cannot be parsed: {error}") from error


def _mail(named: dict[str, str], text: str, body: Body) -> ParsedMail:
    name, address = headers.sender(named.get("from", ""))
    subject = named.get("subject", "")
    below = chosen(body.attached) if body.attached else ""
    whole = f"{text}\n\n{below}".strip() if below else text
    moment = headers.date(named.get("date"))
    returned = reports.is_report(named, address)
    parts = quotes.Parts("", "", False) if returned else _parts(text, below, subject)
    return ParsedMail(
        message_id=next(iter(headers.ids(named.get("message-id"))), None),
        in_reply_to=next(iter(headers.ids(named.get("in-reply-to"))), None),
        references=headers.ids(named.get("references")),
        sender_name=name,
        sender_address=address,
        recipients=headers.recipients(named),
        subject=reports.own_words(subject) if returned else subject,
        date=moment,
        text=whole,
        fresh=parts.fresh,
        signature=parts.signature,
        calendar=() if returned else tuple(body.calendar),
        attachments=tuple(body.attachments),
        links=tuple(link for page in body.html for link in page.links)[:MOST_LINKS],
        headers={key: value for key, value in named.items() if key in _KEPT_HEADERS},
        forwarded=parts.forwarded,
        content_hash=_content_hash(address, subject, moment, whole),
    )


def _parts(text: str, below: str, subject: str) -> quotes.Parts:
    """What is new in a mail, with an attached message under few words of one's own taken as forwarded."""
    parts = quotes.split(text, subject)
    if not below or len(text) >= _FEW_WORDS:
        return parts
    inner = quotes.split(below) if quotes.told_nothing(parts.fresh) else parts
    return replace(inner, forwarded=True)


def _content_hash(address: str, subject: str, moment: datetime | None, text: str) -> str:
    """The same for one mail from a file and from Gmail: whitespace and mbox's `>From` aside."""
    body = re.sub(r"^>+From ", "From ", text, flags=re.M)
    when = moment.astimezone(UTC).isoformat() if moment else ""
    parts = (address, " ".join(subject.split()), when, " ".join(body.split()))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
