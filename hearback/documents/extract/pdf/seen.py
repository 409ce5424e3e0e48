"""Tells text that a reader sees from text that is hidden: white on white, under a picture, outside the page.

The page is drawn small, and a text is seen where something is drawn. So it does not matter how it was hidden,
and white text on a dark ground is seen.
"""

from collections.abc import Sequence

import pypdfium2 as pdfium

from hearback.documents.extract.pdf.glyphs import SMALLEST
from hearback.documents.extract.pdf.segments import Segment
from hearback.documents.extract.pdf.things import has_picture

# Of 255 steps of one colour. Thin light grey letters, drawn small, still differ from the paper by more.
LEAST_CONTRAST = 9
MOST_PIXELS = 3_000_000


def seen(page: pdfium.PdfPage, segments: Sequence[Segment]) -> list[Segment]:
    """The segments that a reader of the page sees."""
    box = page.get_bbox()
    upright = [one for one in segments if one.turn in (0, 90, 180, 270) and one.size >= SMALLEST]
    # A scan with its words laid under the picture by a reading program: there the picture shows them.
    scanned = bool(upright) and all(_is_unseen(one) for one in upright) and has_picture(page)
    inside = [one for one in upright if _is_inside(one, box)]
    if scanned:
        return inside
    inside = [one for one in inside if not _is_unseen(one)]
    width, height = page.get_size()
    if not inside or width * height > MOST_PIXELS or page.get_rotation():
        return inside
    # In colours: dark blue on black is as light as its ground, and seen all the same.
    drawn = page.render(scale=1, may_draw_forms=False)
    left, bottom = box[:2]
    return [one for one in inside if one.turn or _has_contrast(one, drawn, left, bottom)]


def _is_unseen(segment: Segment) -> bool:
    return all(glyph.style.unseen for glyph in segment.glyphs if glyph.sign != " ")


def _is_inside(segment: Segment, box: tuple[float, float, float, float]) -> bool:
    """Whether some of it stands on the page, whose edges are left, bottom, right and top."""
    left, bottom, right, top = box
    return bool(segment.turn) or (segment.x1 > left and segment.x0 < right and bottom < segment.base < top)


def _has_contrast(segment: Segment, drawn: pdfium.PdfBitmap, left: float, bottom: float) -> bool:
    """Whether anything is drawn where the segment stands."""
    pixels, colours = memoryview(drawn.buffer).cast("B"), drawn.n_channels
    start, end = max(0, int(segment.x0 - left)), min(drawn.width, int(segment.x1 - left) + 1)
    base = drawn.height - (segment.base - bottom)
    first, last = (
        max(0, int(base - 0.8 * segment.size)),
        min(drawn.height, int(base + 0.2 * segment.size) + 1),
    )
    rows = (number * drawn.stride for number in range(first, last))
    box = b"".join(bytes(pixels[row + start * colours : row + end * colours]) for row in rows)
    each = [box[colour::colours] for colour in range(colours)]
    return any(one and max(one) - min(one) >= LEAST_CONTRAST for one in each)
