"""Takes out what stands on each page: numbers of pages, and names and titles after the first time."""

import re
from collections import defaultdict
from collections.abc import Sequence

from hearback.documents.lines import Line

# In shares of the page's height.
MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"^(?:[-–|\s]*)(?:(?:page|seite|página|pagina|pagine|pág\.?|p\.)\s*)?\d{1,3}"
    r"(?:\s*(?:/|of|von|de|di|sur|van|\|)\s*\d{1,3})?(?:[-–|\s]*)$",
    re.I,
)
_OF = re.compile(r"\b\d{1,3}\s*(?:/|of|von|de|di|sur|van)\s*\d{1,3}\s*$", re.I)


def without_running(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """The lines without numbers of pages, and with what is repeated on pages only once.

    `heights` are those of the pages, in points.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        if _in_margin(line, heights):
            places[_shape(line)].add(line.page)
    return [line for line in lines if not _is_running(line, heights, places)]


def _in_margin(line: Line, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return line.top < MARGIN * height or line.top > (1 - MARGIN) * height


def _shape(line: Line) -> str:
    """The line with all numbers alike, and the half of the page that it stands in."""
    return f"{line.top > 200} {re.sub(r'[0-9]+', '0', line.text)}"


def _is_running(line: Line, heights: Sequence[float], places: dict[str, set[int]]) -> bool:
    if not _in_margin(line, heights):
        return False
    pages = places[_shape(line)]
    if _PAGE_NUMBER.match(line.text) and (len(heights) > 1 or _OF.search(line.text)):
        return True
    if len(pages) < 2:
        return False
    # What tells the number of its page is of no use even once; a name and an address may stand nowhere else.
    return line.page != min(pages) or _OF.search(line.text) is not None
