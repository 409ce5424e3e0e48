"""The cities around a city, so that a search for one finds the jobs of its neighbours."""

import math
from functools import lru_cache

from hearback.places.cities import City, between, called
from hearback.places.find import Known
from hearback.places.fold import fold
from hearback.places.regions import region_of

# A way to work that many people go: about half an hour to an hour.
KILOMETRES = 40.0
# The largest are enough: who works in a village beside them is found by its own name.
MOST = 25
_EARTH = 6371.0


@lru_cache(maxsize=1_000)
def near(place: Known) -> tuple[Known, ...]:
    """Cities within KILOMETRES of a city, the largest first and without itself; none for a wider place."""
    here = _city_of(place)
    if here is None:
        return ()
    reach = math.degrees(KILOMETRES / _EARTH)
    band = between(here.latitude - reach, here.latitude + reach)
    around = [city for city in band if city != here and _distance(here, city) <= KILOMETRES]
    # Of two as large, the nearer one.
    largest = sorted(around, key=lambda city: (-city.people, _distance(here, city)))[:MOST]
    return tuple(_known(city) for city in largest)


def _city_of(place: Known) -> City | None:
    """The largest city of that very name, region and country."""
    for city in called(fold(place.city)) if place.city else ():
        known = _known(city)
        if (known.city, known.country) == (place.city, place.country) and place.region in (
            None,
            known.region,
        ):
            return city
    return None


def _known(city: City) -> Known:
    region = region_of(city.country, city.region)
    return Known(city.name, region.name if region else None, city.country)


def _distance(one: City, other: City) -> float:
    """Kilometres between two cities along the ground, close enough for neighbours."""
    north = math.radians(other.latitude - one.latitude)
    middle = math.radians((one.latitude + other.latitude) / 2)
    east = math.radians(other.longitude - one.longitude) * math.cos(middle)
    return _EARTH * math.hypot(north, east)
