"""How well somebody did at a school, in the forms of several countries, and what no school is called."""

import re

from hearback import skills
from hearback.documents.parse.evidence import school_score, sentence_like, title_score
from hearback.documents.parse.headings import named
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.tables import pattern, tokens, words

_NO_SCHOOL = re.compile(
    r"(?:maj(?:or(?:ing)?|ored)|minor(?:ing)?|option|certificat\w*|certified|grade|class\b|merit|honou?rs|distinction|gcse|"
    r"subjects?|with|and|in|of|thesis|dissertation|project|specialis\w+|specializ\w+|stream|division|passed|obtained|"
    r"pursuing|completed|coursework|awarded?|member|first|second|expected|examination)\b",
    re.IGNORECASE,
)


def score_in(text: str) -> str:
    """A grade in a text, with its scale where it has one; "" where there is none."""
    match = pattern("degrees", "score").search(text) or pattern("degrees", "percent", "%s").search(text)
    if match:
        return match["value"].strip()
    honours = pattern("degrees", "honours").search(text)
    return honours[0] if honours else ""


def grade_in(text: str) -> str:
    """What follows a word for a grade and a colon: "Grade: First class"."""
    match = pattern("degrees", "grade", r"^(?:%s)\s*[:–-]\s*(?P<rest>.{1,120})$").match(text)
    return match["rest"].strip(" .") if match else ""


def could_be_school(text: str) -> bool:
    """Whether a text can be the name of a school: no head of a table, no bare sign, no part of a degree."""
    listed = set(tokens(text))
    generic = listed <= words("organisations", "generic") | words("languages", "names")
    generic = generic or _NO_SCHOOL.match(text) is not None
    return (
        not (generic or named(text) or text.startswith(("[", "(")))
        and re.search(r"[^\W\d_]{2}", text) is not None
    )


def name_alone(text: str) -> str:
    """The name of a school without "from" before it, a year after it, and the parts of a longer address."""
    text = re.sub(r"^(?:from|at)\s+|\s+(?:in|with)\s+(?:\d{4}|an?\s|the\s).*$", "", text).rstrip(" .,")
    first, *rest = text.split(", ")
    address = len(rest) >= 2 and place_like(rest[-1]) and not any(school_score(part) >= 0.9 for part in rest)
    return first if address and school_score(first) >= 0.9 else text


def is_no_name(text: str) -> bool:
    """Whether a text that no word marks as a school is a title, a skill, a place or running text."""
    told = title_score(text) >= 0.8 or sentence_like(text) or place_like(text)
    return told or not text[:1].isupper() or bool(skills.named(text) and len(text.split()) < 4)
