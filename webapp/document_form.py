"""The form of a CV: which fields it has, the CV as their values, and what was typed as a CV again.

Names in the form are paths, "work.0.position"; `work.0.was` says which entry of the CV before it was, so
that what the form has no field for stays with it.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """One field. `kind`: line, text (many lines), day, lines (one value a line), words (by commas)."""

    key: str
    label: str
    kind: str = "line"
    hint: str = ""


@dataclass(frozen=True)
class Part:
    """A list of entries of one kind; `one` names an entry on its buttons."""

    key: str
    title: str
    one: str
    fields: tuple[Field, ...]


DAY = "such as 2021-03, or 2021"
FROM, UNTIL = Field("startDate", "From", "day", DAY), Field("endDate", "Until", "day", "empty: still")
WEB, SUMMARY = Field("url", "Web address"), Field("summary", "In a sentence or two", "text")
POINTS = Field("highlights", "Points, one a line", "lines")
BASICS = (
    *(Field("name", "Name"), Field("label", "Headline", hint="such as Nurse")),
    *(Field("email", "Mail"), Field("phone", "Phone"), WEB, Field("summary", "Profile", "text")),
)
PLACE = (
    *(Field("address", "Street"), Field("postalCode", "Postal code"), Field("city", "City")),
    *(Field("region", "Region"), Field("countryCode", "Country", hint="two letters, such as DE")),
)
PARTS = (
    Part(
        "profiles", "Profiles", "profile", (Field("network", "Where"), Field("username", "Name there"), WEB)
    ),
    Part(
        *("work", "Work", "job"),
        (
            *(Field("position", "Title"), Field("name", "Employer"), Field("location", "Place")),
            *(FROM, UNTIL, WEB, SUMMARY, POINTS),
        ),
    ),
    Part(
        *("education", "Education", "school"),
        (
            *(Field("institution", "School"), Field("studyType", "Degree"), Field("area", "Subject")),
            *(FROM, UNTIL, Field("score", "Grade"), Field("courses", "Courses, one a line", "lines")),
        ),
    ),
    Part(
        *("skills", "Skills", "group of skills"),
        (Field("name", "Group"), Field("level", "Level"), Field("keywords", "Skills, with commas", "words")),
    ),
    Part("languages", "Languages", "language", (Field("language", "Language"), Field("fluency", "How well"))),
    Part(
        *("projects", "Projects", "project"),
        (Field("name", "Name"), FROM, UNTIL, WEB, Field("description", "What it is", "text"), POINTS),
    ),
    Part(
        *("certificates", "Certificates", "certificate"),
        (Field("name", "Name"), Field("issuer", "From whom"), Field("date", "When", "day", DAY), WEB),
    ),
    Part(
        *("awards", "Awards", "award"),
        (Field("title", "Award"), Field("awarder", "From whom"), Field("date", "When", "day", DAY), SUMMARY),
    ),
    Part(
        *("publications", "Publications", "publication"),
        (
            *(Field("name", "Title"), Field("publisher", "Where")),
            *(Field("releaseDate", "When", "day", DAY), WEB, SUMMARY),
        ),
    ),
    Part(
        *("volunteer", "Volunteering", "post"),
        (
            *(Field("position", "Role"), Field("organization", "Organisation")),
            *(FROM, UNTIL, WEB, SUMMARY, POINTS),
        ),
    ),
    Part(
        "interests", "Interests", "interest", (Field("name", "Interest"), Field("keywords", "More", "words"))
    ),
    Part(
        "references", "References", "reference", (Field("name", "Who"), Field("reference", "Words", "text"))
    ),
)
KNOWN = {part.key: part for part in PARTS}


def values_of(cv: Mapping[str, Any]) -> dict[str, str]:
    """A CV as the form's names and values."""
    basics = cv.get("basics") or {}
    out = _flat("basics", basics, BASICS) | _flat("place", basics.get("location") or {}, PLACE)
    for part in PARTS:
        for at, entry in enumerate(entries(cv, part.key)):
            out |= {f"{part.key}.{at}.was": str(at)} | _flat(f"{part.key}.{at}", entry, part.fields)
    return out


