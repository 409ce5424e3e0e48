"""When two names mean the same company or the same role, and when they surely do not."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

LEGAL_FORMS = frozenset([
    "inc", "incorporated", "llc", "llp", "ltd", "limited", "plc", "gmbh", "ag", "se", "kg", "ug",
    "bv", "nv", "sa", "sas", "sarl", "srl", "spa", "oy", "ab", "as", "aps", "corp", "corporation",
    "co", "company", "pty", "pvt", "kgaa", "ohg", "ev", "the", "and", "und",
])  # fmt: skip
# Words that companies add to their name or leave out of it without becoming another company.
COMMON_ADDITIONS = frozenset([
    "group", "holding", "holdings", "international", "global", "technologies", "technology", "tech",
    "labs", "lab", "software", "systems", "solutions", "services", "digital", "online", "europe",
    "deutschland", "germany", "france", "uk", "usa", "us", "america", "careers", "career", "jobs",
    "talent", "recruiting", "recruitment", "hiring", "team", "hr", "people", "robotics",
    "analytics", "health", "energy", "studios", "studio", "media", "ai", "io", "hq", "app",
    "consulting",
])  # fmt: skip
# First words that many companies share: alone they name none.
COMMON_BEGINNINGS = frozenset([
    "first", "united", "general", "american", "national", "global", "international", "bank",
    "university", "open", "blue", "green", "north", "south", "east", "west", "new", "city", "data",
    "digital", "smart", "royal", "deutsche", "british", "european",
])  # fmt: skip
LEVELS = {
    "intern": "intern", "internship": "intern", "trainee": "intern", "werkstudent": "intern",
    "junior": "junior", "jr": "junior", "graduate": "junior", "associate": "junior",
    "senior": "senior", "sr": "senior", "staff": "staff", "principal": "principal",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "1": "1", "2": "2", "3": "3", "4": "4",
}  # fmt: skip
SAME_ROLE = 88
SAME_SPELLING = 90


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Lower-case words of a name without accents, punctuation and legal forms."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("&", " and ")
    found = re.findall(r"[^\W_]+", re.sub(r"['’.]", "", plain))
    return tuple(w for w in found if w not in LEGAL_FORMS) or tuple(found)


@lru_cache(maxsize=4096)
def block(name: str) -> str:
    """The key that all spellings of one company share; only names of one block are compared."""
    found = list(words(name))
    while len(found) > 1 and found[-1] in COMMON_ADDITIONS:
        # "IBM" and "IBM Europe" would begin differently in their first four letters.
        found.pop()
    return "".join(found)[:4]


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """What a name of three words or more is abbreviated to, "" for shorter ones."""
    found = words(name)
    return "".join(word[0] for word in found) if len(found) >= 3 else ""


@lru_cache(maxsize=8192)
def same_company(one: str, other: str) -> bool:
    """Whether two names mean one company: equal, misspelt a little, or with a usual addition.

    "Acme" is "Acme Labs GmbH"; "Avail" is not "Avra", "TeamViewer" is not "TeamEx".
    """
    a, b = words(one), words(other)
    if not a or not b:
        return False
    if initials(one) == _abbreviation(other) != "" or initials(other) == _abbreviation(one) != "":
        return True
    if block(one) != block(other):
        return False
    joined_a, joined_b = "".join(a), "".join(b)
    if joined_a == joined_b:
        return True
    short, long = sorted((a, b), key=len)
    if long[: len(short)] == short:
        # A domain gives "greywater" for Greywater Utilities; "First" alone would be any of many.
        told = len("".join(short)) >= 4 and not set(short) <= COMMON_BEGINNINGS
        if told or set(long[len(short) :]) <= COMMON_ADDITIONS:
            return True
    stripped = [tuple(w for w in name if w not in COMMON_ADDITIONS) for name in (a, b)]
    if stripped[0] and "".join(stripped[0]) == "".join(stripped[1]):
        return True
    if min(len(joined_a), len(joined_b)) < 6:
        return False
    return fuzz.ratio(joined_a, joined_b) >= SAME_SPELLING


def _abbreviation(name: str) -> str:
    """The one word of a name in capitals, "IBM" of "IBM" or of "IBM Deutschland GmbH"; "" if it has none."""
    first, *added = words(name)
    told = first.upper() in name and set(added) <= COMMON_ADDITIONS
    return first if told and 3 <= len(first) <= 5 else ""


@lru_cache(maxsize=8192)
def same_role(one: str, other: str) -> bool:
    """Whether two job titles can mean one opening; a different level or number forbids it."""
    a, b = _title(one), _title(other)
    levels_a, levels_b = ({LEVELS[w] for w in title if w in LEVELS} for title in (a, b))
    if levels_a and levels_b and levels_a != levels_b:
        return False
    bare_a, bare_b = (" ".join(w for w in title if w not in LEVELS) for title in (a, b))
    if not bare_a or not bare_b:
        return bare_a == bare_b
    return fuzz.token_set_ratio(bare_a, bare_b) >= SAME_ROLE


def _title(role: str) -> tuple[str, ...]:
    # "(m/f/d)", "(w/m/d)", "(all genders)" say nothing about the opening.
    return words(re.sub(r"\((?:[a-z](?:/[a-z])+|all genders|remote)\)", " ", role, flags=re.I))
