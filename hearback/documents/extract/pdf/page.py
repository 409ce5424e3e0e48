"""The lines of one page of a PDF."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pypdfium2.raw as c

from hearback.documents.extract.bullets import ALONE, without_bullet
from hearback.documents.extract.pdf.glyphs import SMALLEST, glyphs_of
from hearback.documents.extract.pdf.order import Row, rows_of
from hearback.documents.extract.pdf.segments import Segment, composed, segments_of
from hearback.documents.extract.tidy import tidy
from hearback.documents.lines import Line, Span


def lines_of(page: c.FPDF_PAGE, text: c.FPDF_TEXTPAGE, number: int, most: int) -> tuple[list[Line], int]:
    """The lines of page `number` in reading order, and how many texts on it are hidden from a reader."""
    height, width = c.FPDF_GetPageHeightF(page), c.FPDF_GetPageWidthF(page)
    segments = segments_of(composed(glyphs_of(page, text, most)))
    seen = [one for one in segments if _is_seen(one, width, height)]
    lines: list[Line] = []
    above: Row | None = None
    for row in rows_of(seen):
        line = _line(row, number, height)
        if line is None:
            continue
        gap = 0.0
        if above is not None and above.column == row.column:
            gap = max(0.0, (above.base - row.base) / (1.2 * max(row.size, 1.0)) - 1.0)
        lines.append(_with_gap(line, gap))
        above = row
    return _levels(lines), len(segments) - len(seen)


def _is_seen(segment: Segment, width: float, height: float) -> bool:
    inked = [glyph for glyph in segment.glyphs if glyph.sign != " "]
    if all(glyph.style.unseen for glyph in inked) or segment.size < SMALLEST:
        return False
    if segment.turn:
        return segment.turn in (90, 270)
    return segment.x1 > 0 and segment.x0 < width and 0 < segment.base < height


def _line(row: Row, page: int, height: float) -> Line | None:
    cells = [segment.text for segment in row.segments]
    spans = [span for segment in row.segments for span in (*segment.spans(), Span("\t"))][:-1]
    bullet = False
    # A bullet that stands alone belongs to what follows it.
    if len(cells) > 1 and cells[0] in ALONE:
        cells, spans, bullet = cells[1:], spans[2:], True
    elif cells and cells[0]:
        cells[0], bullet = without_bullet(cells[0])
    cells = [cell for cell in cells if cell]
    if not cells:
        return None
    inked = [glyph for segment in row.segments for glyph in segment.glyphs if glyph.sign != " "]
    return Line(
        text="\t".join(cells),
        page=page,
        size=statistics.median(glyph.style.size for glyph in inked),
        bold=sum(glyph.style.bold for glyph in inked) >= 0.5 * len(inked),
        italic=sum(glyph.style.italic for glyph in inked) >= 0.5 * len(inked),
        x0=round(row.x0, 1),
        x1=round(row.x1, 1),
        top=round(height - row.base, 1),
        bullet=bullet,
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


def _with_gap(line: Line, gap: float) -> Line:
    return Line(**{**line.__dict__, "gap": round(gap, 2)})


def _levels(lines: Sequence[Line]) -> list[Line]:
    """The lines with the levels of their lists, by how far in their bullets stand, for each column."""
    starts = Counter((line.column, round(line.x0)) for line in lines if line.bullet)
    found: list[Line] = []
    for line in lines:
        if line.bullet:
            left = sorted(x for column, x in starts if column == line.column and x <= round(line.x0))
            level = sum(1 for x, after in pairwise(left) if after - x > 4)
            line = Line(**{**line.__dict__, "indent": level})
        found.append(line)
    return found
