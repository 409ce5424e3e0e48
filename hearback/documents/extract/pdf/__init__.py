"""Text out of a PDF by PDFium alone: it has order, sizes, weights and places in a few milliseconds."""

import ctypes
import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as c

from hearback.documents.extract.hyphens import joined
from hearback.documents.extract.paragraphs import with_paragraphs
from hearback.documents.extract.parted_dates import joined_dates
from hearback.documents.extract.pdf.page import lines_of
from hearback.documents.extract.pdf.running import without_running
from hearback.documents.extract.pdf.things import has_picture
from hearback.documents.extract.tidy import is_private, tidy
from hearback.documents.faults import HIDDEN, DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Line, Text

# The longest CVs, those of professors, have some forty pages.
MOST_PAGES = 60
MOST_SIGNS = 600_000
# Programs that break a line only where a hyphen is written.
_NEVER_HYPHENATES = re.compile(r"skia|google|chrom|wkhtml|qt ", re.I)
BLANK = (
    "There is no text on the pages of this file: they are blank, or are drawn as pictures. Export it as PDF "
    "from the program you wrote it in."
)


def text_of(data: bytes) -> Text:
    """The text of a PDF. Raises DocumentFault."""
    document = opened(data)
    try:
        count = len(document)
        if count > MOST_PAGES:
            words = f"This file has {count:,} pages. Give one with the pages of your CV alone."
            raise DocumentFault(Fault.TOO_LONG, words)
        return _read(document, count)
    finally:
        document.close()


def opened(data: bytes) -> pdfium.PdfDocument:
    """The open document. Raises DocumentFault."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = c.FPDF_GetLastError() == c.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise DocumentFault(Fault.LOCKED if locked else Fault.CORRUPT) from None


def _read(document: pdfium.PdfDocument, count: int) -> Text:
    lines: list[Line] = []
    links: list[tuple[str, str]] = []
    heights: list[float] = []
    beside: list[Line] = []
    hidden = signs = 0
    pictured = False
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
        except pdfium.PdfiumError:
            raise DocumentFault(Fault.CORRUPT) from None
        signs += c.FPDFText_CountChars(text.raw)
        found = lines_of(page, text, number, MOST_SIGNS)
        heights.append(page.get_height())
        # The main text goes on from page to page: what stands beside it must not come between.
        aside = found.beside if count > 1 else ()
        lines += [line for line in found.lines if not any(line is one for one in aside)]
        beside += aside
        hidden += found.hidden
        links += _links(document.raw, page.raw, text.raw)
        pictured = pictured or has_picture(page)
        text.close()
        page.close()
        if signs > MOST_SIGNS:
            raise DocumentFault(Fault.TOO_LONG)
    lines += beside
    if not lines:
        raise DocumentFault(Fault.SCANNED, None if pictured else BLANK)
    title, maker = (tidy(str(document.get_metadata_value(name))) for name in ("Title", "Producer"))
    warnings = (HIDDEN,) if hidden else ()
    hyphenates = _NEVER_HYPHENATES.search(maker) is None
    lines = joined_dates(joined(without_running(lines, heights), hyphenates))
    return Text(Kind.PDF, tuple(with_paragraphs(lines)), _once(links), count, title, warnings=warnings)


def _once(links: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Each address once, with the words that say most; icons say nothing."""
    said: dict[str, str] = {}
    for address, words in links:
        words = "".join(sign for sign in words if not is_private(sign)).strip()
        if len(words) > len(said.get(address, "")) or address not in said:
            said[address] = words
    return tuple(said.items())


def _links(document: c.FPDF_DOCUMENT, page: c.FPDF_PAGE, text: c.FPDF_TEXTPAGE) -> Iterator[tuple[str, str]]:
    """The addresses that the page links to, each with the words under the link."""
    position, link, box = ctypes.c_int(0), c.FPDF_LINK(), c.FS_RECTF()
    room = ctypes.create_string_buffer(2048)
    for _ in range(500):
        if not c.FPDFLink_Enumerate(page, position, link):
            return
        action = c.FPDFLink_GetAction(link)
        if not action or c.FPDFAction_GetType(action) != c.PDFACTION_URI:
            continue
        c.FPDFAction_GetURIPath(document, action, room, 2048)
        address = room.value.decode("utf-8", "replace")
        if address and c.FPDFLink_GetAnnotRect(link, box):
            words = (ctypes.c_ushort * 512)()
            c.FPDFText_GetBoundedText(text, box.left, box.top, box.right, box.bottom, words, 511)
            under = bytes(words).decode("utf-16-le", "replace").partition("\0")[0]
            yield address, tidy(" ".join(under.split()))
