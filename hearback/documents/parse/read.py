"""Reads a document's lines as a CV: the one way in to this package."""

from typing import Any

from hearback.documents.lines import Line, Text
from hearback.documents.parse import listed
from hearback.documents.parse.basics import basics_of
from hearback.documents.parse.clean import lines_of
from hearback.documents.parse.contact import email_in
from hearback.documents.parse.dates import at_edges
from hearback.documents.parse.education import education_in
from hearback.documents.parse.entry import GUESSED
from hearback.documents.parse.found import Read, less_sure, settle
from hearback.documents.parse.given import faults, read_given
from hearback.documents.parse.headings import Section
from hearback.documents.parse.linked import link_entries
from hearback.documents.parse.projects import projects_in
from hearback.documents.parse.sections import Part, parts_of
from hearback.documents.parse.skills import skills_in
from hearback.documents.parse.work import work_in

_READERS = {
    Section.WORK: ("work", work_in),
    Section.EDUCATION: ("education", education_in),
    Section.SKILLS: ("skills", skills_in),
    Section.PROJECTS: ("projects", projects_in),
    Section.CERTIFICATES: ("certificates", listed.certificates_in),
    Section.LANGUAGES: ("languages", listed.languages_in),
    Section.AWARDS: ("awards", listed.awards_in),
    Section.PUBLICATIONS: ("publications", listed.publications_in),
    Section.VOLUNTEER: ("volunteer", listed.volunteer_in),
    Section.INTERESTS: ("interests", listed.interests_in),
    Section.REFERENCES: ("references", listed.references_in),
}
_MAY_HOLD_JOBS = frozenset({Section.AWARDS, Section.OTHER, Section.SKILLS, Section.SUMMARY})
_ORDER = ("basics", "work", "volunteer", "education", "awards", "certificates", "publications", "skills",
          "languages", "interests", "references", "projects")  # fmt: skip
NO_CV = (
    "This does not look like a CV: it has no sections such as work, education or skills. "
    "Is it the file you meant?"
)


def read(text: Text) -> Read:
    """The CV in a document. What is no CV says so in the warnings, with little or nothing read."""
    if text.given is not None:
        return read_given(text.given)
    lines = lines_of(text)
    parts = parts_of(lines)
    warnings = list(text.warnings)
    if not _is_cv(parts, lines):
        return Read({}, (), (*warnings, NO_CV))
    _find_jobs(parts)
    tree: dict[str, Any] = {"basics": basics_of(parts, lines, text)}
    for part in parts:
        if part.section in _READERS and part.lines:
            name, reader = _READERS[part.section]
            entries = reader(part.lines)
            tree.setdefault(name, []).extend(less_sure(entries, GUESSED) if part.guessed else entries)
    link_entries(tree, text.links)
    cv, marks = settle({name: tree[name] for name in _ORDER if name in tree})
    if faults(cv):
        raise ValueError("a CV that was read breaks the schema: " + faults(cv)[0].message)
    return Read(cv, marks, tuple(warnings + _missing(cv)))


def _is_cv(parts: list[Part], lines: list[Line]) -> bool:
    """Whether a section that only CVs have stands in it, two of the others, or one and an address of mail."""
    named = {part.section for part in parts} - {Section.HEAD, Section.OTHER, Section.CONTACT}
    strong = {Section.WORK, Section.EDUCATION} & named
    return bool(strong) or len(named) >= 2 or (bool(named) and email_in(lines[:40], ()) is not None)


def _find_jobs(parts: list[Part]) -> None:
    """Where no section of work gives a job, one of another name that holds dated jobs is taken."""
    work = [part for part in parts if part.section is Section.WORK]
    if any(is_dated(part) for part in parts if part.section is Section.VOLUNTEER) or any(
        is_dated(part) and any(job.get("position") or job.get("name") for job in work_in(part.lines))
        for part in work
    ):
        return
    for before, part in zip([None, *parts], parts, strict=False):
        # "Projects" right under an empty heading of work heads the first job's own.
        below = part.section is Section.PROJECTS and before is not None and before.section is Section.WORK
        if (part.section in _MAY_HOLD_JOBS or below) and is_dated(part):
            jobs = work_in(part.lines)
            whole = [job for job in jobs if all(job.get(key) for key in ("position", "name", "startDate"))]
            if len(whole) >= 2:
                part.section, part.guessed = Section.WORK, True


def is_dated(part: Part) -> bool:
    """Whether spans of time stand in a section."""
    return any(not period.single for line in part.lines for period in at_edges(line.text))


def _missing(cv: dict[str, Any]) -> list[str]:
    """What a CV nearly always has and was not found here."""
    basics = cv.get("basics", {})
    wanted = (
        (basics.get("name"), "No name was found."),
        (basics.get("email"), "No email address was found."),
        (cv.get("work") or cv.get("education"), "No job and no school was found."),
    )
    return [
        f"{words} Please add it, or give us the CV in another form." for value, words in wanted if not value
    ]
