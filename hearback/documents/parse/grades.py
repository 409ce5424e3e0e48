"""How well somebody did at a school, in the forms of several countries, and what no school is called."""

import re

from hearback.documents.parse.headings import named
from hearback.documents.parse.tables import pattern, tokens, words


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
    generic = set(tokens(text)) <= words("organisations", "generic")
    return (
        not (generic or named(text) or text.startswith(("[", "(")))
        and re.search(r"[^\W\d_]{2}", text) is not None
    )
