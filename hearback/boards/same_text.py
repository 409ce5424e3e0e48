"""Whether two descriptions are the same text with other words around it, told by short marks of both."""

import re
from zlib import crc32

# A mark has so many parts of two hexadecimal digits; texts of fewer words have none.
PARTS = 32
FEWEST_WORDS = 40
# So many parts make a band: two texts of which three fifths are equal share one in nine of ten cases.
BAND = 3
# The share of equal parts from which on two texts are one with other words around it, one with small
# changes, and the same.
ALIKE = 0.5
NEAR = 0.8
EQUAL = 0.93

_WORD = re.compile(r"\w+")


def text_mark(text: str) -> str:
    """A mark of 64 digits; the share of equal parts in two marks estimates the share of equal phrases.

    Phrases of three words are cast into as many parts as the mark has, and of each part the least is kept
    (one permutation hashing, https://arxiv.org/abs/1208.1259). An empty part borrows from the next one.
    """
    words = _WORD.findall(text.lower())
    if len(words) < FEWEST_WORDS:
        return ""
    least: list[int | None] = [None] * PARTS
    for phrase in {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}:
        value = crc32(phrase.encode())
        part, rest = value % PARTS, value // PARTS
        known = least[part]
        if known is None or rest < known:
            least[part] = rest
    return "".join(f"{_borrowed(least, part) * 2654435761 >> 16 & 255:02x}" for part in range(PARTS))


def likeness(a: str, b: str) -> float:
    """The share of equal parts of two marks, 0 to 1; 0 where a text has none."""
    if not a or not b:
        return 0.0
    return sum(a[i : i + 2] == b[i : i + 2] for i in range(0, 2 * PARTS, 2)) / PARTS


def bands(mark: str) -> list[int]:
    """Numbers of 31 bits, of which two texts that are alike share at least one."""
    width = 2 * BAND
    whole = len(mark) - len(mark) % width
    return [crc32(f"{i}:{mark[i : i + width]}".encode()) >> 1 for i in range(0, whole, width)]


def _borrowed(least: list[int | None], part: int) -> int:
    for step in range(PARTS):
        value = least[(part + step) % PARTS]
        if value is not None:
            return value + step
    return 0
