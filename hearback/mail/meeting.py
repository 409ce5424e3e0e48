"""Whom the reader meets in an interview and where, as far as the mail says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from hearback.mail import people, vendors
from hearback.mail.calendar_files import Event
from hearback.mail.parse import ParsedMail
from hearback.mail.patterns import pattern, patterns, table
from hearback.mail.sentences import Sentence
from hearback.mail.verdict import INTERVIEWING, Category

LONGEST = 120
MOST_SENTENCES = 80
_P = patterns("meeting")
_ROOMS: dict[str, str] = table("meeting")["rooms"]
_URL = re.compile(r"https?://[^\s<>\"']{4,300}", re.I)
_DIGIT = re.compile(r"\d")
# What stands before a line's first figure or letter says nothing of a place.
_EDGES = " \t,;:.-–—*|<>()[]\"'"


@dataclass(frozen=True, slots=True)
class Meeting:
    """`interviewer` is one name or several, `place` an address, a room, a service or "Phone"."""

    interviewer: str | None = None
    place: str | None = None


def read(mail: ParsedMail, sentences: list[Sentence], category: Category, events: Sequence[Event]) -> Meeting:
    """Whom and where, for mail about an interview; nothing for any other."""
    if category not in INTERVIEWING:
        return Meeting()
    said = [sentence.text for sentence in sentences[:MOST_SENTENCES] if not sentence.below]
    greeted = {name.lower() for name in patterns("companies")["greeted"].findall(mail.fresh[:2000])}
    names = (*_told(said), *(event.organiser for event in events if people.is_named_so(event.organiser)))
    interviewer = next((name for name in names if _is_somebody(name, greeted)), None)
    places = (*(_place(event.location.split("\n")[0]) for event in events), *_places(said), _linked(mail))
    return Meeting(interviewer, next((place for place in places if place), None))


def _told(said: list[str]) -> Iterator[str]:
    """Names in the text, the surest places first."""
    for source, sure in _sources():
        for text in said:
            for match in source.finditer(text):
                name = " ".join(match[1].split())
                if sure or _is_person(name) or _P["title_behind"].match(text, match.end(1)):
                    yield name


@cache
def _sources() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Where names stand, with whether only a person's can stand there."""
    return tuple((pattern(entry["pattern"], "meeting"), entry["sure"]) for entry in table("meeting")["who"])


def _is_person(name: str) -> bool:
    return _P["titled"].match(name) is not None or people.is_named_so(" ".join(name.split()[:2]))


def _is_somebody(name: str, greeted: set[str]) -> bool:
    lower = name.lower()
    if len(name) > LONGEST or any(lower == other or lower.startswith(f"{other} ") for other in greeted):
        return False
    return not vendors.is_vendor_name(name) and not _P["nobody"].search(name)


def _places(said: list[str]) -> Iterator[str | None]:
    for text in said:
        if match := _P["where"].match(text):
            yield _place(match[1])
    # Every address has a number; to look for one without is slow.
    numbered = [text for text in said if _DIGIT.search(text)]
    for key in ("address", "room", "service"):
        for text in numbered if key == "address" else said:
            if match := _P[key].search(text):
                yield _place(match[1])
    if any(_P["phone"].search(text) for text in said):
        yield "Phone"


def _place(text: str) -> str | None:
    """A place as it is written; of an address on the web the service behind it."""
    text = " ".join(text.split())
    if link := _URL.search(text):
        before = text[: link.start()].strip(_EDGES)
        return before[:LONGEST] if re.search(r"\w{3}", before) else _service(link[0])
    if _P["phone"].search(text):
        return "Phone"
    text = text.strip(_EDGES)[:LONGEST]
    return text if re.search(r"\w{2}", text) and not _P["no_place"].search(text) else None


def _service(url: str) -> str | None:
    """The name of the service that a meeting's link belongs to."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    return next((name for end, name in _ROOMS.items() if host == end or host.endswith("." + end)), None)


def _linked(mail: ParsedMail) -> str | None:
    urls = [url for url, _ in mail.links] + _URL.findall(mail.fresh[:20_000])
    return next((name for url in urls[:100] if (name := _service(url))), None)
