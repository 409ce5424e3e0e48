"""One job, school or project before it is understood: the rows of its head, those of its text, its dates."""

from dataclasses import dataclass, field

from hearback.documents.lines import Line
from hearback.documents.parse.contact import URL
from hearback.documents.parse.dates import Period
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.rows import Row

# How sure a guess is at most: below 0.6 the page asks the user to check.
GUESSED = 0.55


@dataclass
class Entry:
    """One job, school or project: the rows of its head, those of its text, and its dates."""

    heads: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    dated: Row | None = None
    # How many rows of the head stand above the dated one.
    dated_at: int = 0
    # What of it was guessed where the document shows no clear form; its values are to be checked.
    guessed: bool = False
    guessed_dates: bool = False

    @property
    def period(self) -> Period | None:
        """The entry's dates."""
        return self.dated.found[0] if self.dated and self.dated.found else None

    @property
    def rows(self) -> list[Row]:
        """All its rows as they stand in the document."""
        dated = [self.dated] if self.dated else []
        return [*self.heads[: self.dated_at], *dated, *self.heads[self.dated_at :], *self.body]

    @property
    def line(self) -> Line:
        """The line to quote for the entry as a whole."""
        return (self.heads or ([self.dated] if self.dated else self.body))[0].line


def dates_of(entry: Entry) -> dict[str, Found | None]:
    """`startDate` and `endDate` of an entry; one date alone is the end, for what is done once."""
    period, row = entry.period, entry.dated
    if period is None or row is None:
        return {}
    if entry.guessed_dates:
        return {
            "startDate": found(period.start, row.line, GUESSED),
            "endDate": found(period.end or (period.start if period.single else None), row.line, GUESSED),
        }
    if period.single:
        return {
            "startDate": found(period.start, row.line, 0.6),
            "endDate": found(period.start, row.line, 0.5),
        }
    return {"startDate": found(period.start, row.line, 0.95), "endDate": found(period.end, row.line, 0.95)}


def address_of(entry: Entry) -> Found | None:
    """The web address that stands in a line of its own in an entry's text; the line is taken out of it."""
    row = next((row for row in entry.body if URL.fullmatch(row.text.strip())), None)
    if row is None:
        return None
    entry.body.remove(row)
    return found(row.text, row.line, 0.85)
