"""The search as it stands in a page's address and in its form: read with care, written back as it was."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from hearback.boards.registry import SOURCES
from hearback.levels import LEVELS
from jobs.find_jobs_wanted import Order, Wanted, without_remote
from jobs.job_matches_score import EMPLOYMENTS

CURRENCIES = ("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "INR", "SEK", "PLN", "SGD", "JPY", "BRL")
REMOTE = {"": "Anywhere", "too": "There, or remote", "only": "Remote only"}
DAYS = {"": "Any time", "1": "Since yesterday", "3": "3 days", "7": "A week", "30": "A month"}
ORDERS = {
    Order.RELEVANCE: "Best fit",
    Order.FIT: "Suits your CV",
    Order.NEWEST: "Newest",
    Order.SALARY: "Highest pay",
}
# How well a CV may be asked to answer a job, in a form; an address may ask for any number of 100.
FITS = (40, 50, 60, 70, 80, 90)
MOST_PAY = 100_000_000
LONGEST = {"words": 200, "without": 200, "place": 120, "company": 400}


@dataclass(frozen=True)
class Asked:
    """A search as it was typed: what it means, and what of it could not be taken, by field."""

    wanted: Wanted
    typed: MultiDict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether anything but words and place is asked for, so that those fields are shown."""
        bare = Wanted(words=self.wanted.words, place=self.wanted.place, remote=self.wanted.remote)
        return bool(self.errors) or replace(self.wanted, order=bare.order, salary_currency="USD") != bare

    def query(self, **changed: object) -> str:
        """The search as the question of an address, with these fields changed."""
        pairs = [(name, value) for name, value in pairs_of(self.wanted) if name not in changed]
        return urlencode([*pairs, *((name, str(value)) for name, value in changed.items() if value)])


def read(typed: MultiDict[str, str]) -> Asked:
    """Read a form or an address; what cannot be taken is left out and said."""
    errors: dict[str, str] = {}
    order = typed.get("order", Order.RELEVANCE)
    currency = typed.get("currency", "USD")
    place, away = without_remote(_line(typed, "place"))
    remote = typed.get("remote", "")
    wanted = Wanted(
        words=_line(typed, "words"),
        without=_line(typed, "without"),
        place=place,
        near=typed.get("near") == "1",
        remote="only" if away else remote if remote in REMOTE else "",
        salary_min=_pay(typed.get("pay", ""), errors),
        salary_currency=currency if currency in CURRENCIES else "USD",
        salary_unnamed=typed.get("named") != "1",
        levels=tuple(level for level in LEVELS if level in typed.getlist("level")),
        employments=tuple(kind for kind in EMPLOYMENTS if kind in typed.getlist("kind")),
        companies=tuple(name for part in _line(typed, "company").split(",") if (name := part.strip()))[:10],
        days=int(typed["days"]) if typed.get("days", "") in DAYS and typed.get("days") else None,
        board=typed.get("board", "") if typed.get("board", "") in SOURCES else "",
        fit_min=_of_hundred(typed.get("fit", "")),
        order=Order(order) if order in set(Order) else Order.RELEVANCE,
    )
    return Asked(wanted, typed, errors)


def of_wanted(wanted: Wanted) -> Asked:
    """A stored search as if it had been typed."""
    return Asked(wanted, MultiDict(list(pairs_of(wanted))))


def pairs_of(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """The fields of a search as an address has them; what asks for nothing is left out."""
    for name in ("words", "without", "place", "remote", "board"):
        if getattr(wanted, name):
            yield name, getattr(wanted, name)
    if wanted.near:
        yield "near", "1"
    if wanted.salary_min:
        yield "pay", f"{wanted.salary_min:g}"
    if wanted.salary_currency != "USD":
        yield "currency", wanted.salary_currency
    if not wanted.salary_unnamed:
        yield "named", "1"
    yield from (("level", level) for level in wanted.levels)
    yield from (("kind", kind) for kind in wanted.employments)
    if wanted.companies:
        yield "company", ", ".join(wanted.companies)
    if wanted.days:
        yield "days", str(wanted.days)
    if wanted.fit_min:
        yield "fit", str(wanted.fit_min)
    if wanted.order is not Order.RELEVANCE:
        yield "order", wanted.order.value


def _line(typed: MultiDict[str, str], name: str) -> str:
    # No database takes a text with a zero byte.
    return " ".join(typed.get(name, "").replace("\0", " ").split())[: LONGEST[name]]


def _of_hundred(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 3 and int(text) <= 100 else 0


def _pay(text: str, errors: dict[str, str]) -> float | None:
    bare = text.strip().lower().replace(",", "").replace(" ", "").lstrip("$€£")
    if not bare:
        return None
    try:
        amount = float(bare.removesuffix("k")) * (1000 if bare.endswith("k") else 1)
    except ValueError:
        amount = math.nan
    if not 0 <= amount <= MOST_PAY:
        errors["pay"] = f"The salary is {text.strip()[:40]!r}; write a year's amount, such as 90000 or 90k."
        return None
    return amount or None
