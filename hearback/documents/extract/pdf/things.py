"""What is drawn on a page of a PDF: texts, pictures and paths, in the file's order."""

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as c

MOST = 20_000


def things_of(page: pdfium.PdfPage) -> Iterator[c.FPDF_PAGEOBJECT]:
    """The objects of a page; those of a drawing beyond all use are not all looked at."""
    for number in range(min(c.FPDFPage_CountObjects(page.raw), MOST)):
        yield c.FPDFPage_GetObject(page.raw, number)


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture is among them."""
    return any(c.FPDFPageObj_GetType(thing) == c.FPDF_PAGEOBJ_IMAGE for thing in things_of(page))
