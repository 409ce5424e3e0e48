"""One message's bytes as text and fields, however broken they are."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from hearback.mail import html_text, quotes
from hearback.mail.charsets import header_text, text_of, transfer_decoded

OWN_HEADER = "X-Hearback-Signature"
LONGEST_TEXT = html_text.LONGEST_TEXT
LONGEST_CALENDAR = 200_000
LONGEST_HEADER = 4_000
MOST_PARTS = 200
# The standard parser recurses by nesting; beyond this no client ever went.
MOST_MULTIPARTS = 40

_KEPT_HEADERS = (
    "auto-submitted content-type feedback-id from list-id list-unsubscribe precedence reply-to "
    "return-path sender subject to x-auto-response-suppress x-failed-recipients x-hearback-signature "
    "x-linkedin-class x-linkedin-template x-mailer x-mailgun-tag x-sg-eid"
).split()
_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:@\"]{1,128}@[^\s<>()\[\]\\,;:@\"]{1,253}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,500}>")
_NESTED = re.compile(rb"^content-type:\s*(?:multipart/|message/rfc822)", re.I | re.M)


class UnreadableMail(ValueError):
    """Nothing at all can be made of the message."""


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A message as text. `fresh` is what its writer says anew; only that may decide anything."""

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


@dataclass(slots=True)
class _Body:
    """What is collected while the parts of a message are walked."""

    plain: list[str] = field(default_factory=list)
    html: list[html_text.Page] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)
    calendar: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def parse(raw: bytes) -> ParsedMail:
    """Reads a whole RFC 5322 message; raises UnreadableMail if there is nothing in it."""
    if not raw.strip():
        raise UnreadableMail("the message is empty")
    raw = re.sub(rb"\A(?:>?From [^\r\n]*\r?\n)", b"", raw.lstrip(b"\r\n"))
    message = _message(raw)
    headers = _headers(message)
    body = _Body()
    _collect(message, body)
    text = _chosen(body)
    if not headers and not text.strip():
        raise UnreadableMail("the message has neither headers nor text")
    return _mail(headers, text, body)


def from_fields(sender: str | None, subject: str | None, date: str | None, body: str | None) -> ParsedMail:
    """A message of which only these are known; `body` may be HTML or text."""
    given = {"from": sender, "subject": subject, "date": date}
    headers = {name: header_text(value[:LONGEST_HEADER]) for name, value in given.items() if value}
    collected = _Body()
    text = (body or "")[: html_text.LONGEST_HTML]
    if html_text.looks_like_html(text):
        collected.html.append(html_text.read(text))
    else:
        collected.plain.append(text[:LONGEST_TEXT])
    return _mail(headers, _chosen(collected), collected)


def _message(raw: bytes) -> Message:
    """The message as a tree, or flat where it nests deeper than mail ever does."""
    try:
        if len(_NESTED.findall(raw)) > MOST_MULTIPARTS:
            return BytesHeaderParser(policy=compat32).parsebytes(raw)
        return BytesParser(policy=compat32).parsebytes(raw)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableMail(f"the message cannot be parsed: {error}") from error


