"""The statements of a CV one by one, each with the path that it stands at."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# The parts of JSON Resume that hold entries. https://docs.jsonresume.org/schema
SECTIONS = (
    "work", "volunteer", "projects", "education", "skills", "certificates", "awards", "publications",
    "languages", "interests", "references",
)  # fmt: skip
MOST_ENTRIES = 200
# Texts that are no words of a person.
_NO_WORDS = frozenset(
    {"url", "image", "startDate", "endDate", "date", "releaseDate", "$schema", "countryCode"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a CV says at one place: `path` is such as `work[0].highlights[2]`."""

    path: str
    text: str


def part(cv: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What is one object in the CV, such as its basics; empty where there is none."""
    found = cv.get(name)
    return found if isinstance(found, Mapping) else {}


def entries(cv: Mapping[str, Any], section: str) -> list[Mapping[str, Any]]:
    """The entries of a section; none where there is no list."""
    found = cv.get(section)
    return (
        [one for one in found[:MOST_ENTRIES] if isinstance(one, Mapping)] if isinstance(found, list) else []
    )


def statements(value: Any, path: str = "") -> Iterator[Statement]:
    """Every text below a value, addresses and dates left out, in the order in which it stands there."""
    if isinstance(value, str):
        if text := re.sub(r"[ \t\r\n]+", " ", value).strip():
            yield Statement(path, text)
    elif isinstance(value, Mapping):
        for key, below in value.items():
            if key not in _NO_WORDS:
                yield from statements(below, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from statements(below, f"{path}[{place}]")


def of_cv(cv: Mapping[str, Any]) -> Iterator[Statement]:
    """What the whole CV says, its basics first. What is kept beside (meta) is not part of it."""
    basics = part(cv, "basics")
    yield from statements(
        {key: basics.get(key) for key in ("name", "label", "summary", "location")}, "basics"
    )
    for section in SECTIONS:
        for place, entry in enumerate(entries(cv, section)):
            yield from statements(entry, f"{section}[{place}]")


def text(entry: Mapping[str, Any], key: str) -> str:
    """A text of an entry in one line, empty where there is none."""
    value = entry.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def texts(entry: Mapping[str, Any], key: str) -> list[str]:
    """A list of texts of an entry, the empty ones left out."""
    value = entry.get(key)
    return (
        [one.strip() for one in value if isinstance(one, str) and one.strip()]
        if isinstance(value, list)
        else []
    )
