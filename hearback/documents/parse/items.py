"""Items of the shorter lists: what each is called, who stands behind it, when, and its text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from hearback.documents.lines import Line
from hearback.documents.parse.contact import URL, bare_address
from hearback.documents.parse.dates import at_edges, periods, without
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.person import name_like
from hearback.documents.parse.pieces import styled
from hearback.documents.parse.texts import joined

_BY = re.compile(
    r"\t+|\s+[–—-]+\s+|\s*\|\s*|\s·\s|\s+(?:issued by|awarded by|by|from|von|par|por|da|door)\s+(?=[A-ZÀ-Þ])"
)
_NUMBER = re.compile(r"^(?:\[?\d{1,2}[.)\]])\s+")
_ISSUED = re.compile(
    r"^(?:issuer|issued(?: by)?|publisher|awarded by|verliehen von|herausgeber)\s*:?\s+", re.IGNORECASE
)
_LONGEST_HEAD = 140


@dataclass
class Item:
    """One certificate, award or publication. `other` is who issued, gave or published it."""

    name: Found
    other: Found | None = None
    date: Found | None = None
    url: Found | None = None
    more: Found | None = None
    # What stands under its date tells of it.
    closed: bool = False


def items_of(lines: list[Line], commas: bool = False) -> list[Item]:
    """The items of a section; with `commas` who stands behind an item may follow its name after a comma."""
    begins = _beginning(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if begins(line) or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [item for group in groups if (item := _item(group, commas))]


def _item(group: list[Line], commas: bool) -> Item | None:
    first, *below = group
    # Where the date has a line of its own, years in other lines belong to names.
    dated = next((line for line in below if _is_date(line)), None)
    item = _first(first, commas, bool(below) and not first.bullet, dated is None)
    if item is None:
        return None
    item.date = item.date or (_date(dated) if dated else None)
    for line in below:
        if line is dated:
            item.closed = True
        else:
            _add(item, line)
    return item


def _beginning(lines: list[Line]) -> Callable[[Line], bool]:
    """What tells the first line of an item from the others in this section."""
    if any(_loud(line) for line in lines):
        return _loud
    if any(line.bullet for line in lines):
        top = min(line.indent for line in lines if line.bullet)
        return lambda line: line.bullet and line.indent == top
    gaps = [line.gap >= 0.6 for line in lines[1:]]
    if any(gaps) and not all(gaps):
        return lambda line: line.gap >= 0.6
    if any(_is_below(line) for line in lines):
        ends = {id(line) for before, line in pairwise(lines) if _is_below(before)}
        return lambda line: id(line) in ends and not _is_below(line) and not _ends(line.text)
    whole = {id(line) for line, _ in joined(lines)}
    whole |= {id(line) for before, line in pairwise(lines) if _ends(before.text) and line.text[:1].isupper()}
    return lambda line: id(line) in whole and not _is_below(line)


def _ends(text: str) -> bool:
    """Whether a text ends, and not with an initial."""
    return bool(re.search(r"[^\W\d_]{2}\.$|\d\.$", text))


def _loud(line: Line) -> bool:
    return line.bold or line.heading > 0 or any(span.bold for span in line.spans[:3])


def _is_below(line: Line) -> bool:
    """Whether a line is but a date or an address, which name nothing."""
    return _is_date(line) or bool(URL.fullmatch(line.text.strip()))


def _is_date(line: Line) -> bool:
    found_dates = periods(line.text)
    return bool(found_dates) and not without(line.text, found_dates)


def _first(line: Line, commas: bool, apart: bool, dated: bool) -> Item | None:
    """The item that its first line tells; `apart`: who stands behind it has a line of its own."""
    # A year in the middle, as references have it, stays where it is.
    found_dates = at_edges(line.text)[-1:] if dated else ()
    rest = styled(line) if len(line.spans) > 1 and dated else without(line.text, found_dates)
    rest = _NUMBER.sub("", without(rest, periods(rest)[-1:]) if found_dates else rest)
    sides = [side for side in rest.split("\t", 1) if side.strip(" ,")]
    if len(sides) == 1 and not (line.bold or line.heading or apart) and len(rest) < _LONGEST_HEAD:
        sides = [side for side in _BY.split(rest, maxsplit=1) if side and side.strip(" ,")]
        if len(sides) == 1 and commas:
            left, _, right = rest.rpartition(", ")
            sides = (
                [left, right] if left and re.match(r"[A-ZÀ-Þ]", right) and len(right.split()) <= 5 else sides
            )
    name = found(sides[0].strip(" ,.|–—-") if sides else "", line, 0.8)
    if name is None:
        return None
    item = Item(name, date=_date(line) if dated else None)
    if len(sides) > 1:
        item.other = found(_ISSUED.sub("", sides[1].strip(" ,.|–—-()")), line, 0.7)
    return item


def _date(line: Line) -> Found | None:
    dates = periods(line.text)
    return found(dates[-1].end or dates[-1].start, line, 0.85) if dates else None


def _add(item: Item, line: Line) -> None:
    """What a line under an item's first says of it."""
    address = URL.search(line.text)
    if address and len(address[0]) > 0.6 * len(line.text):
        item.url = item.url or found(bare_address(address[0]), line, 0.85)
        return
    dates = periods(line.text) if item.date is None else ()
    rest = without(line.text, dates[-1:]).replace("\t", " ").strip(" ,|–—-")
    short = bool(dates) and len(rest.split()) <= 8
    if short:
        item.date = item.date or _date(line)
    text = rest if short else line.text.replace("\t", " ")
    authors = text.count(",") >= 1 and all(name_like(part.strip()) > 0.5 for part in text.split(","))
    if not text:
        return
    told = text.endswith((".", "!")) and len(text.split()) > 5
    if (
        item.other is None
        and item.more is None
        and len(text.split()) <= 10
        and not (authors or told or line.bullet)
    ):
        item.other = found(_ISSUED.sub("", text), line, 0.7)
    else:
        item.more = found(f"{item.more.value} {text}" if item.more else text, line, 0.6)
