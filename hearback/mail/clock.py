"""Times of day and time zones in words: "9:30-10 am ET", "14 Uhr", "at 3"."""

import re
from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hearback.mail.date_words import COUNTS, ZONES, compiled

_SAYS_HALF = re.compile(r"[ap]\.?m|uhr|\dh|:\d\d")
# "At 3" in mail about interviews is in the afternoon, "at 9" in the morning.
_FIRST_WORKING_HOUR = 8


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as a mail names it: `name` is an IANA name or an offset, "+02:00"."""

    name: str
    info: tzinfo


@dataclass(frozen=True, slots=True)
class Span:
    """A time of day, perhaps with its end, and where it stands in the sentence."""

    begin: time
    finish: time | None
    start: int
    end: int
    zone: Zone | None


def times(norm: str, start: int, end: int) -> list[Span]:
    """The times of day in `norm[start:end]`."""
    found: list[Span] = []
    for match in compiled("time").finditer(norm, start, end):
        if match["word"]:
            begin: time | None = time(0) if match["word"] == "midnight" else time(12)
            finish = None
        else:
            begin = _clock(match["from"], match["to"], bool(match["at"]))
            finish = _clock(match["to"], None, True) if match["to"] else None
        if begin is None or (match["to"] and finish is None):
            continue
        zone, length = zone_at(norm[match.end() : match.end() + 45])
        found.append(Span(begin, finish, match.start(), match.end() + length, zone))
    return found


def duration(norm: str) -> timedelta | None:
    """How long a sentence says that a talk takes."""
    match = compiled("duration").search(norm)
    if match is None:
        return None
    if match["half"]:
        return timedelta(minutes=30)
    if match["minutes"]:
        minutes = int(match["minutes"])
        return timedelta(minutes=minutes) if 5 <= minutes <= 480 else None
    return timedelta(hours=COUNTS.get(match["hours"]) or int(match["hours"]))


def common_zone(norm: str) -> Zone | None:
    """The zone that a sentence gives for all times of its mail: "All times are Eastern"."""
    match = compiled("all_in").search(norm)
    return zone_at(" " + match["rest"])[0] if match else None


def zone_at(rest: str) -> tuple[Zone | None, int]:
    """The time zone at the beginning of `rest`, and how many characters it takes."""
    match = compiled("zone").match(rest)
    if not match:
        return None, 0
    if match["iana"]:
        zone = _named(match["iana"].title().replace("_Of_", "_of_"))
        return zone, match.end() if zone else 0
    name = ZONES.get(match["name"] or "")
    shift = match["offset"] or (match["shift"] if name == "UTC" else None)
    if shift:
        zone = _offset(shift)
        return zone, match.end() if zone else 0
    return (_named(name), match.end()) if name else (None, 0)


def _named(name: str) -> Zone | None:
    try:
        return Zone(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _offset(shift: str) -> Zone | None:
    digits = re.sub(r"\D", "", shift)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours > 14 or minutes > 59:
        return None
    span = timedelta(hours=hours, minutes=minutes)
    sign = "-" if "-" in shift else "+"
    return Zone(f"{sign}{hours:02d}:{minutes:02d}", timezone(-span if sign == "-" else span))


def _clock(words: str, other: str | None, at: bool) -> time | None:
    """A time of day; a bare number counts only behind "at" or beside one that says am or pm."""
    match = compiled("parts").match(words)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").replace(".", "")
    if "." in match[0] and not half and not at:
        # 2.10 is a version or a price far oftener than a time.
        return None
    if not match[2] and not half:
        if other and _SAYS_HALF.search(other):
            half = _inherited(hour, other)
        elif not at:
            return None
        elif 1 <= hour < _FIRST_WORKING_HOUR:
            half = "pm"
    elif not half and other:
        half = _inherited(hour, other)
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return time(hour, minute) if hour < 24 else None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _inherited(hour: int, other: str) -> str:
    """The half of the day that the end of a span gives to its beginning."""
    match = re.search(r"(\d{1,2})[^ap]*([ap])\.?m", other)
    if not match:
        return ""
    # "11-1 pm" starts in the morning.
    later = int(match[1]) % 12 >= hour % 12
    return match[2] + "m" if later or match[2] == "a" else "am"
