"""Takes values out of a CV as text that every format can hold, and addresses that may be clicked."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

# Control characters break XML, lone surrogates break UTF-8, and marks of direction can turn a line round.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
# What a page or a reader of PDFs may open; `javascript:`, `file:` and their like stay plain text.
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_ADDRESS = 2000
# It stands at the foot of each page, so that an endless one would make pages without end.
LONGEST_NAME = 300
# No word of any language is so long. What is would be searched for a place to break for minutes.
_ENDLESS = re.compile(r"(\S{400})(?=\S)")


def text(values: Mapping[str, Any], name: str) -> str:
    """A value on one line, empty where there is none."""
    value = values.get(name)
    return "" if value is None or isinstance(value, dict | list) else line(str(value))


def name_of(basics: Mapping[str, Any]) -> str:
    """Whose CV it is, on one line."""
    return text(basics, "name")[:LONGEST_NAME].strip()


def line(value: str) -> str:
    """Words with single spaces, without what nobody can see; an endless word is broken."""
    return _ENDLESS.sub(r"\1 ", " ".join(UNSEEN.sub("", value).split()))


def paragraphs(value: object) -> tuple[str, ...]:
    """A text cut where its writer began a new line."""
    return tuple(part for raw in str(value or "").splitlines() if (part := line(raw)))


def texts(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of values, each on one line, without empty ones."""
    found = values.get(name)
    return tuple(part for each in found or () if (part := line(str(each)))) if isinstance(found, list) else ()


def listed(words: tuple[str, ...]) -> str:
    """Words as one enumeration, in which those with commas of their own stay apart."""
    return ("; " if any("," in word for word in words) else ", ").join(words)


def rows(values: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The entries of a part of the CV."""
    found = values.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def address(value: str) -> str:
    """The address that a click may open, empty where there is none that is safe."""
    if not value or re.search(r"\s", value) or len(value) > LONGEST_ADDRESS:
        return ""
    whole = value if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", value) else f"https://{value}"
    try:
        parts = urlsplit(whole)
    except ValueError:
        return ""
    if parts.scheme.lower() not in SCHEMES or (parts.scheme.startswith("http") and "." not in parts.netloc):
        return ""
    return quote(whole, safe=":/?#[]@!$&'()*+,;=%~")


def shown(value: str) -> str:
    """An address as people read it: without scheme, `www.` and the last slash."""
    return re.sub(r"^(https?://)?(www\.)?", "", value, flags=re.IGNORECASE).removesuffix("/")
