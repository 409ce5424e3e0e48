"""Text out of files: one module for each kind, each with `text_of(data)`, loaded when it is needed."""

import importlib

from hearback.documents.kinds import Kind, kind_of
from hearback.documents.lines import Text

# PDFium, lxml and the others take longer to load than a CV takes to read, so a process loads what it needs.
_MODULES = {
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
    module = importlib.import_module(_MODULES[kind_of(data, filename)])
    text: Text = module.text_of(data)
    return text
