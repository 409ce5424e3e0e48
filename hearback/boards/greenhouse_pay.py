"""What a job on Greenhouse pays: from its own fields, else from the part of its description for them."""

import html
import re

from hearback.boards.normal.amounts import number
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import of_field, period, salary, span
from hearback.boards.normal.pay_shapes import stated as of_shape
from hearback.boards.normal.text import clean
from hearback.boards.posting import Salary

# <div class="title">Annual:</div><div class="pay-range"><span>$90,000</span>...<span>$120,000</span></div>
_SHOWN = re.compile(
    r'(?:class="title">(?P<title>[^<]{0,300})</(?:div|h\d|p|span)>\s*)?'
    r'<div class="pay-range">(?P<range>.{0,400}?)</div>',
    re.DOTALL,
)


# Fields that companies add themselves.
_PAY_FIELD = re.compile(r"\b(?:salary|pay|compensation|wage)s?\b", re.IGNORECASE)
_OTHER_PAY = re.compile(
    r"\b(?:bonus|equity|variable|commission|stock|grade|band|type|review|transparency)\b", re.I
)
_LOWER, _UPPER = (
    re.compile(rf"\b(?:{word})\b", re.I) for word in ("min(?:imum)?|from|low", "max(?:imum)?|to|high")
)


def pay(fields: object, metadata: object, content: object) -> Salary | None:
    """One salary that spans all that are given, as for several places; None where none is.

    What Greenhouse itself states comes before what the company states in fields of its own, and that before
    what the description shows.
    """
    stated = [_of_field(field) for field in listed(fields)]
    if not any(stated):
        stated = [_of_own(metadata)]
    if not any(stated) and isinstance(content, str):
        opened = html.unescape(content)
        stated = [_of_shown(match) for match in _SHOWN.finditer(opened)]
    return span([one for one in stated if one is not None])


def _of_field(field: object) -> Salary | None:
    low, high = (number(part(field, end)) for end in ("min_cents", "max_cents"))
    words = f"{part(field, 'title') or ''} {part(field, 'blurb') or ''}"
    return salary(low and low / 100, high and high / 100, part(field, "currency_type"), period(words))


def _of_own(metadata: object) -> Salary | None:
    """What a company's own field for pay says, or two for its ends."""
    low = high = None
    for field in listed(metadata):
        name, value = str(part(field, "name")), part(field, "value")
        if not _PAY_FIELD.search(name) or _OTHER_PAY.search(name):
            continue
        if _LOWER.search(name) or _UPPER.search(name):
            end = number(value) or number(part(value, "amount"))
            low, high = (end, high) if _LOWER.search(name) else (low, end)
        elif found := of_shape(value):
            return found
    return salary(low, high)


def _of_shown(match: re.Match[str]) -> Salary | None:
    words = f"{clean(match['range']) or ''} {clean(match['title']) or ''}"
    return of_field(words)
