"""Time zones as mails name them: by letters, places, offsets, or only as the reader's own."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hearback.mail.date_words import ALSO_WORDS, PLACES, ZONES, compiled
from hearback.mail.sentences import Sentence

_HALF_BEFORE = re.compile(r"[ap]\.?m\.?[\s,(]*$")
_SECONDS_BEFORE = re.compile(r"\d:\d\d:\d\d$")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone as a mail names it: `name` is an IANA name or an offset, "+02:00"."""

    name: str
    info: tzinfo


UNKNOWN = Zone("", UTC)
"""The mail names a zone, but which one cannot be told: "your local time"."""


def zone_at(sentence: Sentence, at: int, sent: datetime | None) -> tuple[Zone | None, int]:
    """The zone that stands at `at`, and where its words end.

    `sent` tells the writer's own offset: letters that mean another zone there are UNKNOWN.
    """
    match = compiled("zone").match(sentence.norm, at)
    if match is None:
        return None, at
    if match["local"]:
        return UNKNOWN, match.end()
    if match["zulu"]:
        return Zone("UTC", UTC), match.end()
    if match["iana"]:
        zone = _iana(match["iana"])
    elif match["shift"]:
        return _shifted(sentence, match, sent)
    elif match["letters"]:
        zone = _by_letters(sentence, match, sent)
    else:
        zone = _named(PLACES[match["place"]]) if match["said"] or _is_zone(sentence, match) else None
    return zone, match.end() if zone else at


def _is_zone(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a place alone is a zone: "2 pm Pacific", and not "2 pm Mountain View office"."""
    if compiled("after_place").match(sentence.norm, match.end()):
        return True
    behind = sentence.text[match.end() :].lstrip()
    return sentence.text[match.start("place")].isupper() and behind[:1].islower()


def common_zone(sentence: Sentence, sent: datetime | None) -> Zone | None:
    """The zone that a sentence gives for all times of its mail: "All times are Eastern"."""
    found = (zone_at(sentence, match.end(), sent)[0] for match in compiled("all_in").finditer(sentence.norm))
    return next((zone for zone in found if zone), None)


def _shifted(sentence: Sentence, match: re.Match[str], sent: datetime | None) -> tuple[Zone | None, int]:
    if not match["name"] and not (
        len(match["shift"]) > 4
        and (match["shift"][0] == "+" or _SECONDS_BEFORE.search(sentence.norm[: match.start()]))
    ):
        return None, match.start()
    # "(UTC-08:00) Pacific Time": the list this comes from shows the winter's offset all year.
    named, end = zone_at(sentence, match.end() + (sentence.norm[match.end() :][:1] == ")"), sent)
    if named:
        return named, end
    zone = _offset(match["shift"])
    return zone, match.end() if zone else match.start()


def _by_letters(sentence: Sentence, match: re.Match[str], sent: datetime | None) -> Zone | None:
    letters = match["letters"]
    start = match.start("letters")
    capitals = sentence.text[start : start + len(letters)].isupper()
    if letters in ALSO_WORDS and not capitals and not _HALF_BEFORE.search(sentence.norm[:start]):
        return None
    meanings = ZONES[letters]
    if len(meanings) == 1:
        return _named(meanings[0])
    places = {PLACES[place[0]] for place in compiled("place").finditer(sentence.norm)}
    settled = [name for name in meanings if name in places]
    if len(settled) == 1:
        return _named(settled[0])
    own = [_offset_in(name, sent) == sent.utcoffset() for name in meanings] if sent else []
    return UNKNOWN if any(own) and not own[0] else _named(meanings[0])


def _offset_in(name: str, moment: datetime) -> timedelta | None:
    return moment.astimezone(ZoneInfo(name)).utcoffset()


def _iana(words: str) -> Zone | None:
    return _named("/".join(part.title().replace("_Of_", "_of_") for part in words.split("/")))


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
    sign = "+" if shift[0] == "+" else "-"
    return Zone(f"{sign}{hours:02d}:{minutes:02d}", timezone(span if sign == "+" else -span))
