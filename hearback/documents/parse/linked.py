"""Gives entries the web address that the document links their names to."""

from collections.abc import Iterable
from typing import Any

from hearback.documents.parse.found import Found
from hearback.documents.parse.tables import fold

# By which fields an entry of each section can be named in a link; the first that is linked counts.
_NAMED_BY = {
    "work": ("name", "position"),
    "volunteer": ("organization", "position"),
    "education": ("institution", "studyType"),
    "projects": ("name", "entity"),
    "certificates": ("name", "issuer"),
    "publications": ("name", "publisher"),
}


def link_entries(tree: dict[str, Any], links: Iterable[tuple[str, str]]) -> None:
    """Put `url` into the entries whose names carry a link; `links` are addresses, each with its words."""
    addresses: dict[str, str] = {}
    for address, words in links:
        if address.lower().startswith(("http://", "https://")) and fold(words):
            addresses.setdefault(fold(words), address)
    for section, fields in _NAMED_BY.items():
        for entry in tree.get(section, []) if addresses else []:
            values = [value for field in fields if (value := entry.get(field))]
            linked = next((value for value in values if fold(value.value) in addresses), None)
            if linked and not entry.get("url"):
                address = addresses[fold(linked.value)]
                entry["url"] = Found(address, linked.quote, linked.page, 0.9)
