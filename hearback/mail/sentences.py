"""A mail's new text as sentences, each in its own words and in a form that rules can match."""

import re
from dataclasses import dataclass

from hearback.mail.patterns import patterns

LONGEST_SENTENCE = 500
# Mail about an application says what it has to say well within this.
MOST_SENTENCES = 400

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
     "‑": "-", "\u00a0": " ", "\u2009": " ", "…": "."}
)  # fmt: skip
_END = re.compile(r"[.!?][\"')\]*]*\s+|\s+[•·|▪]\s+|(?<=[.!?])(?=[A-ZÄÖÜÉ][a-zäöüé])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[a-z]|mr|mrs|ms|dr|prof|st|no|nr|inc|ltd|co|corp|e\.g|i\.e|approx|vs|dept|sr|jr"
    r"|bzw|ca|z\.b|d\.h|u\.a|p\.m|a\.m|sra|sig|dott|ing|dhr|mevr|usw|tel|jan|feb|mar|apr|aug|sept?"
    r"|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|\d{1,2})\.$",
    re.I,
)
_CLOSING = patterns("sentences")["closing"]
_SHORTEST_LETTER = 80
_NEW_ITEM = re.compile(r"^\s*(?:[-*•·▪●o]\s|\(?\d{1,2}[.)]\s|[A-Z][\w ]{0,30}:)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` has its whitespace collapsed; `norm` is as long, in lower case and plain signs."""

    text: str
    norm: str
    subject: bool = False
    below: bool = False


def sentence(text: str, subject: bool = False, below: bool = False) -> Sentence:
    """One sentence as it is, cut to a bounded length; `below` if it stands under the closing."""
    flat = " ".join(text.split())[:LONGEST_SENTENCE]
    return Sentence(flat, normalised(flat), subject, below)


def normalised(text: str) -> str:
    """Lower case with plain apostrophes, quotes and dashes; character by character."""
    plain = text.translate(_PLAIN)
    lower = plain.lower()
    if len(lower) != len(plain):
        # A few capitals have a longer lower case, which would shift all positions behind them.
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)
    return lower


def split(text: str) -> list[Sentence]:
    """The sentences of `text` in order."""
    found: list[Sentence] = []
    below, length = False, 0
    for block in _blocks(text):
        if length > _SHORTEST_LETTER and len(block) < 60 and _CLOSING.match(block):
            below = True
        for piece in _pieces(block):
            if len(found) >= MOST_SENTENCES:
                return found
            found.append(sentence(piece, below=below))
        length += len(block)
    return found


def _blocks(text: str) -> list[str]:
    """Lines that belong together: wrapped lines joined, headings and list items apart."""
    blocks: list[str] = []
    current: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        if current and (not stripped or _starts_anew(current[-1], stripped)):
            blocks.append(" ".join(current))
            current = []
        if stripped:
            current.append(stripped)
    if current:
        blocks.append(" ".join(current))
    return blocks


def _starts_anew(before: str, line: str) -> bool:
    if _NEW_ITEM.match(line[:60]):
        return True
    wrapped = len(before) > 50 and before[-1] not in ".!?:"
    goes_on = line[0].islower() and before[-1] not in ".!?:"
    return not (wrapped or goes_on)


def _pieces(block: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(block):
        if block[end.start()] == "." and _ABBREVIATION.search(
            block[max(0, end.start() - 8) : end.start() + 1]
        ):
            continue
        pieces.append(block[start : end.end()].strip(" •·|▪"))
        start = end.end()
    pieces.append(block[start:].strip())
    cut: list[str] = []
    for piece in pieces:
        cut.extend(_bounded(piece))
    return [piece for piece in cut if piece]


def _bounded(piece: str) -> list[str]:
    """A piece longer than a sentence can be, cut between words."""
    parts: list[str] = []
    start = 0
    while len(piece) - start > LONGEST_SENTENCE:
        space = piece.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        end = space if space > 0 else start + LONGEST_SENTENCE
        parts.append(piece[start:end].strip())
        start = end
    parts.append(piece[start:].strip())
    return parts
