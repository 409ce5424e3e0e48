"""Days and times as boards write them, brought to moments with a time zone."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

# Nobody posted a job on the web before; what is earlier is a slip or a placeholder.
_EARLIEST = dt.datetime(1995, 1, 1, tzinfo=dt.UTC)
_LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
# The beginnings of their names in English, German, French, Spanish, Portuguese, Italian, Dutch and Polish.
_MONTHS = (
    *("jan|jän|ene|gen|sty", "feb|fév|fev|lut", "mar|mär|mrt|maa", "apr|avr|abr|kwi", "may|mai|mag|mei|maj"),
    *("jun|juin|giu|cze", "jul|juil|lug|lip", "aug|aoû|aou|ago|sie", "sep|set|wrz", "oct|okt|out|ott|paź"),
    *("nov|lis", "dec|dez|déc|dic|gru"),
)
_MONTH = tuple(re.compile(f"(?:{names})") for names in _MONTHS)
_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\[[\w/]+\])?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"^(\d{4})(?:[./]|年)(\d{1,2})(?:[./]|月)(\d{1,2})(?:$|[日T ])")
_SLASHES = re.compile(r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|(?<=\.)\d{2}(?= ?$))(?!\d)")
_NAMED = re.compile(
    r"^(?:[^\W\d]+,? )?(?:(\d{1,2})(?:\.|er|re|º|th|st|nd|rd)? (?:de |di )?([^\W\d]{3,12})\.?|"
    r"([^\W\d]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?),? (?:de |del )?(\d{4})\b"
)
_AGO = re.compile(r"\b(\d{1,3}|an?|one)(\+)? (minute|hour|day|week|month)s? ago\b")
_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30}


def moment(value: object) -> dt.datetime | None:
    """A moment from ISO 8601, seconds, milliseconds or microseconds since 1970, RFC 822 or a day in words.

    A day alone is its midnight in UTC, as is a time without a zone. None for what is no date, or before
    1995 or after 2099.
    """
    try:
        found = _read(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    if found is None:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC) if _EARLIEST <= aware < _LATEST else None


def posted(value: object, now: dt.datetime | None = None) -> dt.datetime | None:
    """When a job was posted: as `moment`, or counted back from `now` ("Posted 8 Days Ago"); never to come.

    A day that is tomorrow in UTC is today elsewhere, and counts as `now`.
    """
    now = now or dt.datetime.now(dt.UTC)
    found = moment(value) or _ago(value, now)
    if found is None or found > now + dt.timedelta(days=1, hours=14):
        return None
    return min(found, now)


def _read(value: object) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(float(value))
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())[:80]
    if match := _YEAR_FIRST.match(text):
        text = "-".join(match.groups())
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"\d{9,16}(\.\d+)?", text):
        return _of_number(float(text))
    return (
        _iso(text) or _of_day(text) or (parsedate_to_datetime(text) if "," in text or ":" in text else None)
    )


def _of_number(number: float) -> dt.datetime | None:
    """Seconds, milliseconds or microseconds, told apart by their size: all lie between 1995 and 2100."""
    for unit in (1, 1_000, 1_000_000):
        if _EARLIEST.timestamp() <= number / unit < _LATEST.timestamp():
            return dt.datetime.fromtimestamp(number / unit, dt.UTC)
    return None


def _iso(text: str) -> dt.datetime | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    zone = (match[7] or "Z").upper()
    offset = dt.timedelta(0)
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    return dt.datetime(year, month, day, min(hour, 23), minute, min(second, 59), tzinfo=dt.timezone(offset))


def _of_day(text: str) -> dt.datetime | None:
    if match := _SLASHES.match(text):
        one, sign, other, year = int(match[1]), match[2], int(match[3]), int(match[4])
        # With slashes the month comes first, as in the United States, unless it cannot be one.
        month, day = (other, one) if sign != "/" or one > 12 else (one, other)
        year += 2000 if year < 100 else 0
        return dt.datetime(year, month, day, tzinfo=dt.UTC)
    named = _NAMED.match(text.lower())
    if named and ":" not in text:
        word = str(named[2] or named[3])
        months = [at for at, pattern in enumerate(_MONTH, start=1) if pattern.match(word)]
        if months:
            return dt.datetime(int(named[5]), months[0], int(named[1] or named[4]), tzinfo=dt.UTC)
    return None


def _ago(value: object, now: dt.datetime) -> dt.datetime | None:
    if not isinstance(value, str):
        return None
    text = value.lower()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if re.search(r"\b(today|just (posted|now))\b", text):
        return midnight
    if "yesterday" in text:
        return midnight - dt.timedelta(days=1)
    match = _AGO.search(text)
    # "30+ days ago" names no day.
    if not match or match[2]:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    return midnight - dt.timedelta(days=count * _DAYS[match[3]])
