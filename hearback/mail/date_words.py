"""The words for days, months and time zones, and the patterns made of them."""

import re
from collections.abc import Iterable
from functools import cache

from hearback.mail.patterns import joined, table

_WORDS = table("dates")

MONTHS = {name: at for at, names in enumerate(_WORDS["months"], 1) for name in names.split()}
DAYS = {name: at for at, names in enumerate(_WORDS["days"]) for name in names.split()}
RELATIVE = dict.fromkeys(_WORDS["today"].split(), 0) | dict.fromkeys(_WORDS["tomorrow"].split(), 1)
ZONES = {name: zone for zone, names in _WORDS["zones"].items() for name in names.split()}
COUNTS: dict[str, int] = _WORDS["counts"]


def _either(names: Iterable[str]) -> str:
    """An alternation of words, longer ones first, since they may begin with shorter ones."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def compiled(*names: str) -> re.Pattern[str]:
    """The patterns of these names as one, tried in order."""
    return re.compile("|".join(_filled(name) for name in names))


def _filled(name: str) -> str:
    parts = {
        "MONTH": _either(MONTHS),
        "DAY": _either(DAYS),
        "RELATIVE": _either(RELATIVE),
        "NOON": _either(_WORDS["noon"].split()),
        "ZONE": _either(ZONES),
        "COUNT": _either(COUNTS),
        "CLOCK": joined(_WORDS["patterns"]["clock"]),
    }
    text = joined(_WORDS["patterns"][name])
    return re.sub(r"<<(\w+)>>", lambda place: parts[place[1]], text)
