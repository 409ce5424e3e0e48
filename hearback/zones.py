"""Time zones by their names, of which a user's row may hold one that this machine does not know."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def known_zones() -> frozenset[str]:
    """Names of the time zones that this machine knows."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where the name is not known here."""
    return ZoneInfo(name if name in known_zones() else "UTC")
