"""The parts of a message: which text to read, and what is attached."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from hearback.mail import html_text
from hearback.mail.charsets import header_text, text_of, transfer_decoded

LONGEST_TEXT = html_text.LONGEST_TEXT
LONGEST_CALENDAR = 200_000
LONGEST_FILE_NAME = 4_000
MOST_PARTS = 200


@dataclass(slots=True)
class Body:
    """What is collected while the parts of a message are walked."""

    plain: list[str] = field(default_factory=list)
    html: list[html_text.Page] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)
    calendar: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


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


def collect(message: Message, body: Body) -> None:
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
    return header_text(name[:LONGEST_FILE_NAME]) if name else None


def _part_text(part: Message) -> str:
    encoding = str(part.get("content-transfer-encoding") or "")
    try:
        label = part.get_param("charset")
    except (LookupError, ValueError, TypeError):
        label = None
    # Asked for text, the library would already have used the label, right or wrong; without the
    # header it hands out the bytes as they came.
    del part["content-transfer-encoding"]
    data = part.get_payload(decode=True)
    data = transfer_decoded(data, encoding) if isinstance(data, bytes) else b""
    return text_of(data, label if isinstance(label, str) else None).replace("\r\n", "\n")


def chosen(body: Body) -> str:
    """The text to read: plain, unless it only tells to look at the HTML part."""
    plain = "\n".join(body.plain).strip()
    rich = "\n".join(page.text for page in body.html).strip()
    stub = len(plain) < 40 and len(rich) > len(plain)
    if rich and (stub or (len(plain) * 4 < len(rich) and "html" in plain[:500].lower())):
        plain = rich
    if html_text.looks_like_html(plain[:2000]) and "</" in plain:
        # Some systems send HTML under the label of plain text.
        body.html.append(html_text.read(plain))
        plain = body.html[-1].text
    clean = html_text.INVISIBLE.sub("", plain.replace("\r", "\n").replace("\0", ""))
    return clean.strip()[:LONGEST_TEXT]
