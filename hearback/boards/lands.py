"""Reads where those may live who do a remote job: countries and wider areas, which are no places of work."""

import re

from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places, remote_from
from hearback.boards.posting import Place
from hearback.places import country_code

_APART = re.compile(r"\s*(?:[,;/|\n]|\band\b|\bor\b)\s*")


def lands(value: object) -> tuple[Place, ...]:
    """One place for each country or area of a text or a list; where towns are named, as places are read."""
    found: list[Place] = []
    for text in value if isinstance(value, list) else [value]:
        line = clean(text) or ""
        # Some countries have an "and" in their name.
        pieces = [line] if country_code(line) else [piece for piece in _APART.split(line) if piece]
        read = [_land(piece) for piece in pieces]
        whole = [place for place in read if place is not None]
        found += whole if len(whole) == len(pieces) else places(text)
    return tuple(dict.fromkeys(found))


def only_country(found: tuple[Place, ...]) -> str | None:
    """The country that all places lie in, which tells what a bare dollar sign means."""
    countries = {place.country for place in found}
    return countries.pop() if len(countries) == 1 else None


def _land(piece: str) -> Place | None:
    # Areas come as words, countries as their two letters.
    if any(len(name) > 2 for name in remote_from(piece)):
        return Place(piece)
    code = country_code(piece)
    return Place(piece, country=code) if code else None
