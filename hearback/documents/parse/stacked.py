"""Gives entries the dates that a copy of a column put one below another, away from them."""

from hearback.documents.parse.entry import Entry
from hearback.documents.parse.rows import Role, Row

# Dates that stand one below another, and how many rows stand before them.
Stack = tuple[int, list[Row]]


def without_stacks(rows: list[Row]) -> tuple[list[Row], list[Stack]]:
    """The rows without dates that stand alone right below one another, and these."""
    kept: list[Row] = []
    stacks: list[Stack] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].role is Role.DATED and not rows[end].rest:
            end += 1
        if end - at > 1:
            stacks.append((len(kept), rows[at:end]))
        else:
            end = max(end, at + 1)
            kept.extend(rows[at:end])
        at = end
    return kept, stacks


def dated_by(entries: list[Entry], rows: list[Row], stacks: list[Stack]) -> list[Entry]:
    """The entries, each stack shared out to those without dates above it, else below, if they are as many."""
    places = {id(row): at for at, row in enumerate(rows)}
    starts = [min((places.get(id(row), 0) for row in entry.rows), default=0) for entry in entries]
    edges = [0, *(at for at, _ in stacks), len(rows)]
    for number, (at, dates) in enumerate(stacks):
        for low, high in ((edges[number], at), (at, edges[number + 2])):
            open_ones = [
                entry
                for entry, start in zip(entries, starts, strict=True)
                if low <= start < high and entry.dated is None
            ]
            if len(open_ones) == len(dates):
                for entry, row in zip(open_ones, dates, strict=True):
                    entry.dated, entry.dated_at, entry.guessed_dates = row, len(entry.heads), True
                break
    return entries
