"""Lines out of Rich Text, as striprtf reads it."""

import re

from striprtf.striprtf import rtf_to_text

from hearback.documents.extract.plain import lines_of
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Text

# Pictures and programs within it are long rows of hexadecimal digits; no text is.
_BINARY = re.compile(rb"[0-9a-fA-F\s]{1024,}")
_LINK = re.compile(rb"HYPERLINK\s+\"([^\"]{1,2000})\"", re.I)
_AFTER = re.compile(r"\(\"(?:https?|mailto|tel):[^\"\n]{1,2000}\"\)", re.I)
_ROW = re.compile(r"^.*\|[ \t]*$", re.M)
DEEPEST = 500


def text_of(data: bytes) -> Text:
    """The text of a Rich Text file. Raises DocumentFault."""
    small = _BINARY.sub(b"", data)
    if _depth(small) > DEEPEST:
        raise DocumentFault(Fault.TOO_HEAVY)
    # It is ASCII with escapes; programs that write other letters write those of Windows.
    written = rtf_to_text(small.decode("cp1252", "replace"), errors="ignore")
    # It writes the address of a link after its words.
    written = _AFTER.sub("", written)
    if b"\\cell" in small:
        # It writes a bar after each cell of a table.
        written = _ROW.sub(lambda row: row[0].replace("|", "\t"), written)
    lines = tuple(lines_of(written))
    if not lines:
        raise DocumentFault(Fault.EMPTY)
    links = ((found.decode("latin-1"), "") for found in _LINK.findall(small))
    return Text(Kind.RTF, lines, tuple(dict.fromkeys(links)))


def _depth(data: bytes) -> int:
    """How deep its groups lie within each other."""
    deepest = depth = 0
    for sign in re.findall(rb"[{}]", data):
        depth += 1 if sign == b"{" else -1
        deepest = max(deepest, depth)
    return deepest
