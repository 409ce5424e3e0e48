"""Places of work and where one may work from, out of what boards write for them."""

import re
from collections.abc import Iterable

from hearback.boards.normal.text import clean
from hearback.boards.posting import Place
from hearback.places import country_code, country_name, find, is_city, region_name

_MOST = 40
_APART = re.compile(r"\s*(?:[;|\n•·]|\s/\s|/(?=[A-Z]{1}[a-z])|\s(?:or|oder|ou|o)\s|\s&\s)\s*")
# "Anywhere" and the areas that boards name where no country list stands.
_AREAS = (
    ("Worldwide", r"world ?wide|anywhere|global(?:ly)?|international(?:ly)?"),
    ("Europe", r"europe|european union|eu|europa"),
    ("EMEA", r"emea"),
    ("LATAM", r"latam|latin america|south america"),
    ("APAC", r"apac|asia[- ]pacific"),
    ("North America", r"north america|north american"),
    ("Americas", r"(?<!north )(?<!south )(?<!latin )americas"),
    ("Asia", r"asia(?![- ]pacific)"),
    ("Africa", r"africa(?!n)"),
    ("Oceania", r"oceania"),
    ("DACH", r"dach"),
    ("Nordics", r"nordics?|scandinavia"),
)
_AREA = tuple((name, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I)) for name, words in _AREAS)


def places(value: object) -> tuple[Place, ...]:
    """Every place that a text or a list of texts names, each once; its text stays as written."""
    texts = value if isinstance(value, list | tuple) else [value]
    found: dict[str, Place] = {}
    for text in texts[:_MOST]:
        for piece in _pieces(clean_lines(text)):
            found.setdefault(piece.lower(), _place(piece))
    return unique(found.values())


def within(country: object, first: object, others: list[object]) -> tuple[Place, ...]:
    """Places as `places` gives them, where the board states the country of the first one apart."""
    code = country_code(named) if (named := clean(country)) else None
    name = country_name(code) if code else None
    found = []
    for place in places(first):
        known = find(f"{place.text}, {name}") if name and place.country != code else None
        agrees = known is not None and known.country == code and not wide_areas(known.city or "")
        found.append(Place(place.text, known.city, known.region, code) if known and agrees else place)
    return unique([*found, *places([other for other in others if other != first])])


def place_of(
    city: object = None, region: object = None, country: object = None, text: object = None
) -> Place | None:
    """The place of fields that stand apart; `text` is what is shown, else made of them.

    None where all are empty.
    """
    parts = [clean(part) for part in (city, region, country)]
    land = country_code(parts[2]) if parts[2] else None
    # Some boards write the continent or the country where the region belongs.
    if parts[1] and (wide_areas(parts[1]) or (land and country_code(parts[1]) == land)):
        parts[1] = None
    shown = clean(text) or ", ".join(_shown(parts, land))
    if not shown:
        return None
    if parts[0] and _wide(parts[0]) and find(parts[0]) is None:
        parts[0] = None
    known = find(", ".join(part for part in parts if part)) or (find(shown) if not any(parts) else None)
    return Place(
        shown,
        (known.city if known else None) or (parts[0] if not known or not known.city else None),
        (known.region if known else None) or (region_name(parts[1], land) if parts[1] else None) or parts[1],
        (known.country if known else None) or land,
    )


def unique(found: Iterable[Place]) -> tuple[Place, ...]:
    """Places in their order, each once."""
    kept: dict[tuple[str | None, ...], Place] = {}
    for place in found:
        parts = (place.city, place.region, place.country)
        kept.setdefault(parts if any(parts) else (place.text.lower(),), place)
    return tuple(kept.values())


def remote_from(*values: object) -> tuple[str, ...]:
    """From where remote work may be done: codes of countries, or words for wider areas ("Europe")."""
    named: dict[str, None] = {}
    for value in values:
        for text in value if isinstance(value, list | tuple) else [value]:
            line = clean(text)
            if line:
                named |= dict.fromkeys([*wide_areas(line), *_countries(line)])
    return tuple(named)


def clean_lines(value: object) -> str:
    """As `clean`, with the ends of lines kept, since boards write one place a line."""
    if not isinstance(value, str):
        return ""
    return "\n".join(line for part in value[:2000].split("\n") if (line := clean(part)))


def _pieces(text: str) -> list[str]:
    """One text for each place. Commas part places only where each part is a city of its own."""
    # Some countries have a sign in their names: "Bosnia & Herzegovina".
    if country_code(text):
        return [text]
    pieces = []
    for piece in _APART.split(text):
        parts = [part.strip() for part in piece.split(",")]
        several = len({part.lower() for part in parts}) == len(parts) > 1 and all(map(is_city, parts))
        pieces += parts if several else [piece.strip()]
    return [piece for piece in pieces if piece][:_MOST]


def _place(text: str) -> Place:
    known = find(text)
    return Place(text, known.city, known.region, known.country) if known else Place(text)


def _shown(parts: list[str | None], country: str | None) -> list[str]:
    named = [*parts[:2], (country_name(country) if country else None) or parts[2]]
    return list(dict.fromkeys(part for part in named if part))


def _wide(text: str) -> bool:
    return (
        bool(wide_areas(text))
        or re.fullmatch(
            r"(?i)(fully )?remote.*|home ?office|various.*|multiple.*|nation ?wide|bundesweit|virtual", text
        )
        is not None
    )


def wide_areas(text: str) -> tuple[str, ...]:
    """The areas wider than a country that a text names."""
    return tuple(name for name, pattern in _AREA if pattern.search(text))


def _countries(line: str) -> list[str]:
    """The countries of every place in a line. Commas part countries only where all parts are some."""
    found: list[str] = []
    for piece in re.split(r"[;/|•]|\band\b|\bor\b|\s&\s", line):
        codes = [country_code(part) for part in piece.split(",")]
        known = find(piece)
        if len(codes) > 1 and all(codes):
            found += [code for code in codes if code]
        elif known and known.country:
            found.append(known.country)
    return found
