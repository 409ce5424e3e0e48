"""What pages say of a document: how its reading stands, and how much of it is to be checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearback.documents.parse.found import SURE
from hearback.documents.tailor.posting import Tone
from hearback.models import Document, DocumentKind, DocumentVersion, Making, Origin, Reading, Tailoring
from hearback.words import plural

KINDS = {
    DocumentKind.CV: "A CV, to be read",
    DocumentKind.LETTER: "A letter",
    DocumentKind.OTHER: "Something else, such as a certificate",
}
WORDS = {
    Reading.WAITING: "Waits to be read.",
    Reading.READING: "Is being read.",
    Reading.FAILED: "Could not be read.",
}

# What a letter may sound like.
TONES = {Tone.PLAIN: "Plain", Tone.WARM: "Warm", Tone.FORMAL: "Formal"}
MAKING = {
    Making.WAITING: "Waits to be made.",
    Making.MAKING: "Is being made.",
    Making.MADE: "Made.",
    Making.FAILED: "Could not be made.",
}


def words(document: Document, version: DocumentVersion) -> str:
    """How the newest version of a document stands, in a sentence or two."""
    if document.kind != DocumentKind.CV:
        return "Kept as it is, to be sent along."
    if version.state == Reading.FAILED:
        return version.words or WORDS[Reading.FAILED]
    if version.state != Reading.READ:
        return WORDS[Reading(version.state)]
    if version.origin == Origin.EDITED:
        return "As you corrected it."
    return f"Read: {_counted(version.cv or {})}."


def tone(document: Document, version: DocumentVersion) -> str:
    """The tone of those words, as the style sheet has them."""
    if document.kind != DocumentKind.CV:
        return "plain"
    if version.state == Reading.FAILED:
        return "problem"
    return "done" if version.state == Reading.READ else "doubt"


def unsure(version: DocumentVersion) -> int:
    """How many values of a version its owner should look at."""
    return sum(mark["sure"] < SURE for mark in version.marks)


def title(states: Sequence[str], checks: int) -> str:
    """The first words of the shelf: what there is, and what is to be done. `states` are those of the CVs."""
    if not states:
        return "No CV is here yet."
    failed = sum(state == Reading.FAILED for state in states)
    if failed:
        return "One CV could not be read." if failed == 1 else f"{failed} CVs could not be read."
    if any(state != Reading.READ for state in states):
        return "Your CV is being read." if len(states) == 1 else "Your CVs are being read."
    read = "Your CV is read" if len(states) == 1 else f"{len(states)} CVs are read"
    if not checks:
        return f"{read}."
    return f"{read}. {checks} {'value is' if checks == 1 else 'values are'} to be checked."


def uploaded(versions: Sequence[DocumentVersion]) -> str:
    """What is said after an upload."""
    names = ", ".join(version.filename for version in versions)
    if any(version.state == Reading.WAITING for version in versions):
        return f"Took {names}. What was read in it shows here in a moment."
    return f"{names} is here."


def deleted(document_id: int) -> str:
    """What is said after a deletion."""
    of_it = DocumentVersion.select(DocumentVersion.id).where(DocumentVersion.document == document_id)
    if Tailoring.select().where(Tailoring.version.in_(of_it) & Tailoring.deleted_at.is_null()).exists():
        return "Deleted. In a day it goes for good, with what was made of it for jobs."
    return "Deleted. It can be brought back for a day."


def _counted(cv: Mapping[str, Any]) -> str:
    """What a CV holds, in numbers: "4 jobs, 2 schools, 18 skills"."""
    skills = sum(len(skill.get("keywords") or [1]) for skill in cv.get("skills") or [])
    counts = (
        (len(cv.get("work") or []), "job"),
        (len(cv.get("education") or []), "school"),
        (skills, "skill"),
        (len(cv.get("projects") or []), "project"),
        (len(cv.get("publications") or []), "publication"),
    )
    told = [plural(count, one) for count, one in counts if count]
    return ", ".join(told) or "hardly anything; look whether it is the right file"
