"""Schools out of the entries of a section: institution, degree, field, grade and courses."""

import re
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import entries_of
from hearback.documents.parse.entry import Entry, address_of
from hearback.documents.parse.evidence import degrees, school_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.rows import Row
from hearback.documents.parse.school import School, school_of


def education_in(lines: list[Line]) -> list[dict[str, Any]]:
    """The schools of a section as JSON Resume's `education`, with `Found` at the leaves."""
    schools = [school for entry in entries_of(lines) for part in _apart(entry) if (school := school_of(part))]
    above: School | None = None
    for school in schools:
        if school.institution:
            above = school
        elif above and school.study and _is_first(above):
            # Several degrees at one school: it stands once, above the first.
            school.institution, school.own = above.institution, False
    schools = _merged(schools)
    return [tree for school in schools if (tree := _tree(school))]


def _is_first(school: School) -> bool:
    heads, institution = school.entry.heads, school.institution
    return bool(heads) and institution is not None and institution.quote == heads[0].text


def _merged(schools: list[School]) -> list[School]:
    """An entry with a degree alone and the next with a school alone are one, unless both are dated."""
    kept: list[School] = []
    for school in schools:
        before = kept[-1] if kept else None
        if before and before.own and _completes(before, school):
            before.institution = before.institution or school.institution
            before.study, before.area = before.study or school.study, before.area or school.area
            before.score, before.place = before.score or school.score, before.place or school.place
            before.entry.dated = before.entry.dated or school.entry.dated
        else:
            kept.append(school)
    return kept


def _completes(before: School, school: School) -> bool:
    dated = before.entry.dated is not None and school.entry.dated is not None
    lacks = (before.institution is None and school.study is None and bool(school.institution)) or (
        before.study is None and bool(school.study) and (school.institution is None or not school.own)
    )
    return lacks and not dated


def _apart(entry: Entry) -> list[Entry]:
    """An entry that names a second school or degree without dates is taken apart there."""
    rows = [*entry.heads, *entry.body]
    starts = [0]
    schools = degreed = 0
    for at, row in enumerate(entry.heads):
        is_school, is_degree = _names_school(row), _names_degree(row)
        if (is_school and schools) or (is_degree and degreed):
            starts.append(at)
            schools, degreed = 0, 0
        schools += is_school
        degreed += is_degree
    if len(starts) == 1:
        listed = [row for row in rows if row.line.bullet and _names_degree(row)]
        return _each(entry) if len(listed) > 1 and not entry.dated else [entry]
    cuts = [*starts[1:], len(entry.heads)]
    parts = [Entry(entry.heads[start:end]) for start, end in zip(starts, cuts, strict=True)]
    # The dates stay with the part in whose middle they stand.
    owner = next((at for at, end in enumerate(cuts) if entry.dated_at <= end), len(parts) - 1)
    parts[owner].dated, parts[owner].dated_at = entry.dated, max(entry.dated_at - starts[owner], 0)
    parts[-1].body = entry.body
    return parts


def _each(entry: Entry) -> list[Entry]:
    """One entry for each bulleted line that names a degree."""
    parts = [Entry(entry.heads)] if any(_names_school(row) for row in entry.heads) else []
    for row in entry.body:
        if row.line.bullet and _names_degree(row):
            parts.append(Entry([row], [], row if row.found else None))
        elif parts:
            parts[-1].body.append(row)
    for part in parts:
        if part.dated is not None and part.heads == [part.dated]:
            part.heads = []
    return parts


def _names_school(row: Row) -> bool:
    return school_score(row.rest) >= 0.9


def _names_degree(row: Row) -> bool:
    match = degrees(row.rest)
    return match is not None and match.start() < 30 and not re.match(r"(?i)high school|certificate", match[0])


def _tree(school: School) -> dict[str, Any]:
    entry = school.entry
    address = address_of(entry)
    period = entry.period
    tree: dict[str, Any] = {
        "url": address,
        "institution": school.institution if school.own else _less_sure(school.institution),
        "studyType": school.study,
        "area": school.area,
        "score": school.score,
        "courses": school.courses,
        "location": school.place,
    }
    if period and entry.dated:
        line = entry.dated.line
        tree["startDate"] = None if period.single else found(period.start, line, 0.95)
        tree["endDate"] = found(period.start if period.single else period.end, line, 0.9)
    return tree


def _less_sure(value: Found | None) -> Found | None:
    return Found(value.value, value.quote, value.page, 0.6) if value else None
