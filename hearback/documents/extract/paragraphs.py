"""Numbers the paragraphs of lines that come from pages, where only their look says what belongs together."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hearback.documents.lines import Line

# In heights of a line: a little more space than within a paragraph.
APART = 0.25


def with_paragraphs(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each with the running number of its paragraph in `block`."""
    number = 0
    above: Line | None = None
    usual = 0.0
    for line in lines:
        if above is not None:
            number += not _goes_on(above, line, usual)
            usual = line.gap
        yield replace(line, block=number)
        above = line


def _goes_on(above: Line, line: Line, usual: float) -> bool:
    """Whether a line belongs to the paragraph of the line above."""
    if line.bullet or line.block != above.block or line.page != above.page or len(line.cells) > 1:
        return False
    if abs(line.size - above.size) > 0.6 or line.bold != above.bold or len(above.cells) > 1:
        return False
    inside = above.bullet and line.x0 > above.x0 - 1
    return line.gap <= max(usual, 0.3) + APART and (inside or abs(line.x0 - above.x0) < 2)
