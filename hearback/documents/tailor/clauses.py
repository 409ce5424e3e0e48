"""Cuts a letter into sentences and clauses, and says which are claims, wishes or denials."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hearback.documents.tailor.words import pattern


class Speaks(StrEnum):
    """What a clause is about. All that is not surely something else is a claim."""

    CLAIM = "claim"
    WISH = "wish"
    DENIAL = "denial"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and what it speaks of."""

    text: str
    speaks: Speaks


# A full stop after these ends no sentence.
_SHORT = ("St", "Dr", "Mr", "Ms", "Mrs", "No", r"Ph\.D", "[A-Z]", r"e\.g", r"i\.e")
_ABBREVIATED = "".join(rf"(?<!\b{short})" for short in _SHORT)
_SENTENCE_END = re.compile(rf"{_ABBREVIATED}([.!?…]+[\"”'’)\]]*)\s+(?=[^\sa-zäöüß])")
_CLAUSE_END = re.compile(
    r"\s*[,;:()–—.!?…]\s+|\s+-\s+|(?<!ed)\s+and\s+(?=(?:[a-z]{3,}ed|kept|built|wrote|ran|taught|made|sold)\s)"
    r"|\s+and (?=an? [A-Z])"
    r"|\s+and (?=[A-Z][a-z]+ (?:at|to|on) (?:level )?[ABC][12])"
    r"|\s+(?=(?:but|although|though|while|whereas|yet|however|because|since i"
    r"|where i|when i|as i|which i|who|whose"
    r"|and (?:i|my|we|he|she|they|at|in|have|am|was|hold|speak|also|then|later|there|even)"
    r"|plus|despite|having|thanks to|with my|given my|through my|after|before|so i)\b)",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:i|my cv|my resume)(?: still| also| honestly)? "
    r"(?:(?:have|do|am|did|can|could|was|does)(?:n['’]t| not| never)"
    r"|(?:have|hold|claim|bring|list|show|lists|shows)(?:,? as yet,?| so far)? (?:no|neither)\b"
    r"|lack|(?:have|am) yet to"
    r"|am (?:new to|no ))\b|\bi(?:['’]ve| have) (?:not|never)\b|\bi['’]m not\b"
    r"|\b(?:is|are) not (?:\w+ ){0,3}(?:yet|enough|so far)\b"
    r"|\b(?:is|are) (?:not|new)(?: \w+){0,2} (?:in my cv|to me|mine)\b",
    re.I,
)
_MAY = re.compile(r"\b(?:will|would|['’]ll|can|could|shall|may|might|should)\b", re.I)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a letter, which blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph; a line break within it parts nothing."""
    flat = " ".join(paragraph.split())
    return [part.strip() for part in _SENTENCE_END.sub(r"\1\n", flat).split("\n") if part.strip()]


def clauses(sentence: str, company: frozenset[str]) -> Iterator[Clause]:
    """The clauses of a sentence. `company` are words, in small letters, that name the employer."""
    for part in _CLAUSE_END.split(sentence):
        if part and re.search(r"\w", part):
            yield Clause(part, _speaks(part, company))


def _speaks(part: str, company: frozenset[str]) -> Speaks:
    if _DENIES.search(part) and not pattern("no_denials").search(part):
        return Speaks.DENIAL
    writer = pattern("writer").search(part)
    if not writer and not _MAY.search(part) and _of_employer(part, company):
        return Speaks.EMPLOYER
    return Speaks.WISH if pattern("wishes").search(part) else Speaks.CLAIM


def _of_employer(part: str, company: frozenset[str]) -> bool:
    if pattern("employer").search(part):
        return True
    first = re.findall(r"[\w&]+", part.lower())[:4]
    if (
        first[:1] == ["the"]
        and first[1:2]
        and first[1] in ("role", "posting", "position", "job", "team", "company", "vacancy")
    ):
        return True
    return bool(first) and first[0] in company
