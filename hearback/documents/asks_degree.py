"""Degrees by their rank, in the words of seven languages: what a posting asks for and a CV has."""

import re

from hearback.documents.asks_words import hinted, says, words

# From the lowest; a higher one answers a demand for a lower one.
DEGREES = ("school", "vocational", "bachelor", "master", "doctorate")
IN_WORDS = {
    "school": "a school-leaving certificate",
    "vocational": "a vocational qualification",
    "bachelor": "a bachelor's degree",
    "master": "a master's degree",
    "doctorate": "a doctorate",
}
# How a CV writes a degree that stands alone, without dots and blanks.
SHORT = {
    name: degree
    for degree, names in (
        ("bachelor", "bsc ba bs beng be btech bba bfa bed llb bcom ab"),
        ("master", "msc ma ms meng mba mtech med mfa mph mphil llm diplom magister"),
        ("doctorate", "phd dphil md jd edd dr"),
    )
    for name in names.split()
}
_FIND = {name: re.compile(rf"(?<!\w)(?:{choice})", re.I) for name, choice in words("degrees").items()}


def degrees_in(text: str) -> tuple[str, ...]:
    """The degrees that a sentence names, the lowest first."""
    if not hinted("degree", text.lower()):
        return ()
    return tuple(name for name in DEGREES if _FIND[name].search(text))


def may_be_replaced(text: str) -> bool:
    """Whether a sentence lets experience stand for a degree."""
    return says("degree", "instead", text)


def rank(degree: str | None) -> int:
    """The place of a degree in DEGREES from 0; -1 where there is none."""
    return DEGREES.index(degree) if degree in DEGREES else -1
