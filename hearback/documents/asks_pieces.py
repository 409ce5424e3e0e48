"""Cuts a posting into sentences and points of lists, each a demand, a wish, a task or an offer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hearback.documents.asks_words import says, words


class Part(StrEnum):
    """What a piece of a posting says."""

    MUST = "must"
    NICE = "nice"
    TASKS = "tasks"
    OFFER = "offer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence or point of a list: `text` stands at `start` of the posting."""

    text: str
    start: int
    part: Part


_LONGEST_HEADING = 90
# Wishes are tried before demands: "Preferred qualifications".
_IS_HEADING = tuple(
    (Part(part), re.compile(rf"\W{{0,6}}(?:(?:[\w&'’]+\W{{1,3}}){{0,3}}?)(?:{choice})", re.I))
    for part, choice in words("headings").items()
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=\s+[\"“(]?[A-ZÄÖÜÉ•])|(?=\s[•·▪*–-]\s)|(?=\n)|$)")
_BULLET = re.compile(r"^\s*[•·▪●*–—-]")


def pieces(text: str) -> Iterator[Piece]:
    """The sentences and points of a posting's plain text, in order."""
    part, headed = Part.OTHER, False
    for found in _SENTENCE.finditer(text):
        piece = found[0]
        if not piece.strip():
            continue
        heading = _heading(piece)
        if heading is not None:
            part, headed = heading[0], True
            if not heading[1]:
                continue
        yield Piece(piece, found.start(), _own_part(piece, part, headed))


def _heading(piece: str) -> tuple[Part, bool] | None:
    """The part that a heading begins, and whether the piece goes on after it; None where it is no heading."""
    colon = piece.find(":")
    head = piece[: colon + 1] if 0 < colon <= _LONGEST_HEADING else piece.strip()
    if len(head) > _LONGEST_HEADING or head.rstrip()[-1:] in ".;," or (_BULLET.match(piece) and colon < 0):
        return None
    if colon < 0 and len(head.split()) > 8:
        return None
    for part, words_of_part in _IS_HEADING:
        if words_of_part.match(head):
            return part, 0 < colon < len(piece.rstrip()) - 1
    return None


def _own_part(piece: str, part: Part, headed: bool) -> Part:
    """What a piece says, by its own words first and by its heading else."""
    if part is Part.OFFER:
        return part
    if says("sentences", "wish", piece):
        return Part.NICE
    if part in (Part.MUST, Part.NICE):
        return part
    if says("sentences", "offers", piece):
        return Part.OFFER
    # Below tasks, and in a text without headings, only a demand in words is one.
    if says("sentences", "demand", piece) and (
        part is not Part.TASKS or re.search(r"\bmust\b|\brequired\b", piece, re.I)
    ):
        return Part.MUST
    return Part.TASKS if part is Part.TASKS or not headed else part
