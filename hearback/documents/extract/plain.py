"""Lines out of plain text, whatever its letters are encoded in."""

import codecs
import re
from collections.abc import Iterator

from hearback.documents.extract.bullets import without_bullet
from hearback.documents.extract.lost_dashes import with_dashes
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Line, Span, Text

MOST_LINES = 20_000
# Of text alone this is a book.
MOST_BYTES = 2 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What sets cells apart in plain text: tabs, or more spaces than two sentences have between them.
_WIDE = re.compile(r"\t+| {3,}")
# A document in one line has at least so many letters and gaps of two spaces; paragraphs have wider ones.
FLAT_LENGTH, FLAT_GAPS, PARAGRAPH_GAP = 200, 4, 4
_GAP = re.compile(r"[ \xa0]{2,}")
_ENDS = (".", "!", "?", ":", ";")
# A line drawn of signs.
_RULE = re.compile(r"^[\s=_*~#.\-–—]{3,}$")


def text_of(data: bytes) -> Text:
    """The text of a plain file. Raises DocumentFault."""
    lines = tuple(lines_of(unflattened(decoded(data))))
    if not lines:
        raise DocumentFault(Fault.EMPTY)
    return Text(Kind.TXT, lines)


def decoded(data: bytes) -> str:
    """The letters: by the mark at the start, else UTF-8, else what Windows writes. Raises DocumentFault."""
    if len(data) > MOST_BYTES:
        raise DocumentFault(Fault.TOO_LONG)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    for name in ("utf-8", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def unflattened(text: str) -> str:
    """Text with the line ends that a table or a form took out of it: wide gaps stand where they were.

    Some people type two spaces after a sentence; those alone part no lines.
    """
    if text.startswith('"') and text.rstrip().endswith('"') and text.count('"') % 2 == 0:
        # A cell of a table, as CSV writes it.
        text = text.strip()[1:-1].replace('""', '"')
    return "\n".join(_parted(line) for line in text.split("\n"))


def _parted(line: str) -> str:
    gaps = list(_GAP.finditer(line))
    within = sum(not line.endswith(_ENDS, 0, gap.start()) for gap in gaps)
    if len(line) < FLAT_LENGTH or len(gaps) < FLAT_GAPS or within * 3 < len(gaps):
        return line
    return _GAP.sub(lambda gap: "\n" if len(gap.group()) < PARAGRAPH_GAP else "\n\n", with_dashes(line))


def lines_of(text: str) -> Iterator[Line]:
    """Lines of plain text; empty ones become the gap above the next, and blocks end there."""
    block = gap = 0
    for page, content in enumerate(text.split("\f")):
        for raw in content.splitlines()[:MOST_LINES]:
            if not raw.strip() or _RULE.match(raw):
                gap += 1
                continue
            block += gap > 0
            line = _line(raw, page, float(gap), block)
            if line is not None:
                yield line
                gap = 0


def _line(raw: str, page: int, gap: float, block: int) -> Line | None:
    inner = raw.strip()
    body, bullet = without_bullet(inner)
    cells = tuple(tidy(part) for part in _WIDE.split(body) if tidy(part))
    if not cells:
        return None
    indent = (len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())) // 2 if bullet else 0
    text = "\t".join(cells)
    return Line(
        text, page, bullet=bullet, indent=indent, gap=gap, cells=cells, block=block, spans=(Span(text),)
    )
