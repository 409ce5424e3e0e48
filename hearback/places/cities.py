"""Cities of more than 15,000 people by the names that people call them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hearback.places.fold import fold
from hearback.places.tables import first_from, line_at, table

_CITIES, _NAMES = "cities.tsv", "names.tsv"


@dataclass(frozen=True, slots=True)
class City:
    """One city: its name in English, where GeoNames has one, its country, region code and people."""

    name: str
    country: str
    region: str
    people: int
    latitude: float
    longitude: float


# What is written for these and stands in no list, or only below a larger city's name.
_SHORT = {
    "nyc": "new york city", "new york": "new york city", "ny": "new york city", "sf": "san francisco",
    "la": "los angeles", "washington dc": "washington", "washington d c": "washington", "dc": "washington",
    "bangalore": "bengaluru", "gurgaon": "gurugram", "frankfurt": "frankfurt am main",
    "frankfurt main": "frankfurt am main", "frankfurt a m": "frankfurt am main", "tel aviv yafo": "tel aviv",
    "cologne": "koln", "mexico df": "mexico city", "cdmx": "mexico city", "sao paolo": "sao paulo",
}  # fmt: skip


def cities_named(text: str) -> tuple[City, ...]:
    """Every city that the words name: those whose own name it is first, the larger before the smaller."""
    name = fold(text)
    name = _SHORT.get(name, name)
    return called(name) or (called(name.removesuffix(" city")) if name.endswith(" city") else ())


@lru_cache(maxsize=1_000)
def called(name: str) -> tuple[City, ...]:
    """Every city with that folded name, in the order of `cities_named`."""
    names = table(_NAMES)
    wanted = name.encode()
    start = first_from(names, wanted, _name)
    found, _, where = line_at(names, start).partition(b"\t") if start < len(names) else (b"", b"", b"")
    if found != wanted:
        return ()
    return tuple(_city(line_at(table(_CITIES), int(one, 36))) for one in where.split())


def between(south: float, north: float) -> Iterator[City]:
    """Every city from one latitude to another, in degrees."""
    cities = table(_CITIES)
    start = first_from(cities, south, _latitude)
    while start < len(cities):
        line = line_at(cities, start)
        city = _city(line)
        if city.latitude > north:
            return
        yield city
        start += len(line) + 1


def _name(line: bytes) -> bytes:
    return line.partition(b"\t")[0]


def _latitude(line: bytes) -> float:
    return float(line.partition(b"\t")[0])


def _city(line: bytes) -> City:
    latitude, longitude, people, country, region, name = line.decode().split("\t")
    return City(name, country, region, int(people), float(latitude), float(longitude))
