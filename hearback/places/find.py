"""Reads the place out of what a posting or a person writes for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hearback.places.cities import City, cities_named
from hearback.places.countries import country_code
from hearback.places.fold import fold
from hearback.places.regions import Region, region_of, regions_named

_LONGEST = 200
# Smaller cities are often called as something else is.
_LARGE = 100_000
# Words beside a place that say how the work is done, not where.
_BESIDE = re.compile(
    r"\b(fully|100 ?%|remote(ly)?|hybrid|on[- ]?site|in[- ]office|hq|headquarters|head office|office|based|"
    r"only|"
    r"home ?based|home ?office|work(ing)? from home|wfh|flexible|greater|metropolitan|metro|area|region|"
    r"nationwide|"
    r"multiple|various|several|locations?|any|anywhere|world ?wide|global(ly)?|country|campus|city of|"
    r"telecommute|"
    r"distributed|friendly|first|required|travel|eligible|possible|preferred|optional)\b",
    re.IGNORECASE,
)
# Small letters alone: in capitals "OR" and "IN" are states.
_BETWEEN = re.compile(r"\b(within|in|or|and|from|around|near)\b")
_POSTCODE = re.compile(r"\b(?=[\w ]*\d)(\d{4,6}(-\d{3,4})?|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2})\b")
_SPLIT = re.compile(r"[,;|/·•()\[\]\n]|\s[-–—]+\s|(?<=\b[A-Z]{2})-|-(?=[A-Z]{2}\b)|--+")
_CODE_FIRST = re.compile(r"^([A-Z]{3}) (?:([A-Z]{2}) )?(?=[A-Z])")
# Areas that are named for themselves and lie within one region.
_AREAS = {
    "bay": ("California", "US"), "san francisco bay": ("California", "US"), "sf bay": ("California", "US"),
    "silicon valley": ("California", "US"), "southern california": ("California", "US"),
    "northern california": ("California", "US"), "northern virginia": ("Virginia", "US"),
    "upstate new york": ("New York", "US"), "long island": ("New York", "US"), "new england": (None, "US"),
    "east coast": (None, "US"), "west coast": (None, "US"), "midwest": (None, "US"), "dach": (None, None),
}  # fmt: skip
# The province is meant, though its capital has the same name.
_REGION_RATHER = frozenset({"quebec", "washington"})


@dataclass(frozen=True)
class Known:
    """A place as far as it is known: country is ISO 3166-1 alpha-2, region the name of a state or land."""

    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class _Reading:
    """One way to read the parts: how many it explains, and the place."""

    parts: int
    likely: int
    place: Known


@lru_cache(maxsize=20_000)
def find(text: str) -> Known | None:
    """The place that the words name; None where they name none that is known, or a wider area."""
    line = _CODE_FIRST.sub(_code_apart, text[:_LONGEST].strip())
    line = _POSTCODE.sub(" ", line).replace("D.C.", "DC")
    return _of_parts(_SPLIT.split(line)) or ("-" in line and _of_parts(line.split("-"))) or None


def _code_apart(match: re.Match[str]) -> str:
    """ "USA DC Washington" as "USA, DC, Washington"; other words in capitals stay."""
    if not country_code(match[1]):
        return match[0]
    return ", ".join(code for code in match.groups() if code) + ", "


def _of_parts(pieces: list[str]) -> Known | None:
    # "Trinidad and Tobago" is one name.
    bare = [piece if country_code(piece) else _BETWEEN.sub(" ", _BESIDE.sub(" ", piece)) for piece in pieces]
    bare = [piece.strip(" .:-–—") for piece in bare]
    parts = [part for part in bare if fold(part)][:6]
    if not parts:
        return None
    if fold(parts[0]) in _AREAS:
        region, country = _AREAS[fold(parts[0])]
        return Known(None, region, country) if country else None
    best = max(_readings(parts), key=lambda one: (one.parts, one.likely), default=None)
    return best.place if best else None


def is_city(text: str) -> bool:
    """Whether the words mean a large city: no country, and no region but the one of that name around it."""
    cities = cities_named(text)
    other = len(fold(text)) < 3 or bool(country_code(text)) or fold(text) in _REGION_RATHER
    if other or not cities or cities[0].people < _LARGE:
        return False
    regions = regions_named(text)
    return not regions or any(_lies_in(city, region) for city in cities[:1] for region in regions)


def _readings(parts: list[str]) -> Iterator[_Reading]:
    countries: list[tuple[int, str]] = [
        (at, code) for at, part in enumerate(parts) if (code := _country(part, len(parts)))
    ]
    regions = [(at, region) for at, part in enumerate(parts) for region in regions_named(part)]
    for country_at, country in [*countries, (-1, None)]:
        for region_at, region in [*regions, (-1, None)]:
            if region and (region_at == country_at or country not in (None, region.country)):
                continue
            where = country or (region.country if region else None)
            explained = (country_at >= 0) + (region_at >= 0)
            city_at, city = _city(parts, {country_at, region_at}, where, region)
            if city:
                yield _of_city(explained + 1, city_at, city)
            elif explained and not _is_short_alone(parts, region_at):
                yield _without(parts, explained, {country_at, region_at}, region, where)


def _country(part: str, of: int) -> str | None:
    code = country_code(part)
    # Two letters that stand alone are a country only where no state is written so.
    alone = of == 1 and len(part) == 2 and part.upper() not in {"US", "UK"} and bool(regions_named(part))
    return None if alone else code


def _is_short_alone(parts: list[str], region_at: int) -> bool:
    return len(parts) == 1 and region_at == 0 and len(parts[0]) <= 2


def _city(
    parts: list[str], taken: set[int], country: str | None, region: Region | None
) -> tuple[int, City | None]:
    for at, part in enumerate(parts):
        if at in taken:
            continue
        for city in cities_named(part):
            if country in (None, city.country) and (region is None or _lies_in(city, region)):
                return at, city
    return -1, None


def _lies_in(city: City, region: Region) -> bool:
    return city.country == region.country and city.region == region.code


def _of_city(parts: int, at: int, city: City) -> _Reading:
    region = region_of(city.country, city.region)
    same = bool(region) and (fold(city.name).removesuffix(" city") == fold(region.name if region else ""))
    rather_region = fold(city.name) in _REGION_RATHER and parts == 1
    likely = 1 if rather_region else 4 if same or fold(city.name) == fold(_name_of(city)) else 2
    return _Reading(parts, likely * 10 - at, Known(city.name, region.name if region else None, city.country))


def _name_of(city: City) -> str:
    """The city's name where it is also a country's, as Singapore's is, else nothing."""
    return city.name if country_code(city.name) == city.country else ""


def _without(
    parts: list[str], explained: int, taken: set[int], region: Region | None, country: str | None
) -> _Reading:
    """A region or country, with the first part as its city where that is a name and stands before them."""
    first = parts[0]
    named = 0 not in taken and len(parts) > 1 and re.fullmatch(r"[^\W\d_][^\d_]{1,40}", first) is not None
    city = first if named and not (regions_named(first) or country_code(first)) else None
    return _Reading(
        explained, 30 if region is None else 35, Known(city, region.name if region else None, country)
    )
