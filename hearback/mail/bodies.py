"""The parts of a message: which text to read, and what is attached."""

import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from hearback.mail import html_text
from hearback.mail.charsets import codec, header_text, text_of, transfer_decoded

LONGEST_TEXT = html_text.LONGEST_TEXT
LONGEST_CALENDAR = 200_000
LONGEST_FILE_NAME = 4_000
MOST_PARTS = 200
# Other parts of type text are for programs: AMP pages, visiting cards, headers of a bounced mail, tables.
_PROSE = frozenset({"text/plain", "text/html", "text/enriched", "text/markdown", "text/x-plain"})
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w:.-]{1,40})", re.I)
_CODED = re.compile(rb"=(?:3D|20|C3|E2|\r?\n)")
_ADDRESS = re.compile(r"https?://\S+")
_STYLE_RULE = re.compile(r"[{;]\s*[a-z-]{3,30}\s*:[^;{}\n]{1,80};", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.I)
# A plain part with this share of the page's letters says less than the page.
_LESS = 0.5
_MOST = 0.8
_STUB = 40


@dataclass(slots=True)
class Body:
    """What is collected while the parts of a message are walked.

    `plain` may be another form of the page, `beside` never is. `attached` holds the texts of messages
    within the message.
    """

    plain: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    html: list[html_text.Page] = field(default_factory=list)
    attached: "Body | None" = None
    calendar: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def _parts(message: Message) -> Iterator[tuple[Message, bool, bool]]:
    """Each leaf part with whether it stands inside an attached message and among alternatives; bounded."""
    stack = [(message, False, False)]
    seen = 0
    while stack and seen < MOST_PARTS:
        part, inside, optional = stack.pop()
        seen += 1
        payload = part.get_payload()
        if isinstance(payload, list):
            inside = inside or part.get_content_type() == "message/rfc822"
            optional = optional or part.get_content_type() == "multipart/alternative"
            children = (child for child in reversed(payload) if isinstance(child, Message))
            stack.extend((child, inside, optional) for child in children)
        else:
            yield part, inside, optional


def collect(message: Message, body: Body) -> None:
    """Adds the parts of `message` to `body`."""
    for part, inside, optional in _parts(message):
        kind = part.get_content_type()
        name = _file_name(part)
        if name:
            body.attachments.append(name)
        if inside and body.attached is None:
            body.attached = Body()
        target = body.attached if inside and body.attached else body
        # Who sends one text file after another attaches them, whatever the label says.
        later = name is not None and bool(target.plain or target.beside or target.html)
        attached = later or (part.get_content_disposition() or "") == "attachment"
        if kind in {"text/calendar", "application/ics"} or (name or "").lower().endswith(".ics"):
            body.calendar.append(_part_text(part)[:LONGEST_CALENDAR])
        elif kind == "text/html" and not attached:
            target.html.append(html_text.read(_part_text(part)))
        elif kind in _PROSE and not attached:
            (target.plain if optional else target.beside).append(_part_text(part)[:LONGEST_TEXT])


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
    if encoding.strip().lower() != "base64" and b"=\n" in data.replace(b"\r", b""):
        # Gateways drop or change the header and leave the body quoted-printable.
        data = quopri.decodestring(data) if len(_CODED.findall(data)) >= 3 else data
    label = label if isinstance(label, str) else None
    if codec(label) is None and (told := _META_CHARSET.search(data[:4000])):
        label = told[1].decode("ascii", "replace")
    return text_of(data, label).replace("\r\n", "\n")


def chosen(body: Body) -> str:
    """The text to read: plain, unless the page says more; then what gateways and lists add."""
    rich = "\n".join(page.text for page in body.html).strip()
    added = [text for text in body.beside if rich and not _repeats(text, rich)]
    forms = [*body.plain, *(text for text in body.beside if text not in added)]
    plain = "\n".join(forms).strip()
    if rich and _says_less(plain, rich):
        plain = rich
    plain = "\n\n".join((plain, *added)).strip()
    if html_text.looks_like_html(plain[:2000]) and "</" in plain:
        # Some systems send HTML under the label of plain text.
        body.html.append(html_text.read(plain))
        plain = body.html[-1].text
    else:
        plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), plain)
    clean = html_text.INVISIBLE.sub("", plain.replace("\r", "\n").replace("\0", ""))
    return clean.strip()[:LONGEST_TEXT]


def _repeats(text: str, rich: str) -> bool:
    """Whether a plain part that stands beside a page is that page in other dress."""
    words = set(text.split())
    return len(words.intersection(rich.split())) >= len(words) * _MOST


def _says_less(plain: str, rich: str) -> bool:
    """Whether a plain part only tells to look at the page, or was made of its style sheet."""
    if len(plain) < _STUB and len(rich) > len(plain):
        return True
    said, shown = (sum(map(str.isalnum, _ADDRESS.sub("", text))) for text in (plain, rich))
    if said < shown and "html" in plain[:500].lower():
        return True
    return said < shown * _LESS or len(_STYLE_RULE.findall(plain[:20_000])) >= 3
