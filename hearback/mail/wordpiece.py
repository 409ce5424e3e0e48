"""Words as the reading model's tokens: BERT's WordPiece, in the few lines of it that lower-case mail needs.

The library that has it (tokenizers) brings a client for a model hub and eleven more packages along, of which
a service that reads mail wants none. Source: https://arxiv.org/abs/1609.08144, section 4.1.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("model") / "vocabulary.txt"
START, STOP = "[CLS]", "[SEP]"
_UNKNOWN = "[UNK]"
# Longer words are no words: addresses, keys, encoded data.
_LONGEST = 40
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


def tokens(norm: str, most: int) -> list[int]:
    """The first `most` token ids of a sentence in lower case."""
    ids: list[int] = []
    for word in _WORD.findall(norm):
        ids += _pieces(word)
        if len(ids) >= most:
            return ids[:most]
    return ids


@cache
def vocabulary() -> dict[str, int]:
    """Token ids: a token's line in the vocabulary, from 0."""
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return {token: number for number, token in enumerate(lines) if token}


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest piece that the word begins with, then the same of the rest; unknown where there is none."""
    known = vocabulary()
    if not word.isascii():
        apart = unicodedata.normalize("NFD", word)
        word = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    found: list[int] = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        for end in range(min(len(word), start + _LONGEST), start, -1):
            if (token := known.get(mark + word[start:end])) is not None:
                break
        else:
            return (known[_UNKNOWN],)
        found.append(token)
        start = end
    return tuple(found)
