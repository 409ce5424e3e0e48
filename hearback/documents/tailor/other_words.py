"""Other words for what a CV says of degrees and languages: a Bachelor of Science is a BSc."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hearback.documents.asks_languages import language_code, language_name, level_in, level_rank
from hearback.documents.facts import degree_of
from hearback.documents.facts_statements import text
from hearback.documents.facts_time import has_ended

# Among the stems of an entry: it is being studied and not yet finished.
BEGUN = "study"
_DEGREE_WORDS = {
    "school": "diploma",
    "vocational": "apprenticeship qualification trained",
    "bachelor": "bachelor bachelors degree graduate graduated undergraduate",
    "master": "master masters degree graduate graduated postgraduate",
    "doctorate": "doctorate doctoral PhD doctor degree",
}
_INITIALS = {"science": "Sc S", "arts": "A", "engineering": "Eng", "laws": "L", "education": "Ed"}


def degree_words(entry: Mapping[str, Any], today: dt.date) -> str:
    """Other words for a degree that was finished: a Bachelor of Science is a BSc."""
    degree = degree_of(entry)
    if degree is None or not has_ended(entry, today):
        return f"{BEGUN} student"
    found = [_DEGREE_WORDS[degree], "studied"]
    kind = text(entry, "studyType").lower()
    for subject, initials in _INITIALS.items():
        if subject in kind and degree in ("bachelor", "master"):
            found += [f"{degree[0].upper()}{initial}" for initial in initials.split()]
    if "business administration" in kind:
        found.append(f"{degree[0].upper()}BA")
    return " ".join(found)


def language_words(entry: Mapping[str, Any]) -> str:
    """Other words for how well a language is spoken: C1 and above is fluent."""
    code = language_code(text(entry, "language"))
    level = level_in(text(entry, "fluency")) or level_in(text(entry, "language"))
    words = [language_name(code)] if code else []
    if level_rank(level) >= level_rank("C1"):
        words.append("fluent fluently")
    if level in ("B1", "B2"):
        words.append("intermediate conversational")
    if level in ("A1", "A2"):
        words.append("basic elementary")
    if level == "native":
        words.append("native mother tongue speaker")
    return " ".join(words)
