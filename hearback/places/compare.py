"""Whether two places can be the same one."""

from typing import Protocol

from hearback.places.fold import fold


class Where(Protocol):
    """Anything with a city, a region and a country, each of which may be unknown."""

    @property
    def city(self) -> str | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...


def compatible(a: Where | None, b: Where | None) -> bool:
    """True for the same city, for one that lies in the other, and where too little is known to tell."""
    if a is None or b is None:
        return True
    pairs = ((a.country, b.country), (a.region, b.region), (a.city, b.city))
    return all(one is None or other is None or fold(one) == fold(other) for one, other in pairs)
