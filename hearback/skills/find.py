"""Finds skills in a text, and tells "Go" the language from "go" the word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hearback.skills.table import TOKEN, Variant, table

# What may stand between two words of one name: "front-end", "front end", "CI / CD".
_JOINT = re.compile(r"[ \xa0\t]?[ \n\xa0\-‐‑–./&_'’]?[ \xa0]?")
# A name of these at a sentence's start is a verb when such a word follows: "Excel at your work".
_SENTENCE_START = re.compile(r"(?:^|[.!?:•·*–-]\s*|\n\s*)$")
_VERB_GOES_ON = re.compile(r"\s+(?:at|to|in|as|on|your|our|the|a|an|yourself|this)\b", re.I)
# Before and after a shy word in a list of skills.
_LISTED_BEFORE = re.compile(
    r"(?:^[\s–-]*|[,/;:(•·|*&+>]|\s[–-]|\b(?:and|or|und|oder|et|ou|y|e|en|of))\s*(?:[\"'“]|(?:plus|basic|advanced)\s)?$",
    re.I,
)
_LISTED_AFTER = re.compile(
    r"\s*[\"'”]?\s*(?:[,/;)•·|&+(]|\n|$|[.!?](?:\s|$)|\d|[–-]\s|\b(?:and|or|und|oder|et|ou|y|en)\b)", re.I
)
_LABEL = re.compile(
    r"^[\W\d]*(?:\w+\W{1,3}){0,2}(?:skills|languages|tools|technologies|stack|software|competenc(?:es|ies)|expertise"
    r"|kenntnisse|kompetenzen|sprachen|compétences|logiciels|competencias|competenze|vaardigheden)\W{0,3}:",
    re.I,
)
# Before a shy word that is surely a skill.
_KNOWN_BEFORE = re.compile(
    r"(?:\b(?:in|using|know|knowing|knows|like|including|incl\.?|ms|microsoft)"
    r"|\b(?:experience[ds]?|knowledge|skill(?:s|ed)?|proficien\w+|background|expertise|familiar\w*|trained|years"
    r"|versed|certified|comfortable|work(?:ed|ing)? (?=with)|erfahrung(?:en)?|kenntnisse|sicher|expérience"
    r"|maîtrise|experiencia|conocimientos?|esperienza|conoscenza|ervaring|kennis|experiência|conhecimentos?)"
    r"\b[^.;\n]{0,24}?(?:with|of|in|mit|von|en|avec|de|con|di|met|van|com))"
    r"(?:\s+(?:the|advanced|modern|programming|idiomatic))?\s+$",
    re.I,
)
_SKILL_AFTER = re.compile(
    r"[\s-]+(?:developer|engineer|programmer|programming|code|codebase|language|scripting|experience|skills?|knowledge"
    r"|background|expertise|proficiency|certification|degree|services|microservices|specialist|manager|executive"
    r"|representative|assistant|associate|director|coordinator|consultant|analyst|teacher|kenntnisse|erfahrung"
    r"|entwickler(?:in)?)\b"
    r"|\s+(?:is |are |would be )?(?:a |an )?(?:big |strong )?"
    r"(?:plus|bonus|must|advantage|asset|required|preferred)\b",
    re.I,
)
# "R&D", "C-level", "Sales-Team": part of another word.
_PART_AFTER = re.compile(r"[-&'’.@_]\w")
_PART_BEFORE = re.compile(r"[\w&'’.@#_-]$")
_LOOK = 64
_WORD_LIST = 48


@dataclass(frozen=True, slots=True)
class Hit:
    """A skill by its canonical name, and where in the text it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    hit: Hit
    sure: bool


def named(text: str) -> tuple[str, ...]:
    """Canonical names of the skills that a text names, each once, in their order, without what they imply."""
    return tuple(dict.fromkeys(hit.name for hit in find(text)))


def find(text: str) -> tuple[Hit, ...]:
    """Every place where a skill is named; of overlapping names the longest ("React Native", not "React")."""
    found = list(_found(text))
    sure = [one.hit.start for one in found if one.sure]
    return tuple(one.hit for one in found if one.sure or _in_a_list(text, one.hit, sure))


def _found(text: str) -> Iterator[_Found]:
    spans = [(match.start(), match.end(), match[0].lower()) for match in TOKEN.finditer(text)]
    starts = table().starts
    place = 0
    while place < len(spans):
        token = spans[place][2]
        variants = starts.get(token) or (starts.get(token[:-1]) if token[-1] == "s" else None)
        taken = 1
        for variant in variants or ():
            end = _end(text, spans, place, variant)
            if end is None:
                continue
            one = _judged(text, Hit(variant.name, spans[place][0], end), variant)
            if one is not None:
                yield one
                taken = len(variant.tokens)
                break
        place += taken


def _end(text: str, spans: list[tuple[int, int, str]], place: int, variant: Variant) -> int | None:
    """Where the variant ends that begins at this token; None where it does not stand there."""
    last = place + len(variant.tokens) - 1
    if last >= len(spans):
        return None
    for offset, wanted in enumerate(variant.tokens):
        token = spans[place + offset][2]
        if token != wanted and not (place + offset == last and len(wanted) > 2 and token == wanted + "s"):
            return None
        if offset and not _JOINT.fullmatch(text, spans[place + offset - 1][1], spans[place + offset][0]):
            return None
    return spans[last][1]


def _judged(text: str, hit: Hit, variant: Variant) -> _Found | None:
    """The finding, with whether it surely is a skill; None where it is another word."""
    if variant.cased:
        written = text[hit.start : hit.end]
        if variant.form not in (written, written.rstrip("s")) and not _shouted(written, variant):
            return None
        before = text[max(0, hit.start - _LOOK) : hit.start]
        if _SENTENCE_START.search(before) and _VERB_GOES_ON.match(text, hit.end):
            return None
    return _Found(hit, not variant.shy or _surely(text, hit))


def _shouted(written: str, variant: Variant) -> bool:
    return len(written) > 3 and written == variant.form.upper()


def _surely(text: str, hit: Hit) -> bool:
    before = text[max(0, hit.start - _LOOK) : hit.start]
    if _PART_BEFORE.search(before) or _PART_AFTER.match(text, hit.end):
        return False
    if _SKILL_AFTER.match(text, hit.end):
        return True
    return bool(_KNOWN_BEFORE.search(before)) and not re.match(
        r"\s+(?:teams?|departments?)\b", text[hit.end :][:16]
    )


def _in_a_list(text: str, hit: Hit, sure: list[int]) -> bool:
    """Whether a shy word stands in a list of skills, or alone on its line."""
    start = text.rfind("\n", 0, hit.start) + 1
    end = text.find("\n", hit.end)
    end = len(text) if end < 0 else end
    before = text[max(start, hit.start - _WORD_LIST) : hit.start]
    if _PART_AFTER.match(text, hit.end) or not _LISTED_BEFORE.search(before):
        return False
    if not _LISTED_AFTER.match(text, hit.end, min(end, hit.end + _WORD_LIST)):
        return False
    alone = not text[start : hit.start].strip(" \t*•·–-") and not text[hit.end : end].strip(" \t.,;")
    return alone or any(start <= one < end for one in sure) or bool(_LABEL.match(text[start:end]))
