"""What is open now: the openings of the start, without those that were closed, with those that were added."""

import json
import threading
from datetime import datetime
from typing import Any

from sandbox.clock import Clock
from sandbox.openings.opening import Opening, companies, listed, made, trades
from sandbox.store import Store

KEPT = "openings"
TEXTS = {"title": 200, "place": 120, "own": 2_000}


class OpeningError(ValueError):
    """An opening that cannot be made or is not there; the text names the field and what is wanted."""


class Openings:
    """The local job market. It outlives a restart with the same dates, so that boards do not change by it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        kept = store.meta(KEPT)
        self._kept: dict[str, Any] = json.loads(kept) if kept else {}
        if not kept:
            self.reset()

    def reset(self) -> None:
        """Back to the openings of the start, as seen from now."""
        with self._lock:
            self._kept = {"since": self._clock.now().isoformat(), "closed": [], "added": []}
            self._save()

    def all(self) -> list[Opening]:
        """Everything that is open, in the order in which it was made."""
        since = datetime.fromisoformat(self._kept["since"])
        found = listed(since)
        for number, (at, row) in enumerate(self._kept["added"], start=len(found) + 1):
            found.append(made(number, datetime.fromisoformat(at), row))
        return [one for one in found if one.id not in self._kept["closed"]]

    def on(self, board: str, company: str | None = None) -> list[Opening]:
        """What stands on a board, of one company or of all."""
        return [one for one in self.all() if board in one.boards() and company in {None, one.company.key}]

    def find(self, number: int) -> Opening | None:
        """The opening of that number, if it is open."""
        return next((one for one in self.all() if one.id == number), None)

    def close(self, number: int) -> None:
        """Take an opening off every board. Raises OpeningError."""
        if self.find(number) is None:
            raise OpeningError(f"id: no opening {number} is open")
        with self._lock:
            self._kept["closed"].append(number)
            self._save()

    def add(self, row: dict[str, Any]) -> Opening:
        """Open a job now: company, title, and as wished trade, place, own words, away, pay, days, until.

        Raises OpeningError with the field that cannot be used.
        """
        checked = _checked(row)
        with self._lock:
            self._kept["added"].append((self._clock.now().isoformat(), checked))
            self._save()
        return self.all()[-1]

    def _save(self) -> None:
        self._store.save_meta(KEPT, json.dumps(self._kept))
        self._store.flush()


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    values = {"trade": "software", "place": "New York, NY", "own": "", "days": 0, "away": ""} | row
    known = {*TEXTS, "company", "trade", "away", "kind", "also", "pay", "days", "until"}
    for name in values:
        if name not in known:
            raise OpeningError(f"{name}: unknown; known: {', '.join(sorted(known))}")
    for name, choices in (
        ("company", companies()),
        ("trade", trades()),
        ("away", ("", "remote", "hybrid")),
        ("also", ("", "remotive")),
        ("kind", ("Full-time", "Part-time", "Contract", "Internship")),
    ):
        if (name in values or name == "company") and values.get(name) not in choices:
            raise OpeningError(f"{name}: wanted one of {', '.join(map(repr, choices))}")
    for name, longest in TEXTS.items():
        text = values.get(name)
        if not isinstance(text, str) or len(text) > longest or (name == "title" and not text.strip()):
            raise OpeningError(f"{name}: wanted a text of at most {longest} signs")
    for name in ("days", "until"):
        days = values.get(name, 0)
        if not isinstance(days, int) or not 0 <= days <= 3_650:
            raise OpeningError(f"{name}: wanted a whole number of days from 0 to 3650")
    if "pay" in values and not _is_pay(values["pay"]):
        raise OpeningError('pay: wanted [minimum, maximum, "USD", "year"]')
    return values


def _is_pay(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 4:
        return False
    low, high, currency, period = value
    figures = all(
        isinstance(one, int | float) and not isinstance(one, bool) and one > 0 for one in (low, high)
    )
    return figures and low <= high and currency in {"USD", "EUR", "CAD"} and period in {"year", "hour"}
