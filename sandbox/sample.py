"""The sample mailbox: one job seeker's last weeks of mail, dated relative to the day it is loaded.

Each `mailbox/NN-name.eml` is a mail as one reads it: the bodies stand there decoded, in UTF-8.
Loading fills in the dates, drops the `X-Sandbox-` headers and writes every text part in the
charset and transfer encoding that its own headers name, with CRLF. What comes out is byte for
byte what Gmail would hold; headers, boundaries and attachments are kept as they are written.

Headers for the loader alone:

    X-Sandbox-Received   when the mail arrived, a moment as below (required)
    X-Sandbox-Labels     Gmail labels, separated by commas (required)
    X-Sandbox-Thread     what ties the mails of one conversation together
    X-Sandbox-Charset    in a part: the charset of the bytes, where the part's label is wrong

Dates are written `{{MOMENT | FORMAT}}`. A moment is one of

    -23b 09:14           23 working days before today at 09:14 in New York; +3b lies ahead
    +3b 15:00 Europe/Berlin      the same, the time being told in another zone
    -65m                 65 minutes ago
    received-3s          three seconds before this mail arrived (also m and h, or nothing)
    received Asia/Tokyo  the arrival, told in another zone

Working days (Monday to Friday) keep interviews off Sundays whatever the day of loading; the
time may be left out where only the day is shown. A format is `mail` (RFC 5322, the default),
`ics` (UTC), `ics-local`, `unix`, or strftime's codes; `de:` before them gives German names.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.message import Message
from email.parser import Parser
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

MAILBOX = Path(__file__).parent / "mailbox"
HOME = ZoneInfo("America/New_York")

_PLACEHOLDER = re.compile(r"\{\{(?P<moment>[^|{}]+?)\s*(?:\|\s*(?P<format>[^{}]+?)\s*)?\}\}")
_WORKING_DAY = re.compile(
    r"(?P<days>[+-]\d+)b(?: (?P<time>\d\d:\d\d(?::\d\d)?))?(?: (?P<zone>[A-Z]\w+/\w+))?"
)
_MINUTES_AGO = re.compile(r"-(?P<minutes>\d+)m")
_RECEIVED = re.compile(r"received(?:(?P<shift>[+-]\d+)(?P<unit>[smh]))?(?: (?P<zone>[A-Z]\w+/\w+))?")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}
_ENCODED_BY_LOADER = ("text/", "application/ics")

# strftime's own names follow the locale of the process; a sample mail must not.
_NAMES = {
    "en": (
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        (
            *("January", "February", "March", "April", "May", "June", "July", "August"),
            *("September", "October", "November", "December"),
        ),
    ),
    "de": (
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        (
            *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
            *("September", "Oktober", "November", "Dezember"),
        ),
    ),
}


@dataclass(frozen=True)
class SampleMail:
    """One mail of the sample mailbox, as Gmail would hold it."""

    name: str
    raw: bytes
    received: datetime
    labels: list[str]
    thread: str | None


def messages(now: datetime) -> list[SampleMail]:
    """Build the whole mailbox as it stands at `now` (aware), oldest mail first.

    Every mail is at most 80 days old and none is later than `now`. The same `now` gives the
    same bytes.
    """
    sources = sorted(MAILBOX.glob("*.eml"))
    return sorted((_build(path, now) for path in sources), key=lambda mail: mail.received)


def moment(text: str, now: datetime, received: datetime | None = None) -> datetime:
    """Read a moment in the syntax of this module; without a time of day it is midnight.

    Raises ValueError when `now` is naive or the text is no moment.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware: give it a time zone")
    now = now.astimezone(HOME).replace(microsecond=0)
    if match := _WORKING_DAY.fullmatch(text):
        clock = time.fromisoformat(match["time"] or "00:00")
        zone = ZoneInfo(match["zone"]) if match["zone"] else HOME
        return datetime.combine(_working_day(now.date(), int(match["days"])), clock, zone)
    if match := _MINUTES_AGO.fullmatch(text):
        return _shift(now, timedelta(minutes=-int(match["minutes"])))
    if (match := _RECEIVED.fullmatch(text)) and received is not None:
        if match["unit"]:
            received = _shift(received, timedelta(**{_UNITS[match["unit"]]: int(match["shift"])}))
        return received.astimezone(ZoneInfo(match["zone"])) if match["zone"] else received
    raise ValueError(f"not a moment: {text!r}")


def _build(path: Path, now: datetime) -> SampleMail:
    source = path.read_text(encoding="utf-8")
    headers = Parser().parsestr(source, headersonly=True)
    received = moment(headers["X-Sandbox-Received"], now)

    def fill(match: re.Match[str]) -> str:
        return _format(moment(match["moment"], now, received), match["format"] or "mail")

    return SampleMail(
        name=path.stem,
        raw=_encode(_PLACEHOLDER.sub(fill, source)),
        received=received,
        labels=[label.strip() for label in headers["X-Sandbox-Labels"].split(",")],
        thread=headers["X-Sandbox-Thread"],
    )


def _encode(entity: str) -> bytes:
    """Turn one readable MIME entity into its bytes, and so the parts within it."""
    head, _, body = entity.partition("\n\n")
    headers = Parser().parsestr(head + "\n\n", headersonly=True)
    lines = re.sub(r"^X-Sandbox-[^\n]*\n", "", head + "\n", flags=re.MULTILINE)
    return _crlf(lines.encode("ascii")) + b"\r\n" + _encode_body(headers, body)


def _encode_body(headers: Message, body: str) -> bytes:
    boundary = headers.get_boundary()
    if boundary is not None:
        pieces = re.split(rf"^(--{re.escape(boundary)}(?:--)?\n)", body, flags=re.MULTILINE)
        # Odd pieces are the boundary lines; before the first and after the last is no entity.
        return b"".join(
            _encode(piece) if index % 2 == 0 and 0 < index < len(pieces) - 1 else _crlf(piece.encode("ascii"))
            for index, piece in enumerate(pieces)
        )
    if not headers.get_content_type().startswith(_ENCODED_BY_LOADER):
        return _crlf(body.encode("ascii"))
    charset = headers["X-Sandbox-Charset"] or headers.get_content_charset("utf-8")
    encoding = (headers["Content-Transfer-Encoding"] or "7bit").lower()
    if encoding == "base64":
        return _crlf(base64.encodebytes(_crlf(body.encode(charset))))
    if encoding == "quoted-printable":
        return _crlf(binascii.b2a_qp(body.encode(charset)))
    return _crlf(body.encode(charset))


def _crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _working_day(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    while count != 0:
        day += step
        if day.weekday() < 5:
            count -= step.days
    return day


def _shift(when: datetime, by: timedelta) -> datetime:
    """Add elapsed time: plain addition would move the clock on the wall across a DST change."""
    return datetime.fromtimestamp(when.timestamp() + by.total_seconds(), tz=when.tzinfo)


def _format(when: datetime, form: str) -> str:
    if form == "mail":
        return format_datetime(when)
    if form == "unix":
        return str(int(when.timestamp()))
    if form == "ics":
        return f"{when.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}"
    if form == "ics-local":
        return f"{when:%Y%m%dT%H%M%S}"
    language = "en"
    if form.startswith("de:"):
        language, form = "de", form.removeprefix("de:")
    days, months = _NAMES[language]
    day, month = days[when.weekday()], months[when.month - 1]
    names = {"%A": day, "%a": day[:3], "%B": month, "%b": month[:3]}
    names["%p"] = "AM" if when.hour < 12 else "PM"
    return when.strftime(re.sub("%[AaBbp]", lambda code: names[code[0]], form))
