"""How much words look like a title, a company, a school, a degree or a place."""

import re
from functools import lru_cache

from hearback.documents.parse.tables import fold, pattern, phrases, tokens, words
from hearback.places import is_city

_ENDS = re.compile(
    r"\s(?:of|for|at|in|with|de|del|der|für|fur|im|bei|pour|per|para|do|da|di|van|voor|to)\s|[,(–—/:|]|\s-\s"
)
_SENTENCE_END = re.compile(r"[.!?;]$")
# "Inc.", "Lda.", "S.A.": what ends so need not be a sentence.
_ABBREVIATED = re.compile(r"(?:\b[A-ZÀ-Þ]\w{0,4}|\b\w\.\w|\b(?:inc|ltd|co|corp|pvt|llc|etc))\.$")


@lru_cache(maxsize=8192)
def title_score(text: str) -> float:
    """How much a text looks like a title of a job, 0 to 1."""
    listed = tokens(text)
    if not listed or len(listed) > 16:
        return 0.0
    heads, levels = words("roles", "heads"), words("roles", "levels")
    # What stands before "of", a comma or a bracket holds the noun, in its last word.
    first = [tokens(part) for part in _ENDS.split(f"{text} ") if part and part.strip()]
    score = 0.0
    if first and first[0] and _singular(first[0][-1]) in heads:
        score = 0.9
    elif any(part and _singular(part[-1]) in heads for part in first):
        score = 0.7
    elif first and first[0] and first[0][-1] in words("roles", "activities"):
        score = 0.8
    elif (first and any(map(_is_head, first[0]))) or listed[-1] in words("roles", "activities"):
        score = 0.6
    if fold(text).startswith(_starts()):
        score = max(score, 0.8)
    if score and listed[0] in levels:
        score += 0.1
    return min(score, 1.0)


@lru_cache(maxsize=1)
def _starts() -> tuple[str, ...]:
    return tuple(fold(start) for start in phrases("roles", "starts"))


def _is_head(word: str) -> bool:
    return _singular(word) in words("roles", "heads")


_TRADE = re.compile(
    r"(?:worker|ologist|ographer|therapist|keeper|maker|nurse|craftsman|smith|writer|officer)s?$"
)


@lru_cache(maxsize=8192)
def _singular(word: str) -> str:
    heads = words("roles", "heads")
    if word in heads:
        return word
    # Plurals are left out: "Lowell & Partners" and "Hill Architects" are firms.
    for tail in ("in", "innen", "erin"):
        if word.endswith(tail) and word.removesuffix(tail) in heads:
            return word.removesuffix(tail)
    # German puts words together: "Softwareentwickler" ends in what it is.
    if _TRADE.search(word):
        return "worker"
    ends = (
        "entwickler",
        "ingenieur",
        "leiter",
        "berater",
        "verkaufer",
        "techniker",
        "pfleger",
        "helfer",
        "arbeiter",
    )
    return next((end for end in ends if word.removesuffix("in").endswith(end) and end in heads), word)


_LAST_BRACKET = re.compile(r"(?<=\w\w)[.]?\s*\([^()]*\)$")
# Words that name a whole employer, and those that name a part of one.
_EMPLOYERS = frozenset(
    {"university", "college", "hospital", "bank", "universitat", "universite", "universidad"}
)
_PARTS_OF = frozenset(
    {"division", "department", "school", "office", "program", "dept", "faculty", "centre", "center"}
)


@lru_cache(maxsize=8192)
def company_score(text: str) -> float:
    """How much a text looks like the name of an employer, 0 to 1."""
    text = _LAST_BRACKET.sub("", text) or text
    listed = tokens(text)
    if not listed or len(listed) > 14:
        return 0.0
    legal = words("organisations", "legal")
    known = words("organisations", "words")
    score = 0.0
    # "Acme Company" is a firm, "a compression company" says what one does.
    own = text.split()[-1][:1].isupper() or len(listed[-1]) < 5
    if (
        any(word in legal for word in listed[1:])
        and own
        and (listed[-1] in legal or re.search(r"\b(?:Inc|Ltd|LLC|GmbH|Pvt|Corp|Limited)\b", text, re.I))
    ):
        score = 1.0
    elif any(word in _EMPLOYERS for word in listed):
        score = 0.8
    elif any(word in known for word in listed):
        score = 0.4 if listed[0] in _PARTS_OF else 0.6
    elif re.search(
        r"\b(?:University|Hospital|College|School)\s+of\b|\.(?:com|io|org|net|de|ai|co)\b", text, re.I
    ):
        score = 0.8
    if text[:1].islower():
        score -= 0.2
    return max(score, 0.0)


@lru_cache(maxsize=8192)
def school_score(text: str) -> float:
    """How much a text looks like the name of a school, 0 to 1."""
    listed = tokens(text)
    known = words("organisations", "schools")
    if not listed or len(listed) > 16:
        return 0.0
    if any(word in known for word in listed):
        return 0.5 if any(word in words("organisations", "not_schools") for word in listed) else 0.95
    # German and Dutch write in one word: "Wirtschaftsuniversität", "Hochschule".
    return (
        0.9
        if re.search(r"universit|hochschule|akademie|gymnasium|hogeschool|lycee|ecole|schule\b", fold(text))
        else 0.0
    )


def degrees(text: str) -> re.Match[str] | None:
    """The first degree in a text, None where there is none."""
    listed = pattern("degrees", "degree", r"(?<![\w.])(?:%s)(?![a-z])").finditer(text)
    return next((match for match in listed if not _is_state(text, match)), None)


def _is_state(text: str, match: re.Match[str]) -> bool:
    """Whether "MA" stands behind a town, and so for Massachusetts."""
    before = re.search(r"([^,\t|]+),\s*$", text[: match.start()])
    return (
        before is not None and re.fullmatch(r"[A-Z]{2}", match[0]) is not None and is_city(before[1].strip())
    )


@lru_cache(maxsize=4096)
def employment_like(text: str) -> bool:
    """Whether the whole text says how somebody was employed: "full-time", "Praktikum (Vollzeit)"."""
    form = pattern("places", "employment", r"(?:%s)(?:\s*(?:position|job|role))?")
    return form.fullmatch(text.strip(" ()[].,").lower()) is not None


def sentence_like(text: str, after_bullet: bool = False) -> bool:
    """Whether a line is running text rather than the head of an entry."""
    listed = text.split()
    if len(listed) > 15 or (text[:1].islower() and len(listed) > 2):
        return True
    small = sum(word[0].islower() and len(word) > 3 for word in listed)
    ends = _SENTENCE_END.search(text) is not None and not _ABBREVIATED.search(text)
    if ends and len(listed) > 4 and (small or text.count(",") > 2):
        return True
    if small >= 4 and small * 2 >= len(listed):
        return True
    first = fold(listed[0]) if listed else ""
    told = re.fullmatch(r"\w{4,}ed", first) is not None and first not in words("roles", "no_deeds")
    doing = (first in words("roles", "doing") or told) and first not in words("roles", "heads")
    named = title_score(text) >= 0.8 or (company_score(text) >= 0.8 and len(listed) < 7)
    named = named and not (told and title_score(text) < 0.8)
    return doing and len(listed) > (2 if after_bullet else 3) and not named
