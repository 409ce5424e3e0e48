"""The wider areas that boards name where work may be done from, by country: Europe, EMEA, LATAM."""

from functools import cache

from hearback.places.countries import continent_of

_OF_CONTINENT = {
    "EU": ("Europe", "EMEA"),
    "AF": ("Africa", "EMEA"),
    "AS": ("Asia", "APAC"),
    "OC": ("Oceania", "APAC"),
    "NA": ("North America", "Americas"),
    "SA": ("LATAM", "Americas"),
}
_ALSO = {
    "DACH": frozenset({"DE", "AT", "CH"}),
    "Nordics": frozenset({"SE", "NO", "DK", "FI", "IS"}),
    "EMEA": frozenset({"AE", "SA", "IL", "TR", "QA", "KW", "BH", "OM", "JO", "LB", "EG"}),
    "LATAM": frozenset({"MX", "CR", "PA", "GT", "SV", "HN", "NI", "DO", "CU", "PR"}),
}
EVERYWHERE = "Worldwide"


@cache
def areas_of(country: str) -> tuple[str, ...]:
    """The areas that hold the country with that code, "Worldwide" first."""
    of_continent = _OF_CONTINENT.get(continent_of(country) or "", ())
    also = tuple(name for name, countries in _ALSO.items() if country in countries)
    return tuple(dict.fromkeys((EVERYWHERE, *of_continent, *also)))
