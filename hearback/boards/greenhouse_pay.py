"""What a job on Greenhouse pays: from its own fields, else from the part of its description for them."""

import html
import re

from hearback.boards.company_board import listed, part
from hearback.boards.normal.amounts import number
from hearback.boards.normal.pay import of_field, period, salary, span
from hearback.boards.normal.text import clean
from hearback.boards.posting import Salary

# <div class="title">Annual:</div><div class="pay-range"><span>$90,000</span>...<span>$120,000</span></div>
_SHOWN = re.compile(
    r'(?:class="title">(?P<title>[^<]{0,300})</(?:div|h\d|p|span)>\s*)?'
    r'<div class="pay-range">(?P<range>.{0,400}?)</div>',
    re.DOTALL,
)


def pay(fields: object, content: object) -> Salary | None:
    """One salary that spans all that are given, as for several places; None where none is."""
    stated = [_of_field(field) for field in listed(fields)]
    if not any(stated) and isinstance(content, str):
        opened = html.unescape(content)
        stated = [_of_shown(match) for match in _SHOWN.finditer(opened)]
    return span([one for one in stated if one is not None])


def _of_field(field: object) -> Salary | None:
    low, high = (number(part(field, end)) for end in ("min_cents", "max_cents"))
    words = f"{part(field, 'title') or ''} {part(field, 'blurb') or ''}"
    return salary(low and low / 100, high and high / 100, part(field, "currency_type"), period(words))


def _of_shown(match: re.Match[str]) -> Salary | None:
    words = f"{clean(match['range']) or ''} {clean(match['title']) or ''}"
    return of_field(words)
