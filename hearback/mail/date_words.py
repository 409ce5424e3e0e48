"""The words for days, months and time zones, and the patterns made of them."""

import re
from collections.abc import Iterable
from functools import cache

from hearback.mail.patterns import joined, table

_WORDS = table("dates")

MONTHS = {name: at for at, names in enumerate(_WORDS["months"], 1) for name in names.split()}
DAYS = {name: at for at, names in enumerate(_WORDS["days"]) for name in names.split()}
ZONES = {letters: tuple(names.split()) for letters, names in _WORDS["zones"].items()}
PLACES = {place: zone for zone, names in _WORDS["places"].items() for place in names.split("|")}
COUNTS: dict[str, int] = _WORDS["counts"]
HOURS: dict[str, int] = _WORDS["hours"]
SPOKEN: dict[str, int] = _WORDS["spoken"]
ALSO_ORDINALS = frozenset(_WORDS["also_ordinals"].split())
ALSO_VERBS = frozenset(_WORDS["also_verbs"].split())
ALSO_WORDS = frozenset(_WORDS["also_words"].split())
MORNINGS = frozenset(_WORDS["mornings"].split())
# How many days ahead each group of the pattern "relative" means; None is the past.
RELATIVE = {"rel0": 0, "rel1": 1, "rel2": 2, "relpast": None}

_PLACE = re.compile(r"<<(\w+)>>")


def _either(names: Iterable[str]) -> str:
    """An alternation of words, longer ones first, since they may begin with shorter ones."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_PARTS = {
    "MONTH": _either(MONTHS),
    "DAY": _either(DAYS),
    "RELATIVE": "|".join(f"(?P<rel{key}>{words})" for key, words in _WORDS["relative"].items()),
    "NOON": _either(_WORDS["noon"].split()),
    "ZONE": _either(ZONES),
    "PLACE": _either(PLACES),
    "COUNT": _either(COUNTS),
    "HOUR": _either(HOURS),
    "SPOKEN": _either(SPOKEN),
}


@cache
def compiled(*names: str) -> re.Pattern[str]:
    """The patterns of these names as one, tried in order."""
    return re.compile("|".join(_filled(name) for name in names))


def _filled(name: str) -> str:
    """A pattern with the word lists and the other patterns that it names in capitals put in."""
    text = joined(_WORDS["patterns"][name])
    return _PLACE.sub(lambda place: _PARTS.get(place[1]) or _filled(place[1].lower()), text)


def is_morning(words: str) -> bool:
    """Whether the words for a part of a day mean the morning."""
    return not MORNINGS.isdisjoint(words.split())
