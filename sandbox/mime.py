"""A raw mail as the Gmail API shows it: a tree of parts, decoded headers, text in UTF-8, a snippet."""

import base64
import email
import email.policy
import html
import re
import secrets
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mime
from typing import Any

from sandbox.model import Facts

SNIPPET_CHARS = 200
SEARCH_CHARS = 20_000
NESTING_LIMIT = 100
TOO_DEEP = f"its parts are nested more than {NESTING_LIMIT} deep"
_TAG = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")
_ID = re.compile(r"<[^<>\s]+>")


def encode(data: bytes) -> str:
    """Base64url with padding, as Gmail writes it."""
    return base64.urlsafe_b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """Read base64 in either alphabet, padded or not; ValueError if it is neither."""
    standard = text.strip().replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except ValueError as error:
        raise ValueError(f"not base64: {error}") from error


class NestingError(ValueError):
    """A mail whose parts lie so deep in each other that no mail program would read it."""


def parse(raw: bytes) -> Mime:
    """Read any bytes as a mail, however broken; NestingError for parts within parts without end."""
    try:
        mime = email.message_from_bytes(raw, policy=email.policy.compat32)
    except RecursionError as error:
        raise NestingError(TOO_DEEP) from error
    level = [mime]
    for _ in range(NESTING_LIMIT):
        level = [child for part in level if part.is_multipart() for child in _children(part)]
        if not level:
            return mime
    raise NestingError(TOO_DEEP)


def crlf(raw: bytes) -> bytes:
    """Lines that end in CR LF, whatever they ended in."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")


def parse_head(raw: bytes) -> Mime:
    """Read the headers alone, which is much faster for a big mail."""
    end = raw.find(b"\r\n\r\n")
    return parse(raw if end < 0 else raw[: end + 4])


def header_text(value: object) -> str:
    """A header as people read it: unfolded, encoded words decoded."""
    text = re.sub(r"\r?\n[ \t]*", " ", str(value)).strip()
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        # An unknown charset or broken encoded word stays as the sender wrote it.
        return text


def header(mime: Mime, name: str) -> str:
    """One header, decoded; empty when missing."""
    return header_text(mime.get(name, ""))


def content(part: Mime) -> bytes:
    """The bytes of a part without its transfer encoding; text is turned into UTF-8, as Gmail does."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if part.get_content_maintype() != "text" or part.get_filename():
        return data
    charset = part.get_content_charset() or "utf-8"
    if charset in {"utf-8", "us-ascii"}:
        return data
    try:
        return data.decode(charset, "replace").encode()
    except (LookupError, UnicodeError):
        return data


def payload(mime: Mime, part_id: str = "") -> dict[str, Any]:
    """The Gmail MessagePart of a mail or of one of its parts. Attachments are left out but for an id."""
    filename = header_text(mime.get_filename() or "")
    found: dict[str, Any] = {
        "partId": part_id,
        "mimeType": mime.get_content_type(),
        "filename": filename,
        "headers": [{"name": k, "value": header_text(v)} for k, v in mime.items()],
    }
    if mime.is_multipart():
        parts = _children(mime)
        found["body"] = {"size": 0}
        if mime.get_content_maintype() == "message":
            found["body"] = {"attachmentId": attachment_id(part_id), "size": len(bytes(parts[0]))}
        prefix = f"{part_id}." if part_id else ""
        found["parts"] = [payload(part, f"{prefix}{i}") for i, part in enumerate(parts)]
        return found
    data = content(mime)
    found["body"] = {"size": len(data)}
    if filename or mime.get_content_maintype() != "text":
        found["body"]["attachmentId"] = attachment_id(part_id)
    elif data:
        found["body"]["data"] = encode(data)
    return found


def attachment_id(part_id: str) -> str:
    """A new id for a part. As at Gmail, each call gives another, and all of them work."""
    return "ANGjdJ" + encode(f"{part_id}:{secrets.token_hex(24)}".encode()).rstrip("=")


def attachment(mime: Mime, wanted: str) -> bytes | None:
    """The bytes behind an attachment id, or None if the mail has no such part."""
    try:
        part_id, _, nonce = decode(wanted.removeprefix("ANGjdJ")).decode().partition(":")
        path = [int(number) for number in part_id.split(".") if part_id]
    except ValueError:
        return None
    part = mime
    for index in path:
        parts = _children(part) if part.is_multipart() else []
        if not nonce or index >= len(parts):
            return None
        part = parts[index]
    if part.get_content_maintype() == "message" and part.is_multipart():
        return bytes(_children(part)[0])
    return content(part)


def facts(mime: Mime, size: int) -> tuple[Facts, str]:
    """What to remember of a mail, and its lower-case text for searches."""
    text = _readable(mime)
    found = Facts(
        sender=header(mime, "From"),
        to=header(mime, "To"),
        cc=header(mime, "Cc"),
        bcc=header(mime, "Bcc"),
        delivered_to=header(mime, "Delivered-To"),
        subject=header(mime, "Subject"),
        list_id=header(mime, "List-Id"),
        rfc822_id=first_id(header(mime, "Message-ID")),
        references=_ID.findall(header(mime, "References") + " " + header(mime, "In-Reply-To")),
        filenames=[header_text(p.get_filename()) for p in mime.walk() if p.get_filename()],
        snippet=html.escape(text[:SNIPPET_CHARS]).replace("&#x27;", "&#39;"),
        size=size,
    )
    lines = [found.subject, found.sender, found.to, found.cc, text[:SEARCH_CHARS], *found.filenames]
    # A lone surrogate cannot be stored.
    return found, "\n".join(lines).lower().encode("utf-8", "replace").decode()


def first_id(text: str) -> str:
    """The first <...> of a Message-ID header, or the bare text if it has no brackets."""
    match = _ID.search(text)
    return match.group() if match else text


def _children(mime: Mime) -> list[Mime]:
    parts = mime.get_payload()
    return [p for p in parts if isinstance(p, Mime)] if isinstance(parts, list) else []


def _readable(mime: Mime) -> str:
    """The words of a mail in one line: its plain text, or else its HTML without tags."""
    for kind in ("text/plain", "text/html"):
        texts = [content(part).decode("utf-8", "replace") for part in _bodies(mime, kind)]
        if kind == "text/html":
            texts = [html.unescape(_TAG.sub(" ", text)) for text in texts]
        joined = " ".join(" ".join(texts).split())
        if joined:
            return joined
    return ""


def _bodies(mime: Mime, kind: str) -> Iterator[Mime]:
    for part in mime.walk():
        if part.get_content_type() == kind and not part.get_filename() and not part.is_multipart():
            yield part
