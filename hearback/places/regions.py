"""States, lands and provinces of the countries whose jobs name them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hearback.places.fold import fold
from hearback.places.tables import rows


@dataclass(frozen=True)
class Region:
    """A part of a country: `code` is that of GeoNames (admin1), which cities carry."""

    country: str
    code: str
    name: str


@cache
def _all() -> tuple[dict[str, tuple[Region, ...]], dict[tuple[str, str], Region]]:
    listed = tomllib.loads((Path(__file__).parent / "regions.toml").read_text(encoding="utf-8"))
    listed["US"] = {code: [name, code] for code, name in rows("states.tsv")}
    listed["US"]["DC"] = ["District of Columbia", "DC", "D.C."]
    by_name: dict[str, tuple[Region, ...]] = {}
    by_code: dict[tuple[str, str], Region] = {}
    # The United States first: where a short name is shared, most postings mean theirs.
    for country in ["US", *(code for code in listed if code != "US")]:
        for code, names in listed[country].items():
            region = Region(country, code, names[0])
            by_code[country, code] = region
            for name in {fold(name) for name in names}:
                by_name[name] = (*by_name.get(name, ()), region)
    return by_name, by_code


def regions_named(text: str) -> tuple[Region, ...]:
    """Every region that the words name, by its whole or its short name."""
    return _all()[0].get(fold(text), ())


def region_of(country: str, code: str) -> Region | None:
    """The region with this code of GeoNames."""
    return _all()[1].get((country, code))


def region_name(text: str, country: str | None) -> str | None:
    """The whole name of a region that is named or abbreviated, such as "CA" in "US"."""
    found = [region for region in regions_named(text) if country in (None, region.country)]
    return found[0].name if found else None
