"""The lines of one page of a PDF."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from hearback.documents.extract.bullets import ALONE, without_bullet
from hearback.documents.extract.pdf.dots import Dot, dots_of
from hearback.documents.extract.pdf.edges import parted_at_edges
from hearback.documents.extract.pdf.glyphs import glyphs_of
from hearback.documents.extract.pdf.order import rows_of
from hearback.documents.extract.pdf.rows import Row
from hearback.documents.extract.pdf.seen import seen
from hearback.documents.extract.pdf.segments import composed, segments_of
from hearback.documents.extract.tidy import tidy
from hearback.documents.lines import Line, Span


@dataclass(frozen=True)
class PageText:
    """The lines of a page in reading order.

    `beside` are those of them that stand beside the main text; `hidden` is how many texts no reader sees.
    """

    lines: Sequence[Line]
    beside: Sequence[Line]
    hidden: int


def lines_of(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int, most: int) -> PageText:
    """The text of page `number`, of which at most so many signs are read."""
    segments = segments_of(composed(glyphs_of(page.raw, text.raw, most)))
    visible = seen(page, segments)
    left, _, _, top = page.get_bbox()
    dots = dots_of(page)
    rows = rows_of(parted_at_edges(visible))
    found = [(row, line) for row in rows if (line := _line(row, number, left, top, dots)) is not None]
    lines = list(_levels([line for _, line in found]))
    beside = [line for line, (row, _) in zip(lines, found, strict=True) if row.side]
    return PageText(lines, beside, len(segments) - len(visible))


def _line(row: Row, page: int, left: float, top: float, dots: Sequence[Dot]) -> Line | None:
    segments = row.segments
    bullet = any(dot.is_before(row) for dot in dots)
    # A bullet that stands alone belongs to what follows it.
    if len(segments) > 1 and segments[0].text in ALONE:
        segments, bullet = segments[1:], True
    cells = [segment.text for segment in segments]
    cells[0], written = without_bullet(cells[0])
    bullet = bullet or written
    if not any(cells):
        return None
    cells = [cell for cell in cells if cell]
    spans = [span for segment in segments for span in (*segment.spans(), Span("\t"))][:-1]
    inked = [glyph for segment in segments for glyph in segment.glyphs if glyph.sign != " "]
    # The first sign is the bullet itself: a line begins where its text does.
    inked = inked[1:] if written else inked
    return Line(
        text="\t".join(cells),
        page=page,
        size=statistics.median(glyph.style.size for glyph in inked),
        bold=sum(glyph.style.bold for glyph in inked) >= 0.5 * len(inked),
        italic=sum(glyph.style.italic for glyph in inked) >= 0.5 * len(inked),
        x0=round(min(glyph.x0 for glyph in inked) - left, 1),
        x1=round(row.x1 - left, 1),
        top=round(top - row.base, 1),
        bullet=bullet,
        gap=round(row.gap, 2),
        column=row.column,
        cells=tuple(cells),
        block=row.block,
        spans=tuple(_trimmed(spans, "\t".join(cells))),
    )


def _trimmed(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """The spans, cut to the text: without what was taken off it, such as bullets and double spaces."""
    at = 0
    for span in spans:
        words = tidy(span.text) if span.text != "\t" else "\t"
        start = text.find(words, at) if words else -1
        if start < 0:
            continue
        end = start + len(words)
        # The space between two runs belongs to the one before.
        while end < len(text) and text[end] == " ":
            end += 1
        yield Span(text[at:end], span.bold, span.italic, span.size)
        at = end


def _levels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the levels of their lists, by how far in their bullets stand within each list."""
    starts: list[float] = []
    for line in lines:
        if not line.bullet:
            # What goes on with an entry stands further in than its bullet.
            starts = starts if starts and line.x0 > starts[0] + 2 else []
            yield line
            continue
        starts = [x for x in starts if x < line.x0 - 3] + [line.x0]
        yield replace(line, indent=len(starts) - 1)
