"""Where the person lives, as far as the head of the CV tells."""

import re
from collections.abc import Iterable

from hearback import places
from hearback.documents.lines import Line
from hearback.documents.parse.contact import EMAIL
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.tables import pattern

_PLACE_WORDS = pattern("forms", "place", r"^(?:%s)\s*[:–-]\s*")
_STREET = pattern("forms", "street", "%s")
_POSTCODE = pattern("forms", "postcode", r"\b(?:%s)(?!\d)")


def location_in(lines: Iterable[Line]) -> dict[str, Found | None]:
    """Where the person lives, as JSON Resume has it: address, postalCode, city, region, countryCode."""
    best: tuple[float, dict[str, Found | None]] | None = None
    street: tuple[str, Line] | None = None
    for at, line in enumerate(lines):
        if re.search(r"willing to relocate", line.text, re.IGNORECASE):
            continue
        for piece in _pieces(line.text):
            labelled = bool(_PLACE_WORDS.match(piece))
            bare = _PLACE_WORDS.sub("", piece).strip(" .,")
            if _STREET.search(bare):
                street = street or (bare, line)
            place = _place(bare, line, labelled)
            score = (
                (0.4 if labelled else 0.0)
                - 0.02 * at
                + 0.1 * sum(value is not None for value in place.values())
            )
            if place and (best is None or score > best[0]):
                best = score, place
    location = best[1] if best else {}
    if street and "address" not in location:
        location["address"] = found(street[0], street[1], 0.8)
    return location


def _pieces(text: str) -> list[str]:
    text = EMAIL.sub(" | ", text)
    text = re.sub(r"(?:https?://|www\.)\S+", " | ", text)
    text = re.sub(r"\+?\(?\d{3,4}\)?[\s.-]?\d{3}[\s.-]?\d{3,4}\b", " | ", text)
    return [
        piece.strip()
        for piece in re.split(r"\t|\s*[|•·●♦▪;]\s*|\s[–—-]+\s|\s{3,}", text)
        if piece.strip(" -–—,:")
    ]


def _place(text: str, line: Line, labelled: bool) -> dict[str, Found | None]:
    """The parts of a place where the whole text is one, with a street before it or not."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for start in range(len(parts)):
        tail = ", ".join(parts[start:])
        code = _POSTCODE.search(tail)
        bare = tail.replace(code[0], "").strip(" ,-") if code else tail
        alone = len(parts) - start == 1
        if alone and code is None and not labelled and start:
            continue
        if bare and place_like(bare):
            known = places.find(bare)
            city = _city(bare)
            head = ", ".join(parts[:start])
            result = {
                "address": found(head, line, 0.8) if _STREET.search(head) else None,
                "postalCode": found(code[0], line, 0.8) if code else None,
                "city": found(city, line, 0.9) if city else None,
                "region": found(_region(bare, city), line, 0.85),
                "countryCode": found(known.country, line, 0.8)
                if known and known.country and _states(bare, known.country)
                else None,
            }
            return result if any(result.values()) else {}
    return {}


def _city(text: str) -> str:
    first = re.split(r"\s*[,/|]\s*|\s[-–—]\s", text)[0].strip()
    is_wider = places.country_code(first) and not places.is_city(first)
    return "" if is_wider or re.match(r"(?i)remote|hybrid", first) else first


def _region(text: str, city: str) -> str:
    parts = [part.strip() for part in re.split(r"[,/|]|\s[-–—]\s", text)]
    rest = [
        part for part in parts if part and part != city and not (places.country_code(part) and len(part) > 2)
    ]
    if len(parts) == 2 and rest and places.country_code(rest[0]) and not places.region_name(rest[0], "US"):
        return ""
    return rest[0] if rest else ""


def _states(text: str, country: str) -> bool:
    """Whether the text itself names the country, or a state that lies in one country alone."""
    parts = [part.strip() for part in re.split(r"[,/|]|\s[-–—]\s", text)]
    return any(places.country_code(part) == country for part in parts if len(part) > 2) or len(parts) > 1
