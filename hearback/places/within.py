"""The countries of a wider area that a person names: Europe, DACH, LATAM."""

from functools import cache

from hearback.places.areas import EVERYWHERE, areas_of
from hearback.places.countries import country_codes
from hearback.places.fold import fold

# How else people call them; the union is not the continent, but who looks for jobs there means both.
_ALSO = {"eu": "europe", "european union": "europe", "latin america": "latam", "nordic": "nordics"}


def countries_in(text: str) -> tuple[str, ...]:
    """Codes of the countries in an area of that name; () where no area is called so."""
    name = fold(text)
    return _areas().get(_ALSO.get(name, name), ())


@cache
def _areas() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in country_codes():
        for area in areas_of(code):
            if area != EVERYWHERE:
                found[fold(area)] = (*found.get(fold(area), ()), code)
    return found
