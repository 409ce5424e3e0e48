"""Sees text that hides what it says or was not finished: mixed alphabets, spread letters, gaps."""

import re
from collections.abc import Collection

from hearback.documents.tailor.stems import WORD, is_mixed

_SPREAD = re.compile(r"(?<!\w)[^\W\d_](?:[\s.*_|-]{1,3}[^\W\d_](?!\w)){2,}")
# What is to be filled in shows that a letter was not finished, as the word "TODO" does.
_GAP = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>|_{3,}|\bX{3,}\b|\bTODO\b|\blorem ipsum\b", re.I)
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:com|org|net|io|dev|ai|co)\b(?:/\S*)?", re.I
)


def disguise(sentence: str, contacts: Collection[str], known: str) -> str | None:
    """Why a sentence is not what it seems; None where it is plain.

    `contacts` are addresses of the CV, `known` is its text in small letters: a firm may be an "s.r.o.".
    """
    if any(is_mixed(word) for word in WORD.findall(sentence)):
        return "A word in it mixes letters of several alphabets."
    if any(found.casefold().removesuffix(" i") not in known for found in _SPREAD.findall(sentence)):
        return "Letters in it are spread apart, which hides words."
    if _GAP.search(sentence):
        return "It has a gap or marks in it that no letter should have."
    for found in _ADDRESS.findall(sentence):
        if not any(found.rstrip(".,)").lower() in contact.lower() for contact in contacts):
            return "It holds an address that does not stand in your CV."
    return None
