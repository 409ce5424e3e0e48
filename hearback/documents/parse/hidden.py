"""Finds the jobs without dates that stand within the text of the one above them."""

from hearback.documents.parse.entry import Entry
from hearback.documents.parse.evidence import company_score, title_score
from hearback.documents.parse.placed import place_like
from hearback.documents.parse.rows import Role, Row
from hearback.documents.parse.sides import split


def hidden(body: list[Row]) -> list[Entry]:
    """Entries without dates that stand within the text of another: taken out of it, and given back."""
    found: list[Entry] = []
    for index in range(len(body) - 1, 0, -1):
        length = _begins_entry(body, index)
        if length:
            heads = body[index : index + length]
            found.insert(0, Entry(heads, body[index + length :], None, guessed=True))
            del body[index:]
    return found


def is_whole(row: Row) -> bool:
    """Whether a row alone names a title and an employer."""
    sides = [side.text for side in split(row.rest) if not side.place]
    titled = any(title_score(side) >= 0.8 for side in sides)
    named = any(company_score(side) >= 0.6 or side.isupper() for side in sides if title_score(side) < 0.6)
    return titled and named and len(row.rest.split()) <= 12


def _begins_entry(body: list[Row], index: int) -> int:
    """How many rows of a head stand here within a text; 0 where none do."""
    row, before = body[index], body[index - 1]
    if row.role is not Role.HEAD or row.line.bullet:
        return 0
    if is_whole(row):
        return 1
    if before.role is Role.HEAD and not row.line.bold:
        return 0
    following = body[index + 1] if index + 1 < len(body) else None
    pair = _pair(body[index : index + 3])
    if pair:
        return pair
    apart = row.line.gap >= 0.8 or row.line.bold
    titled = title_score(row.rest) >= 0.9 and len(row.rest.split()) <= 7
    if not (apart and titled):
        return 0
    if following is not None and following.role is Role.HEAD and company_score(following.rest) > 0:
        return 2
    return 1 if row.line.gap >= 0.8 else 0


def _pair(rows: list[Row]) -> int:
    """How many of these rows are an employer and a title one below the other, with a place between or not."""
    listed = [row for row in rows if not place_like(row.rest)]
    if len(listed) < 2 or any(row.role is not Role.HEAD or len(row.rest.split()) > 9 for row in listed[:2]):
        return 0
    first, second = listed[0].rest, listed[1].rest
    named = company_score(first) >= 0.6 or first.isupper() or any(side.place for side in split(first))
    below = title_score(second) >= 0.9 and named and title_score(first) < 0.6
    above = title_score(first) >= 0.9 and company_score(second) >= 0.6
    return rows.index(listed[1]) + 1 if below or above else 0
