"""Text out of files: one module for each kind, each with `text_of(data)`, loaded when it is needed."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind, kind_of
from hearback.documents.lines import Line, Span, Text

# Sixty full pages.
MOST_SIGNS = 400_000
# In letters: no paragraph of a CV is longer, and the patterns that read it take long on such.
LONGEST_LINE = 1200

# PDFium, lxml and the others take longer to load than a CV takes to read, so a process loads what it needs.
MODULES = {
    Kind.PDF: "hearback.documents.extract.pdf",
    Kind.DOCX: "hearback.documents.extract.docx",
    Kind.ODT: "hearback.documents.extract.odt",
    Kind.RTF: "hearback.documents.extract.rtf",
    Kind.TXT: "hearback.documents.extract.plain",
    Kind.MARKDOWN: "hearback.documents.extract.markdown",
    Kind.HTML: "hearback.documents.extract.html",
    Kind.JSON: "hearback.documents.extract.json_resume",
}


def text_of(data: bytes, filename: str | None = None) -> Text:
    """The text of a document. Raises DocumentFault; and what a hostile file can do, so use it bounded."""
    module = importlib.import_module(MODULES[kind_of(data, filename)])
    text: Text = module.text_of(data)
    if sum(len(line.text) for line in text.lines) > MOST_SIGNS:
        raise DocumentFault(Fault.TOO_LONG)
    return replace(text, lines=tuple(chain(*map(_cut, text.lines))))


def _cut(line: Line) -> Iterator[Line]:
    """The line, in pieces where it is longer than any line is: a text without line ends, or an attack."""
    if len(line.text) <= LONGEST_LINE:
        yield line
        return
    rest = line.text
    while rest:
        end = rest.rfind(" ", 1, LONGEST_LINE) if len(rest) > LONGEST_LINE else len(rest)
        end = end if end > 0 else LONGEST_LINE
        piece, rest = rest[:end], rest[end:].lstrip()
        cells = tuple(cell for cell in piece.split("\t") if cell)
        yield replace(line, text=piece, cells=cells, spans=(Span(piece, line.bold, line.italic, line.size),))
        line = replace(line, bullet=False, gap=0.0)
