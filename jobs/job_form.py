"""A job as its sources give it: what each said, and the one row that all of them make, in any order."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hearback.boards.posting import Posting
from hearback.boards.same_company import block_of, company_key
from hearback.boards.same_title import read_title
from hearback.levels import level_of

# What a salary comes to in a year, by its period.
YEARLY = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}
# A salary without a period is a year's from here on; below it could be anything.
YEARLY_FROM = 10_000
# The rank of a page that a user brought: anybody can write a page that names a company and a title. So it
# makes a job of its own, and adds nothing to one that a board knows.
BROUGHT = 3
# What stands in the row as the first source that has it says.
PLAIN = ("title", "company", "remote", "remote_from", "employment", "requisition", "apply_email", "skills")
PLACE_LENGTH = 300


@dataclass(frozen=True)
class Said:
    """What one source says: `given` as `given_of` made it; `order` puts the best one first."""

    order: tuple[bool, int, int]
    given: dict[str, Any]

    @property
    def standing(self) -> tuple[bool, int]:
        """Whether it is gone, and the rank of its board."""
        return self.order[:2]


def given_of(posting: Posting) -> dict[str, Any]:
    """All that a board said of a job but its description, as plain values."""
    salary = posting.salary
    return {
        "title": posting.title,
        "company": posting.company,
        "url": posting.url,
        "places": [asdict(place) for place in posting.places],
        "remote": posting.remote,
        "remote_from": list(posting.remote_from),
        "salary": None if salary is None else asdict(salary),
        "employment": posting.employment,
        "level": posting.level or level_of(posting.title),
        "posted_at": _iso(posting.posted_at),
        "valid_through": _iso(posting.valid_through),
        "apply_url": posting.apply_url,
        "apply_email": posting.apply_email,
        "skills": list(posting.skills),
        "requisition": posting.requisition,
    }


def digest_of(given: dict[str, Any], posting: Posting) -> str:
    """A short name of all that a source says: another name, and something changed."""
    text = json.dumps([given, posting.description_html, posting.description_text], sort_keys=True)
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()


def fold(said: Sequence[Said]) -> dict[str, Any]:
    """The columns of a job, but for its description: each as the best source that has it says.

    Sources that are gone fill what no other knows. The address is the best source's; a date of expiry is
    believed only of sources as good as the best, since aggregators end their own copies.
    """
    said = [one for one in said if one.order[1] != BROUGHT] or said
    best, *others = sorted(said, key=lambda one: one.order)
    ordered = [best.given, *(one.given for one in others)]
    columns = {name: _first(name, ordered) for name in PLAIN}
    peers = [one.given for one in said if one.standing == best.standing]
    key = company_key(columns["company"])
    return {
        **columns,
        **_places(ordered),
        **_salary(ordered),
        "level": _first("level", ordered),
        "company_key": key,
        "block": block_of(key),
        "title_key": read_title(columns["title"]).key,
        "url": best.given["url"],
        "apply_url": best.given["apply_url"],
        "posted_at": moment(_first("posted_at", ordered)),
        "valid_through": moment(_first("valid_through", peers)),
        "remote_from": columns["remote_from"] or [],
        "skills": columns["skills"] or [],
    }


def yearly(amount: float | None, period: str | None) -> float | None:
    """A salary brought to a year; None where that cannot be told."""
    if amount is None or (period is None and amount < YEARLY_FROM):
        return None
    return amount * YEARLY[period or "year"]


def moment(text: str | None) -> dt.datetime | None:
    """A moment that `given_of` wrote."""
    return dt.datetime.fromisoformat(text) if text else None


def _iso(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _first(name: str, given: Iterable[dict[str, Any]]) -> Any:
    return next((one[name] for one in given if one[name]), None)


def _places(given: Sequence[dict[str, Any]]) -> dict[str, Any]:
    places = _first("places", given) or []
    line = "; ".join(place["text"] for place in places)
    return {"places": places, "place_text": _cut(line)}


def _cut(line: str) -> str:
    return line if len(line) <= PLACE_LENGTH else f"{line[: PLACE_LENGTH - 1].rstrip()}…"


def _salary(given: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The best salary that is no guess, else the best guess: its parts belong together."""
    all_said = list(_salaries(given))
    salary = next((one for one in all_said if not one["guessed"]), all_said[0] if all_said else {})
    low, high, period = salary.get("minimum"), salary.get("maximum"), salary.get("period")
    return {
        "salary_min": low,
        "salary_max": high,
        "salary_currency": salary.get("currency"),
        "salary_period": period,
        "salary_guessed": bool(salary.get("guessed")),
        "salary_year": yearly(low if high is None else high, period),
    }


def _salaries(given: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (one["salary"] for one in given if one["salary"])
