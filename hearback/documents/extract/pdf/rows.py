"""Rows and blocks: segments on one line, and lines that follow each other down a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hearback.documents.extract.pdf.segments import Segment


@dataclass(slots=True)
class Row:
    """Segments that are read as one line, from left to right.

    `gap` is in heights of a line; `side` says that it stands beside the main text.
    """

    segments: list[Segment] = field(default_factory=list)
    block: int = 0
    column: int = 0
    gap: float = 0.0
    side: bool = False

    @property
    def x0(self) -> float:
        """Where it begins."""
        return min(one.x0 for one in self.segments)

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(one.x1 for one in self.segments)

    @property
    def base(self) -> float:
        """The height of its line on the page; up is more."""
        return self.segments[0].base

    @property
    def size(self) -> float:
        """The size of its largest text."""
        return max(one.size for one in self.segments)

    @property
    def turn(self) -> int:
        """Its rotation."""
        return self.segments[0].turn

    @property
    def text(self) -> str:
        """Its words."""
        return "\t".join(one.text for one in self.segments)


@dataclass(slots=True)
class Block:
    """Rows that follow each other down the page."""

    rows: list[Row]

    @property
    def x0(self) -> float:
        """Its left edge."""
        return min(row.x0 for row in self.rows)

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(row.x1 for row in self.rows)

    @property
    def top(self) -> float:
        """Its upper edge; up is more."""
        return max(row.base + 0.8 * row.size for row in self.rows)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return min(row.base - 0.2 * row.size for row in self.rows)

    def is_over(self, other: "Block") -> bool:
        """Whether the two share a part of the page's width, so that one stands above the other."""
        shared = min(self.x1, other.x1) - max(self.x0, other.x0)
        return shared > 0.1 * max(1.0, min(self.x1 - self.x0, other.x1 - other.x0))


def share_of_digits(rows: Iterable[Row]) -> float:
    """How many of the signs are digits, as in rows of dates."""
    signs = [sign for row in rows for sign in row.text if not sign.isspace()]
    return sum(sign.isdigit() for sign in signs) / max(len(signs), 1)
