"""The parts of a JSON Resume as sections of a sheet, each with what a reader looks for in it."""

from collections.abc import Callable, Mapping
from typing import Any

from hearback.documents.facts_statements import part
from hearback.documents.render.clean import (
    address,
    line,
    listed,
    name_of,
    paragraphs,
    rows,
    shown,
    text,
    texts,
)
from hearback.documents.render.contacts import contacts
from hearback.documents.render.sheet import Entry, Group, Note, Section, Sheet
from hearback.documents.render.words import Words, direction_of, language_of, words_of

Row = Mapping[str, Any]


def sheet(cv: Row, language: str | None = None, first: tuple[str, ...] = ()) -> Sheet:
    """Lay a JSON Resume out as a sheet. `first` names sections that come before the others."""
    basics = part(cv, "basics")
    said = " ".join(_said(cv))
    words = words_of(language or language_of(said))
    name = name_of(basics)
    found = {key: _section(key, cv, words) for key in _ordered(cv, first)}
    summary = paragraphs(basics.get("summary"))
    sections = [Section("summary", words.headings["summary"], text=summary)] if summary else []
    sections += [section for section in found.values() if section.entries or section.groups]
    return Sheet(
        name=name,
        label=text(basics, "label"),
        title=f"{name} – {words.cv}" if name else words.cv,
        language=words.language,
        page=words.page,
        direction=direction_of(said),
        contacts=contacts(basics),
        sections=tuple(sections),
    )


def _ordered(cv: Row, first: tuple[str, ...]) -> list[str]:
    """The design's order; who names studies before jobs, as graduates do, is shown so."""
    given = [key for key in cv if key in ("education", "work")]
    before = (*first, "education") if given == ["education", "work"] and not first else first
    return [*before, *(key for key in ORDER if key not in before)]


def _section(key: str, cv: Row, words: Words) -> Section:
    heading = words.headings[key]
    if key in GROUPS:
        groups = (GROUPS[key](row) for row in rows(cv, key))
        return Section(key, heading, groups=_grouped([group for group in groups if group != Group("")]))
    entries = (ENTRIES[key](row, words) for row in rows(cv, key))
    return Section(key, heading, entries=tuple(entry for entry in entries if entry != Entry()))


def _grouped(groups: list[Group]) -> tuple[Group, ...]:
    """The groups, or one line of their names where they are nothing else."""
    if not groups or any(group.items for group in groups):
        return tuple(groups)
    return (Group("", tuple(group.name for group in groups)),)


def _said(value: object) -> list[str]:
    """Every string of the CV, to tell its language by."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [said for one in inner for said in _said(one)]


def _job(row: Row, words: Words) -> Entry:
    return Entry(
        title=text(row, "position"),
        organisation=text(row, "name") or text(row, "organization"),
        place=text(row, "location"),
        dates=words.span(text(row, "startDate"), text(row, "endDate")),
        address=address(text(row, "url")),
        about=text(row, "description"),
        text=paragraphs(row.get("summary")),
        points=texts(row, "highlights"),
    )


def _school(row: Row, words: Words) -> Entry:
    degree = words.joins.join(one for one in (text(row, "studyType"), text(row, "area")) if one)
    return Entry(
        title=degree,
        organisation=text(row, "institution"),
        dates=words.span(text(row, "startDate"), text(row, "endDate")),
        address=address(text(row, "url")),
        notes=_notes((words.grade, text(row, "score")), (words.courses, listed(texts(row, "courses")))),
    )


def _project(row: Row, words: Words) -> Entry:
    url = text(row, "url")
    return Entry(
        title=text(row, "name"),
        organisation=text(row, "entity"),
        dates=words.span(text(row, "startDate"), text(row, "endDate")),
        address=address(url),
        shown=shown(url),
        text=paragraphs(row.get("description")),
        points=texts(row, "highlights"),
        notes=_notes(
            (words.role, listed(texts(row, "roles"))),
            (words.kind, text(row, "type")),
            (words.keywords, listed(texts(row, "keywords"))),
        ),
    )


def _certificate(row: Row, words: Words) -> Entry:
    return Entry(
        title=text(row, "name"),
        organisation=text(row, "issuer"),
        dates=words.month(text(row, "date")),
        address=address(text(row, "url")),
    )


def _publication(row: Row, words: Words) -> Entry:
    url = text(row, "url")
    return Entry(
        title=text(row, "name"),
        organisation=text(row, "publisher"),
        dates=words.month(text(row, "releaseDate")),
        address=address(url),
        shown=shown(url),
        text=paragraphs(row.get("summary")),
    )


def _award(row: Row, words: Words) -> Entry:
    return Entry(
        title=text(row, "title"),
        organisation=text(row, "awarder"),
        dates=words.month(text(row, "date")),
        text=paragraphs(row.get("summary")),
    )


def _reference(row: Row, words: Words) -> Entry:
    return Entry(title=text(row, "name"), text=paragraphs(row.get("reference")))


def _skill(row: Row) -> Group:
    name, level = text(row, "name"), text(row, "level")
    named = f"{name} ({level})" if name and level else name or level
    return Group(named, texts(row, "keywords"))


def _language(row: Row) -> Group:
    fluency = text(row, "fluency")
    return Group(text(row, "language"), (fluency,) if fluency else ())


def _notes(*pairs: tuple[str, str]) -> tuple[Note, ...]:
    return tuple(Note(name, line(said)) for name, said in pairs if said)


ENTRIES: dict[str, Callable[[Row, Words], Entry]] = {
    "work": _job,
    "education": _school,
    "projects": _project,
    "certificates": _certificate,
    "publications": _publication,
    "awards": _award,
    "volunteer": _job,
    "references": _reference,
}
GROUPS: dict[str, Callable[[Row], Group]] = {"skills": _skill, "languages": _language, "interests": _skill}
# What employers look at first comes first.
ORDER = (
    *("work", "education", "skills", "projects", "certificates", "publications"),
    *("awards", "languages", "volunteer", "interests", "references"),
)
