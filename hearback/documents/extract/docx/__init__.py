"""Text out of Word's .docx: body, tables, text boxes, headers and footers, each once.

ECMA-376, part 1, WordprocessingML: https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from hearback.documents.extract.docx.body import Body
from hearback.documents.extract.docx.names import DC
from hearback.documents.extract.docx.styles import Styles, lists_of
from hearback.documents.extract.packed import Packed
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import HIDDEN, DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Line, Text

_MAIN = "word/document.xml"
_PAGE_NUMBER = re.compile(r"\W*(?:\w+\W*)?\d{0,3}(?:\W+(?:\w+\W+)?\d{1,3})?\W*$")
_TYPES = "[Content_Types].xml"
_MAIN_TYPE = "wordprocessingml.document.main+xml"


def text_of(data: bytes) -> Text:
    """The text of a .docx. Raises DocumentFault."""
    packed = Packed(data)
    main = _main(packed)
    root = packed.xml(main)
    if root is None:
        raise DocumentFault(Fault.CORRUPT)
    folder = main.rpartition("/")[0]
    styles = Styles(packed.xml(f"{folder}/styles.xml"))
    body = Body(styles, lists_of(packed.xml(f"{folder}/numbering.xml")))
    above = [body.read_part(packed, part) for part in _margins(packed, folder, "header")]
    text = body.read_part(packed, main)
    notes = [body.read_part(packed, part) for part in _margins(packed, folder, "footnotes")]
    below = [body.read_part(packed, part) for part in _margins(packed, folder, "footer")]
    lines = (*_once(above), *text, *chain(*notes), *_once(below))
    if not lines:
        raise DocumentFault(Fault.SCANNED if any("/media/" in name for name in packed.names) else Fault.EMPTY)
    warnings = (HIDDEN,) if body.hidden else ()
    links = tuple(dict.fromkeys(body.links))
    return Text(Kind.DOCX, lines, links, body.page + 1, _title(packed), warnings=warnings)


def _main(packed: Packed) -> str:
    """Where the document itself is: some programs do not call it document.xml."""
    types = packed.xml(_TYPES)
    for override in types if types is not None else ():
        if str(override.get("ContentType", "")).endswith(_MAIN_TYPE):
            return str(override.get("PartName", "")).lstrip("/")
    return _MAIN


def _margins(packed: Packed, folder: str, kind: str) -> list[str]:
    return sorted(
        name for name in packed.names if name.startswith(f"{folder}/{kind}") and name.endswith(".xml")
    )


def _once(parts: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """What stands at the top or the bottom of pages, once, without the numbers of pages.

    There are such parts for the first, the odd and the even pages, often with the same words.
    """
    seen: set[str] = set()
    for line in chain(*parts):
        if line.text not in seen and not _PAGE_NUMBER.match(line.text):
            seen.add(line.text)
            yield line


def _title(packed: Packed) -> str:
    core = packed.xml("docProps/core.xml")
    found = core.find(f"{{{DC}}}title") if core is not None else None
    return tidy(found.text or "") if found is not None else ""
