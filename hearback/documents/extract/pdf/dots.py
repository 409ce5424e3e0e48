"""Bullets that are drawn and not written: browsers draw the discs, rings and squares of their lists."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as c

from hearback.documents.extract.pdf.rows import Row
from hearback.documents.extract.pdf.things import things_of

# In points. Rules are long, and drawings that make up a picture come in hundreds.
SMALLEST, LARGEST = 1.2, 8.0
MOST = 400


@dataclass(frozen=True, slots=True)
class Dot:
    """The middle of a small round or square drawing."""

    x: float
    y: float

    def is_before(self, row: Row) -> bool:
        """Whether it stands before a line as a bullet does: close to it, at the height of small letters."""
        size = max(row.size, 1.0)
        return 0.2 * size < row.x0 - self.x < 2.2 * size and 0.0 <= self.y - row.base <= 0.75 * size


def dots_of(page: pdfium.PdfPage) -> Sequence[Dot]:
    """The dots on a page; none where there are so many that they must be something else."""
    found: list[Dot] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for thing in things_of(page):
        if c.FPDFPageObj_GetType(thing) != c.FPDF_PAGEOBJ_PATH:
            continue
        if not c.FPDFPageObj_GetBounds(thing, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        width, height = right - left, top - bottom
        if SMALLEST <= width <= LARGEST and abs(width - height) <= 0.3 * width:
            found.append(Dot((left + right) / 2, (bottom + top) / 2))
    return found if len(found) <= MOST else []
