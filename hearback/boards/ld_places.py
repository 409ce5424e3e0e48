"""The places of a JobPosting: objects, lists and lines of text, as sites give them."""

import re

from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.text import clean, first_name, named
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.posting import Place

_PARTS = frozenset({"addressLocality", "addressRegion", "addressCountry"})


def places_of(value: object) -> tuple[Place, ...]:
    """The places of `jobLocation`."""
    rows = listed(value)
    addresses = [str(part(row, "address")) for row in rows if isinstance(row, dict)]
    # Some sites repeat one address for every place, and only the names differ.
    by_name = len(addresses) > 1 and len(set(addresses)) == 1
    return unique([place for row in rows for place in _of_row(row, by_name)])


def from_where(value: object) -> tuple[object, ...]:
    """The words of `applicantLocationRequirements`, for hearback.boards.normal.where.remote_from."""
    found: list[object] = []
    for row in listed(value):
        address = part(row, "address")
        found.append(_country(part(address, "addressCountry")) or named(row, "name", "addressCountry"))
    return tuple(one for one in found if one)


def _of_row(row: object, by_name: bool) -> tuple[Place, ...]:
    if not isinstance(row, dict):
        return places(row)
    name = clean(row.get("name"))
    found: list[Place] = []
    for address in listed(row.get("address")) or ([row] if row.keys() & _PARTS else []):
        if by_name and name:
            break
        if isinstance(address, str):
            found += places(address)
        else:
            found += _of_address(address)
    return tuple(found) or (places(name) if name else ())


def _of_address(address: object) -> tuple[Place, ...]:
    cities = [city for one in listed(part(address, "addressLocality")) for city in _cities(one)]
    found = [_of_parts(address, city) for city in (cities or [""])]
    return tuple(place for place in found if place)


def _cities(value: object) -> list[str]:
    """The towns of a line; some sites write all of them into one."""
    line = named(value) or ""
    return [city for one in re.split(r"\s*[;|]\s*|\s+/\s+", line) if (city := one.strip())]


def _of_parts(address: object, city: str) -> Place | None:
    region = first_name(part(address, "addressRegion"))
    country = _country(part(address, "addressCountry"))
    if not (city or region or country):
        # What else an address may hold names no town, but is better than nothing.
        rest = (first_name(part(address, key)) for key in ("name", "streetAddress", "postalCode"))
        return place_of(text=next((one for one in rest if one), None))
    if city and region and city.lower().endswith(f", {region.lower()}"):
        city = city[: -len(region) - 2]
    return place_of(city, region, country)


def _country(value: object) -> str | None:
    """A country as text, or as an object whose name may be a list of the same word."""
    if isinstance(value, dict):
        return first_name(value.get("name") or value.get("addressCountry") or value.get("identifier"))
    return first_name(value)
