"""How much words look like a place, and nothing but a place."""

import re
from functools import lru_cache

from hearback import places
from hearback.documents.parse.evidence import company_score, title_score
from hearback.documents.parse.tables import fold, phrases, table, tokens, words

_POSTCODE = re.compile(
    r"\b(?:\d{4,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)
_CITY_STATE = re.compile(
    r"^[^\W\d_][^\d,|]{1,40},\s*([A-Z]{2,3})\.?(?:\s+\d{5}(?:-\d{4})?)?"
    r"(?:,\s*(?:USA?|United States|Canada))?$"
)
_CITY_STATE_BARE = re.compile(r"([^\W\d_][^\d,|]{1,30}) ([A-Z]{2})")
# What samples of CVs have in the place of a place.
_SAMPLE = re.compile(
    r"(?:any ?town|city|example city|location)(?:,\s*(?:st|state|country))?(?:,?\s*\d{5})?", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def place_like(text: str) -> bool:
    """Whether the whole text is a place, as "Austin, TX", "München" or "Remote"."""
    bare = re.sub(r"\(.*?\)", "", text).strip(" .,()[]")
    if not bare or len(bare) > 70 or re.search(r"[:;@!?]", bare):
        return False
    states = words("places", "states")
    if (town := _CITY_STATE.match(bare)) and town[1] in states:
        return True
    if (near := _CITY_STATE_BARE.fullmatch(bare)) and near[2] in states:
        return places.is_city(near[1]) and title_score(near[1]) < 0.6
    if _SAMPLE.fullmatch(bare):
        return True
    parts = [part for part in re.split(r"\s*[,/|·]\s*|\s[-–—]\s", _POSTCODE.sub("", bare)) if part.strip()]
    return bool(parts) and len(parts) <= 5 and all(_place_part(part.strip(), len(parts)) for part in parts)


def place_after_comma(text: str) -> bool:
    """Whether a text is a place where a name and a comma stand before it: also that of a small town."""
    if place_like(text):
        return True
    known = (
        "," not in text
        and 0 < len(text.split()) <= 3
        and text[:1].isupper()
        and fold(text) not in words("places", "no_places")
    )
    return known and title_score(text) < 0.6 and company_score(text) < 0.4 and places.find(text) is not None


def town_before(text: str) -> bool:
    """Whether a text could be a small town that stands before its state or country."""
    listed = text.split()
    named = 0 < len(listed) <= 2 and all(word[:1].isupper() and not word.isupper() for word in listed)
    known = fold(text) in words("places", "no_places") or set(tokens(text)) & words("organisations", "legal")
    return named and not known and title_score(text) < 0.6 and company_score(text) == 0


def _place_part(part: str, of: int) -> bool:
    folded = fold(part)
    if folded in words("places", "no_places"):
        return of > 1 and folded not in ("sales", "data")
    if re.fullmatch(table("places")["remote"], folded):
        return True
    if folded in phrases("places", "state_names") or (
        places.country_code(part) and (len(part) > 2 or of > 1)
    ):
        return True
    if of > 1 and part in words("places", "states"):
        return True
    if part[:1].islower() or title_score(part) >= 0.6:
        return False
    known = places.find(part) if of == 1 else None
    if known is not None and known.city is None and known.region is not None:
        return True
    return places.is_city(part) or (of > 1 and places.find(part) is not None and len(part.split()) <= 4)
