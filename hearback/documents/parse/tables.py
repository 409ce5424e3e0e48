"""Word lists of seven languages, kept as data, in the forms that reading needs."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("words")
# "S.r.l." and "U.S.A." are one word each.
_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?:\.|(?![^\W_])))")
_LETTERS = re.compile(r"^(?:\S\s){2,}\S$")
_OTHER_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "æ": "ae", "’": "'"})


@cache
def table(name: str) -> dict[str, Any]:
    """The file `words/<name>.toml` as it stands."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of single words."""
    return frozenset(table(name)[key].split())


@cache
def phrases(name: str, key: str) -> tuple[str, ...]:
    """A list of phrases that are written with a bar between, the longest first."""
    listed = table(name)[key].replace("\n", "|").split("|")
    return tuple(sorted({phrase.strip() for phrase in listed if phrase.strip()}, key=len, reverse=True))


@cache
def pattern(name: str, key: str, around: str = r"(?<!\w)(?:%s)(?!\w)") -> re.Pattern[str]:
    """A list of patterns as one, tried without regard to case; `around` says what stands about them."""
    return re.compile(around % table(name)[key].replace("\n", ""), re.IGNORECASE)


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents and signs, with single spaces; "&" and "+" between words are "and"."""
    text = _INITIALS.sub(r"\1", text)
    letters = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^\w]+", " ", re.sub(r"\s[&+]\s|&", " and ", bare)).strip()


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(text).split())


def spaced(text: str) -> str:
    """ "N A M E" as "NAME": single letters set apart are one word, wider spaces are between words."""
    if not _LETTERS.match(text.strip()) or len(text) < 5:
        return text
    return " ".join(part.replace(" ", "") for part in re.split(r"\s{2,}", text.strip()))
