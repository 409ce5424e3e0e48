"""A line of an entry's head set apart at its bars, dashes and tabs, at "at", and at the commas that tell."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hearback.documents.parse.evidence import company_score, employment_like, school_score, title_score
from hearback.documents.parse.placed import place_after_comma, place_like, town_before
from hearback.documents.parse.tables import tokens, words

_STRONG = re.compile(
    r"\t+|\s*[|•·●▪■◆♦]\s*|\s+[–—]+\s+|\s+[-‐]+\s+|\s[-–—]$|\s+//\s+|\s*;\s+|\s@\s|\s~\s|\s+--+\s+"
    # Whom the employer sent one to.
    r"|,\s+(?=(?:[Cc]onsult(?:ing|ant)|[Cc]ontract(?:ing|or|ed)|[Dd]eputed) (?:at|to|for)\s)"
)
_AT = re.compile(r"\s(?:at|@|bei|chez|en|presso|na|no|bij)\s(?:the\s)?(?=[A-ZÀ-Þ0-9])")


# "Acme, Inc. Reno, NV": a name ends, and a place follows without a comma.
_AFTER_LEGAL = re.compile(
    r"(?<=\b(?:Inc|Ltd|LLC|LLP)\.)\s+(?=[A-Z][\w.' -]{2,30},\s[A-Z]{2}\b)"
    r"|(?<=\w)-(?=[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s[A-Z]{2}\b)"
)


_IN = re.compile(r"\s(?:in|with|for|from)\s(?:the\s|m/s\.?\s)?(?=[A-Z])")


# One's own employer, where it stands in the place of one.
OWN = re.compile(r"(?:self|freelance|selbst|freiberuf|indépendant|autónom|libero|zzp)", re.IGNORECASE)


class Side(NamedTuple):
    """One side of a sign that sets apart, and whether it is a place."""

    text: str
    place: bool = False


def split(text: str) -> list[Side]:
    """The pieces of a line of a head."""
    sides: list[Side] = []
    for chunk in _STRONG.split(_after_state(_AFTER_LEGAL.sub("\t", text))):
        bare = chunk.strip(" ,")
        if bare and sides and chunk.startswith(",") and place_after_comma(bare):
            sides.append(Side(bare, True))
        elif bare:
            sides.extend(side for part in _colon(bare) for side in _at(part))
    return sides


def _after_state(text: str) -> str:
    """ "Reno, NV Engineer" with a tab between the place and the title."""
    match = re.search(r",\s([A-Z]{2})(\s+)(?=[A-Z][a-z])", text)
    told = match is not None and match[1] in words("places", "states")
    if match is None or not told or title_score(text[match.end() :]) < 0.8:
        return text
    return f"{text[: match.start(2)]}\t{text[match.end() :]}"


def _colon(text: str) -> list[str]:
    """ "Producer: Elm Film" and "Elm Bank: Clerk" as their two sides."""
    left, _, right = (part.strip() for part in text.partition(": "))
    if not left or not right or len(left.split()) > 8:
        return [text]
    ahead = title_score(left) >= 0.6 and title_score(left) > company_score(left)
    behind = title_score(right.split(",")[0]) >= 0.6 and title_score(left) == 0
    return [left, right] if ahead or behind else [text]


def _at(text: str) -> Iterator[Side]:
    """ "Engineer at Acme" as its two sides, where the left is a title."""
    match = next((one for one in _AT.finditer(text) if _is_title(text[: one.start()])), None)
    # "Engineer in Test" is a title, "Engineer in Acme Ltd" a title and an employer.
    match = match or next((one for one in _IN.finditer(text) if _is_employed(text, one)), None)
    if match and not (place_like(text[match.end() :]) and match[0].strip() != "at"):
        yield Side(text[: match.start()])
        # What follows "at" is an employer, even one that bears a town's name.
        employer, *rest = _commas(text[match.end() :])
        yield Side(employer.text)
        yield from rest
    else:
        yield from _commas(text)


def _is_employed(text: str, match: re.Match[str]) -> bool:
    employer = _joined(re.split(r",\s*", text[match.end() :]))
    return title_score(text[: match.start()]) >= 0.8 and bool(employer) and company_score(employer[0]) >= 1


def _is_title(text: str) -> bool:
    return title_score(text) >= max(0.6, company_score(text))


def _commas(text: str) -> Iterator[Side]:
    """The sides of the comma that sets title and company apart, and a place at the end."""
    if place_like(text):
        yield Side(text, True)
        return
    parts = _joined(re.split(r",\s*", text))
    keep = len(parts)
    for start in range(1, len(parts)):
        if place_after_comma(", ".join(parts[start:])) and not _department(parts[start]):
            keep = start - (1 < start == len(parts) - 1 and town_before(parts[start - 1]))
            break
    at = _boundary(parts[:keep])
    if at:
        yield Side(", ".join(parts[:at]))
    yield Side(", ".join(parts[at:keep]))
    if keep < len(parts):
        yield Side(", ".join(parts[keep:]), True)


def _joined(parts: list[str]) -> list[str]:
    """Without the commas before "Inc." and the like, and without empty sides."""
    joined: list[str] = []
    for part in parts:
        legal = tokens(part) and all(word in words("organisations", "legal") for word in tokens(part))
        if joined and (legal and part.upper() not in words("places", "states")):
            joined[-1] += f", {part}"
        elif part.strip() and (len(parts) == 1 or OWN.match(part) or not employment_like(part)):
            joined.append(part.strip())
    return joined


def _boundary(parts: list[str]) -> int:
    """At which comma a title and a company meet; 0 where at none."""
    for at in range(1, len(parts)):
        left, right = ", ".join(parts[:at]), ", ".join(parts[at:])
        titled, named = title_score(left), title_score(right)
        if titled >= 0.6 and titled > company_score(left) and not _department(parts[at]):
            if named < 0.6 or company_score(right) >= 0.6 or school_score(right):
                return at
        elif (
            titled < 0.5
            and title_score(parts[at]) >= 0.6
            and title_score(parts[at]) > company_score(parts[at])
        ):
            return at
    return 0


def _department(text: str) -> bool:
    listed = tokens(text)
    return (
        bool(listed)
        and all(word in words("roles", "departments") or word in ("and", "of", "team") for word in listed)
        and company_score(text) < 1
    )
