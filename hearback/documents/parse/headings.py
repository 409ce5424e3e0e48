"""Which section of a CV a line heads."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from hearback.documents.parse.tables import fold, phrases, table, words


class Section(StrEnum):
    """The parts of a CV; the head is what stands before the first heading."""

    HEAD = "head"
    SUMMARY = "summary"
    WORK = "work"
    EDUCATION = "education"
    SKILLS = "skills"
    PROJECTS = "projects"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    AWARDS = "awards"
    PUBLICATIONS = "publications"
    VOLUNTEER = "volunteer"
    INTERESTS = "interests"
    REFERENCES = "references"
    CONTACT = "contact"
    OTHER = "other"


# Words that make a heading of what stands before them, where the whole is not in the list.
_LAST = {
    "experience": Section.WORK,
    "employment": Section.WORK,
    "internships": Section.WORK,
    "education": Section.EDUCATION,
    "skills": Section.SKILLS,
    "competencies": Section.SKILLS,
    "expertise": Section.SKILLS,
    "projects": Section.PROJECTS,
    "certifications": Section.CERTIFICATES,
    "certificates": Section.CERTIFICATES,
    "publications": Section.PUBLICATIONS,
    "awards": Section.AWARDS,
    "honors": Section.AWARDS,
    "achievements": Section.AWARDS,
    "interests": Section.INTERESTS,
    "memberships": Section.OTHER,
    "activities": Section.OTHER,
    "affiliations": Section.OTHER,
    "presentations": Section.OTHER,
    "kenntnisse": Section.SKILLS,
    "erfahrung": Section.WORK,
}
_LONGEST = 60


@cache
def _known() -> dict[str, Section]:
    known: dict[str, Section] = {}
    # Where two languages mean different things by one word, the more usual comes first.
    for name in table("headings"):
        for phrase in phrases("headings", name):
            known.setdefault(phrase.replace(" ", ""), Section(name))
    return known


@lru_cache(maxsize=4096)
def named(text: str) -> Section | None:
    """The section that a line names by its words alone, however they are spaced; None for other lines."""
    bare = text.strip().strip(":：.-–—_|•*#()[]“”\"'■►▪● ").strip()
    if not bare or len(bare) > _LONGEST or re.search(r"\d", bare):
        return None
    if "," in bare or re.search(r"[.;:] ", bare):
        return None
    bare = re.sub(r"\b(?:cont(?:inued|d|\.)?|fortsetzung)\b.*$|\(.*?\)", "", bare, flags=re.IGNORECASE)
    key = fold(bare.replace("/", " and ").replace("’", "'")).replace("'", " ")
    compact = key.replace(" ", "")
    known = _known().get(compact) or _known().get(fold(bare).replace(" ", ""))
    return known or (_by_parts(key) if _capital(bare) else None)


def _capital(text: str) -> bool:
    """Whether each longer word begins with a capital letter, and the first tells no deed."""
    longer = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3 and word != "other"]
    deed = bool(set(fold(text).split()[:1]) & words("roles", "doing"))
    return all(word[0].isupper() for word in longer) and not deed


def _section_of(part: str) -> Section | None:
    return _known().get(part.replace(" ", "")) or _LAST.get(part.split()[-1])


def _by_parts(key: str) -> Section | None:
    """ "Skills and hobbies", or listed that end in one that makes a heading: "Leadership experience"."""
    listed = key.split()
    if not 1 < len(listed) <= 5:
        return None
    parts = [_section_of(part) for part in re.split(r" (?:and|und|et|y|e|en|or) ", key) if part]
    if len(parts) > 1 and all(parts):
        return parts[0]
    if len(listed) <= 4 and not words("forms", "not_before") & set(listed[:-1]):
        return _LAST.get(listed[-1])
    return None


@lru_cache(maxsize=4096)
def sure_alone(text: str) -> bool:
    """Whether the listed are listed as a heading, and so need no look to be one."""
    bare = text.strip().strip(":：.-–—_|•*#()[] ").strip()
    key = fold(bare.replace("/", " and "))
    parts = [_section_of(part) for part in key.split(" and ") if part]
    strong = bool(parts) and parts[0] in (Section.WORK, Section.EDUCATION) and _capital(bare)
    return key.replace(" ", "") in _known() or (strong and len(parts) > 1 and None not in parts)
