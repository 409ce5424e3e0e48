"""Mends what programs do to letters on their way into a file: ligatures, split accents, unusual spaces."""

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
)
# Joined to nothing, shown as nothing: marks of direction, of width zero, of the order of bytes.
_NOTHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffc\ufffe]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_TABS = re.compile(" *\t[ \t]*")


def tidy(text: str) -> str:
    """Text with one form for each letter and each space; tabs are kept as the borders of cells."""
    if text.isascii() and "  " not in text and "\t" not in text:
        return _CONTROL.sub("", text).strip()
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    text = _CONTROL.sub("", _NOTHING.sub("", text))
    return _TABS.sub("\t", _SPACES.sub(" ", text)).strip()


def is_private(letter: str) -> bool:
    """Whether this is a sign of some font's own, such as an icon, that no one else can read."""
    return "\ue000" <= letter <= "\uf8ff" or letter >= "\U000f0000"
