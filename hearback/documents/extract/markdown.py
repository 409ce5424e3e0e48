"""Lines out of Markdown, by way of the page that it stands for."""

import re

from markdown_it import MarkdownIt

from hearback.documents.extract.html import text_of_page
from hearback.documents.extract.plain import decoded
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Text

# A hundred pages; the reader takes more than twice as long for twice as much.
MOST_BYTES = 250_000
# What programs put before the text: title, layout, tags between two rules.
_FRONT = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)\s*\n", re.S)


def text_of(data: bytes) -> Text:
    """The text of a Markdown file. Raises DocumentFault."""
    # A line end within a paragraph is one that its writer sees; HTML in it is read as HTML is.
    if len(data) > MOST_BYTES:
        raise DocumentFault(Fault.TOO_LONG)
    writer = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable(["table", "strikethrough"])
    return text_of_page(writer.render(_FRONT.sub("", decoded(data))), Kind.MARKDOWN)
