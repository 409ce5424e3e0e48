"""What a board gave, brought to what a row can hold: one odd value must not lose the rows beside it."""

import hashlib
import math
from dataclasses import fields, replace
from typing import Any

from hearback.boards.posting import Employment, Place, Posting, Remote, Salary
from hearback.levels import LEVELS

# Longer titles and names are no titles and names.
MOST_LINE = 500
MOST_ADDRESS = 4_000
# A job in more places is everywhere; comparing all with all would hold up everybody else.
MOST_PLACES = 100
MOST_NAMED = 100
MOST_KEY = 255
MOST_REQUISITION = 64
MOST_PAY = 1e12


def bounded(posting: Posting) -> Posting | None:
    """The posting as it can be stored; None where it has no title, no company, no id or no address."""
    values: dict[str, Any] = {
        field.name: _storable(getattr(posting, field.name)) for field in fields(Posting)
    }
    values |= {name: values[name][:MOST_LINE].strip() for name in ("title", "company")}
    values |= {name: _key(values[name]) for name in ("external_id", "feed")}
    for name in ("skills", "remote_from"):
        values[name] = tuple(one[:MOST_KEY] for one in values[name][:MOST_NAMED])
    for name in ("apply_url", "apply_email", "company_url"):
        values[name] = None if values[name] and len(values[name]) > MOST_ADDRESS else values[name]
    values |= {
        "places": values["places"][:MOST_PLACES],
        "requisition": (values["requisition"] or "")[:MOST_REQUISITION] or None,
        "level": values["level"] if values["level"] in LEVELS else None,
        "remote": values["remote"] if values["remote"] in set(Remote) else None,
        "employment": values["employment"] if values["employment"] in set(Employment) else None,
        "salary": None if posting.salary is None else _salary(posting.salary),
    }
    if len(values["url"]) > MOST_ADDRESS or not all(
        values[name] for name in ("title", "company", "external_id", "url")
    ):
        return None
    return replace(posting, **values)


def _storable(value: Any) -> Any:
    """Text without what no database takes: zero bytes, and halves of signs."""
    if isinstance(value, Place):
        return replace(value, **{one.name: _storable(getattr(value, one.name)) for one in fields(Place)})
    if isinstance(value, tuple):
        return tuple(map(_storable, value[: max(MOST_PLACES, MOST_NAMED)]))
    if type(value) is not str or (value.isascii() and "\0" not in value):
        return value
    return value.replace("\0", " ").encode(errors="replace").decode()


def _key(text: str) -> str:
    """A key as it is, or a name for it where it is too long."""
    return text if len(text) <= MOST_KEY else hashlib.sha256(text.encode()).hexdigest()


def _salary(salary: Salary) -> Salary | None:
    ends = [end for end in (salary.minimum, salary.maximum) if end is not None]
    if not ends or not all(math.isfinite(end) and 0 < end <= MOST_PAY for end in ends):
        return None
    currency = salary.currency
    return salary if currency is None or len(currency) == 3 else replace(salary, currency=None, guessed=True)