def _headers(message: Message) -> dict[str, str]:
    """Headers by lower-case name, decoded; of several with one name, the first."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        key = name.lower()
        if key not in found:
            found[key] = header_text(str(value)[:LONGEST_HEADER])
    return found


def _parts(message: Message) -> Iterator[tuple[Message, bool]]:
    """Each leaf part with whether it stands inside an attached message; bounded."""
    stack = [(message, False)]
    seen = 0
    while stack and seen < MOST_PARTS:
        part, inside = stack.pop()
        seen += 1
        payload = part.get_payload()
        if isinstance(payload, list):
            inside = inside or part.get_content_type() == "message/rfc822"
            stack.extend((child, inside) for child in reversed(payload) if isinstance(child, Message))
        else:
            yield part, inside


def _collect(message: Message, body: _Body) -> None:
    for part, inside in _parts(message):
        kind = part.get_content_type()
        name = _file_name(part)
        attached = (part.get_content_disposition() or "") == "attachment"
        if name:
            body.attachments.append(name)
        if kind in {"text/calendar", "application/ics"} or (name or "").lower().endswith(".ics"):
            body.calendar.append(_part_text(part)[:LONGEST_CALENDAR])
        elif kind.startswith("text/") and not attached:
            text = _part_text(part)
            page = html_text.read(text) if kind == "text/html" else None
            if inside:
                body.forwarded.append(page.text if page else text[:LONGEST_TEXT])
            elif page:
                body.html.append(page)
            else:
                body.plain.append(text[:LONGEST_TEXT])


def _file_name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):
        return "unnamed"
    return header_text(name[:LONGEST_HEADER]) if name else None


def _part_text(part: Message) -> str:
    payload = part.get_payload()
    data = str(payload).encode("utf-8", "surrogateescape")
    data = transfer_decoded(data, str(part.get("content-transfer-encoding") or ""))
    try:
        label = part.get_param("charset")
    except (LookupError, ValueError, TypeError):
        label = None
    return text_of(data, label if isinstance(label, str) else None).replace("\r\n", "\n")


def _chosen(body: _Body) -> str:
    """The text to read: plain, unless it only tells to look at the HTML part."""
    plain = "\n".join(body.plain).strip()
    rich = "\n".join(page.text for page in body.html).strip()
    stub = len(plain) < 40 and len(rich) > len(plain)
    if rich and (stub or len(plain) * 4 < len(rich) and "html" in plain[:500].lower()):
        plain = rich
    if html_text.looks_like_html(plain[:2000]) and "</" in plain:
        # Some systems send HTML under the label of plain text.
        body.html.append(html_text.read(plain))
        plain = body.html[-1].text
    clean = html_text.INVISIBLE.sub("", plain.replace("\r", "\n").replace("\0", ""))
    return clean.strip()[:LONGEST_TEXT]


def _mail(headers: dict[str, str], text: str, body: _Body) -> ParsedMail:
    name, address = _sender(headers.get("from", ""))
    parts = quotes.split(text)
    below = "\n\n".join(body.forwarded)[:LONGEST_TEXT]
    date = _date(headers.get("date"))
    subject = headers.get("subject", "")
    whole = f"{text}\n\n{below}".strip() if below else text
    ids = _MESSAGE_ID.findall(headers.get("references", ""))
    return ParsedMail(
        message_id=_first_id(headers.get("message-id")),
        in_reply_to=_first_id(headers.get("in-reply-to")),
        references=tuple(ids),
        sender_name=name,
        sender_address=address,
        recipients=_recipients(headers),
        subject=subject,
        date=date,
        text=whole,
        fresh=parts.fresh,
        signature=parts.signature,
        calendar=tuple(body.calendar),
        attachments=tuple(body.attachments),
        links=tuple(link for page in body.html for link in page.links)[:500],
        headers={key: headers[key] for key in _KEPT_HEADERS if key in headers},
        forwarded=parts.forwarded or (bool(below) and len(text) < 200),
        content_hash=_content_hash(address, subject, date, whole),
    )


def _sender(value: str) -> tuple[str, str]:
    """Display name and lower-case address of a From header; empty where it has none."""
    found = _ADDRESS.findall(value)
    address = found[-1].lower().strip("'.") if found else ""
    name = value.split("<", 1)[0] if "<" in value else _ADDRESS.sub(" ", value)
    if not name.strip(" \"'"):
        comment = re.search(r"\(([^()]{1,200})\)", value)
        name = comment[1] if comment else ""
    name = name.replace('\\"', '"').strip().strip("\"'()").strip()
    return ("" if name.lower() == address else name), address


def _recipients(headers: dict[str, str]) -> tuple[str, ...]:
    joined = ", ".join(headers.get(name, "") for name in ("to", "cc", "delivered-to"))
    return tuple(dict.fromkeys(address.lower() for address in _ADDRESS.findall(joined)))


def _first_id(value: str | None) -> str | None:
    found = _MESSAGE_ID.search(value or "")
    return found[0] if found else None


def _date(value: str | None) -> datetime | None:
    """A Date header (RFC 5322 or ISO 8601) as an aware datetime; None if there is none to read."""
    if not value:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return moment
    return None


def _content_hash(address: str, subject: str, date: datetime | None, text: str) -> str:
    """The same for one mail from a file and from Gmail: whitespace and mbox's `>From` aside."""
    body = re.sub(r"^>+From ", "From ", text, flags=re.M)
    moment = date.astimezone(UTC).isoformat() if date else ""
    parts = (address, " ".join(subject.split()), moment, " ".join(body.split()))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
