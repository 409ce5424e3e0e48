"""Names of places brought to one form, so that "São Paulo", "Sao Paulo" and "SAO PAULO" meet."""

import re
import unicodedata
from functools import lru_cache

_OTHER_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "æ": "ae", "ı": "i"}
)
_SIGNS = re.compile(r"[^\w]+")
_SAINT = re.compile(r"\bst\b")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents, with single spaces for signs; "st" is "saint", "&" is "and"."""
    letters = unicodedata.normalize("NFKD", text.translate(_OTHER_LETTERS).replace("&", " and "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()
    return _SAINT.sub("saint", _SIGNS.sub(" ", bare.replace("'", "").replace("’", "")).strip())
