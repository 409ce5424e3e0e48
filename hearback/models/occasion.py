"""What is told of an interview besides its state: when, where, with whom, and what a user did to it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Span = tuple[dt.datetime, dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Occasion:
    """The circumstances that one mail or one act names; what it does not name is None.

    `zones` go with the dates. `act` is what the user did by hand (add, change, cancel), and `was` when the
    interview that they did it to began, as they saw it.
    """

    zones: tuple[str | None, ...] = ()
    link: str | None = None
    interviewer: str | None = None
    place: str | None = None
    act: str | None = None
    was: dt.datetime | None = None


NOTHING = Occasion()


def spans(data: Mapping[str, Any]) -> tuple[Span, ...]:
    """The dates that an event's data names."""
    return tuple(
        (dt.datetime.fromisoformat(one["start"]), end and dt.datetime.fromisoformat(end))
        for one in data.get("dates") or ()
        for end in (one.get("end"),)
    )


def occasion(data: Mapping[str, Any]) -> Occasion:
    """The circumstances that an event's data names. Links stand with the surest first."""
    was = data.get("was")
    return Occasion(
        zones=tuple(one.get("timezone") for one in data.get("dates") or ()),
        link=next((link for link in data.get("links") or () if link.startswith("https://")), None),
        interviewer=data.get("interviewer"),
        place=data.get("place"),
        act=data.get("act"),
        was=dt.datetime.fromisoformat(was) if was else None,
    )