def cv_of(values: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as a CV; what the form has no field for is taken from the CV `before`."""
    cv = deepcopy(dict(before))
    basics = _typed(values, "basics", BASICS, cv.get("basics") or {})
    place = _typed(values, "place", PLACE, basics.pop("location", None) or {})
    basics |= {"location": place} if place else {}
    for part in PARTS:
        old = entries(before, part.key)
        typed = []
        for at in range(count(values, part.key)):
            was = values.get(f"{part.key}.{at}.was", "")
            kept = old[int(was)] if was.isdecimal() and len(was) < 6 and int(was) < len(old) else {}
            entry = _typed(values, f"{part.key}.{at}", part.fields, kept)
            if any(field.key in entry for field in part.fields):
                typed.append(entry)
        home = basics if part.key == "profiles" else cv
        home.pop(part.key, None)
        home |= {part.key: typed} if typed else {}
    return cv | {"basics": basics} if basics else {key: value for key, value in cv.items() if key != "basics"}


def changed(values: Mapping[str, str], act: str) -> dict[str, str]:
    """The values after a button: "add work", "drop work 1", "up work 1". Unknown ones do nothing."""
    name, _, rest = act.partition(" ")
    key, _, number = rest.partition(" ")
    have = count(values, key)
    at = int(number) if number.isdecimal() and len(number) < 6 else -1
    if key not in KNOWN:
        return dict(values)
    order: list[int | None] = list(range(have))
    if name == "add":
        order.append(None)
    elif name == "drop" and 0 <= at < have:
        del order[at]
    elif name == "up" and 0 < at < have:
        order[at - 1], order[at] = order[at], order[at - 1]
    rest_of = {path: value for path, value in values.items() if not path.startswith(f"{key}.")}
    for to, source in enumerate(order):
        rest_of[f"{key}.{to}.was"] = "" if source is None else values.get(f"{key}.{source}.was", "")
        for field in KNOWN[key].fields:
            rest_of[f"{key}.{to}.{field.key}"] = (
                "" if source is None else values.get(f"{key}.{source}.{field.key}", "")
            )
    return rest_of


def count(values: Mapping[str, str], key: str) -> int:
    """How many entries of a part the form has: they are numbered without a gap."""
    at = 0
    while f"{key}.{at}.was" in values:
        at += 1
    return at


def entries(cv: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The entries of a part, wherever JSON Resume has it."""
    home = (cv.get("basics") or {}) if key == "profiles" else cv
    return [entry for entry in home.get(key) or [] if isinstance(entry, dict)]


def _flat(path: str, entry: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, str]:
    return {f"{path}.{field.key}": _shown(entry.get(field.key), field) for field in fields}


def _shown(value: Any, field: Field) -> str:
    if isinstance(value, list):
        return (", " if field.kind == "words" else "\n").join(str(one) for one in value)
    return "" if value is None else str(value)


def _typed(
    values: Mapping[str, str], path: str, fields: tuple[Field, ...], before: Mapping[str, Any]
) -> dict[str, Any]:
    """An entry with what was typed; a field that is empty is left out."""
    entry = dict(before)
    for field in fields:
        # No database takes a text with a zero byte.
        text = values.get(f"{path}.{field.key}", "").replace("\r\n", "\n").replace("\0", "").strip()
        entry.pop(field.key, None)
        if field.kind in {"lines", "words"}:
            parts = [" ".join(one.split()) for one in text.split("\n" if field.kind == "lines" else ",")]
            entry |= {field.key: [one for one in parts if one]} if any(parts) else {}
        elif text:
            entry[field.key] = text if field.kind == "text" else " ".join(text.split())
    return entry
