"""One line of text as a person would read it, whatever happened to it on its way."""

import html
import re
import unicodedata

import ftfy

from hearback.boards.normal.parts import listed

_LONGEST = 500
# Spaces, marks of direction and of order of bytes, and what no reader sees.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_HALF = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
# Quotes and ligatures are the writer's own; entities are undone here, in an order of our own.
_MENDING = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    remove_control_chars=True,
    normalization="NFC",
)
_NOTHING = frozenset({"null", "none", "n/a", "na", "undefined", "nan", "-", "--", "—", "tbd"})


def mended(value: str) -> str:
    """Text that was decoded wrongly ("MÃ¼nchen") read rightly, and without signs that nobody sees."""
    return _UNSEEN.sub("", ftfy.fix_text(encodable(value), _MENDING))


def encodable(value: str) -> str:
    """Text that can be kept: JSON may hold halves of signs, which no encoding has."""
    if not _HALF.search(value):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean(value: object) -> str | None:
    """One line of at most 500 characters, without entities, tags and doubled spaces; None for nothing.

    Numbers become their digits. Anything else than text and numbers says nothing.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    raw = str(value)[: _LONGEST * 8]
    line = raw
    for _ in range(2):
        line = html.unescape(line)
    line = " ".join(mended(_TAG.sub(" ", line)).split())[:_LONGEST].strip()
    return None if line.lower() in _NOTHING or not line else unicodedata.normalize("NFC", line)


def named(value: object, *keys: str) -> str | None:
    """The name of what is text itself, or an object that has it under one of `keys` (name, label)."""
    if isinstance(value, dict):
        return next((one for key in keys or ("name", "label") if (one := clean(value.get(key)))), None)
    return clean(value)


def names_of(value: object) -> list[str]:
    """What `named` gives for each item of a list; nothing for anything else."""
    return [name for one in value if (name := named(one))] if isinstance(value, list) else []


def first_name(value: object) -> str | None:
    """What `named` gives for the first that has a name, of a list or of the value itself."""
    return next((word for one in listed(value) if (word := named(one))), None)


def unmarked(text: str) -> str:
    """Text whose letters have lost the marks on them: "é" is "e"."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def readable(key: str) -> str:
    """A company's name from its key in addresses: "acme-robotics" is "Acme Robotics"."""
    words = re.split(r"[-_.+\s]+", key.strip())
    return " ".join(word if any(c.isupper() for c in word) else word.capitalize() for word in words if word)
