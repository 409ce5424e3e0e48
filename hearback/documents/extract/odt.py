"""Text out of OpenDocument text files, as LibreOffice writes them.

https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from hearback.documents.extract.packed import Packed
from hearback.documents.extract.runs import ADDRESS, Lines
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import HIDDEN, DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Line, Span, Text

DEEPEST = 60
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"})
_SPACES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SIZE = re.compile(r"([\d.]+)pt$")


@dataclass(frozen=True)
class _Look:
    bold: bool = False
    italic: bool = False
    size: float = 12.0
    hidden: bool = False


def text_of(data: bytes) -> Text:
    """The text of an .odt. Raises DocumentFault."""
    packed = Packed(data)
    manifest = packed.xml("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise DocumentFault(Fault.LOCKED)
    content, styles = packed.xml("content.xml"), packed.xml("styles.xml")
    if content is None:
        raise DocumentFault(Fault.CORRUPT)
    reading = _Reading([root for root in (styles, content) if root is not None])
    margins = {kind: _margins(styles, kind) for kind in ("header", "footer")}
    body = content.find(f"{_OFFICE}body")
    for part in (*margins["header"], body if body is not None else content, *margins["footer"]):
        reading.read(part, Line(""), 0)
    lines = reading.lines.lines
    if not lines:
        pictures = any("Pictures/" in name for name in packed.names)
        raise DocumentFault(Fault.SCANNED if pictures else Fault.EMPTY)
    meta = packed.xml("meta.xml")
    title = meta.find(f".//{_TITLE}") if meta is not None else None
    return Text(
        Kind.ODT,
        tuple(lines),
        tuple(dict.fromkeys(reading.links)),
        title=tidy(title.text or "") if title is not None else "",
        warnings=(HIDDEN,) if reading.hidden else (),
    )


def _margins(styles: etree._Element | None, kind: str) -> list[etree._Element]:
    """What stands at the top or at the bottom of each page."""
    return list(styles.iter(f"{_STYLE}{kind}")) if styles is not None else []


class _Reading:
    """Walks a tree once; keeps its lines, its links, and whether something in it is hidden."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self.lines = Lines()
        self.links: list[tuple[str, str]] = []
        self.hidden = False
        self._boxes: list[etree._Element] = []
        found = (style for root in roots for style in root.iter(f"{_STYLE}style"))
        self._styles = {str(style.get(f"{_STYLE}name")): style for style in found}

    def read(self, parent: etree._Element, like: Line, depth: int) -> None:
        """Read all paragraphs, lists and tables under an element. Raises DocumentFault."""
        if depth > DEEPEST:
            raise DocumentFault(Fault.TOO_HEAVY)
        for element in parent:
            if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(element, like, depth)
                like = replace(like, bullet=False)
            elif element.tag == f"{_TEXT}list":
                inner = replace(like, indent=like.indent + 1 if like.block else 0, block=1)
                self.read(element, inner, depth + 1)
            elif element.tag == f"{_TEXT}list-item":
                self.read(element, replace(like, bullet=True), depth + 1)
            elif element.tag == f"{_TABLE}table-row":
                self._row(element, like, depth)
            elif element.tag not in _SKIPPED:
                self.read(element, like, depth + 1)

    def _row(self, row: etree._Element, like: Line, depth: int) -> None:
        found = (cell for cell in row if cell.tag == f"{_TABLE}table-cell")
        cells = [list(cell.iter(f"{_TEXT}p", f"{_TEXT}h")) for cell in found]
        filled = [[one for one in cell if "".join(one.itertext()).strip()] for cell in cells]
        if len(cells) < 2 or any(len(cell) > 1 for cell in filled):
            return self.read(row, like, depth + 1)
        spans: list[Span] = []
        for (paragraph,) in (cell for cell in filled if cell):
            said = list(self._runs(paragraph, self._look(paragraph, _Look()), depth))
            spans += [Span("\t"), *said] if spans else said
        self.lines.paragraph(spans, like)

    def _paragraph(self, element: etree._Element, like: Line, depth: int) -> None:
        level = str(element.get(f"{_TEXT}outline-level", "1"))
        heading = min(int(level), 6) if element.tag == f"{_TEXT}h" and level.isdigit() else 0
        spans = list(self._runs(element, self._look(element, _Look()), depth))
        boxes, self._boxes = self._boxes, []
        self.lines.paragraph(
            spans, replace(like, heading=heading, block=0, bullet=like.bullet and not heading)
        )
        for box in boxes:
            self.read(box, Line(""), depth + 1)

    def _runs(self, parent: etree._Element, look: _Look, depth: int) -> Iterator[Span]:
        if depth > DEEPEST:
            raise DocumentFault(Fault.TOO_HEAVY)
        yield from self._said(parent.text, look)
        for element in parent:
            name = str(element.tag).rpartition("}")[2]
            if element.tag in _SPACES:
                yield Span(_SPACES[element.tag], look.bold, look.italic, look.size)
            elif element.tag == f"{_TEXT}s":
                yield Span("  " if element.get(f"{_TEXT}c") else " ", look.bold, look.italic, look.size)
            elif name in ("frame", "custom-shape", "note"):
                self._boxes.append(element)
            elif element.tag not in _SKIPPED:
                inner = list(self._runs(element, self._look(element, look), depth + 1))
                self._link(element, "".join(span.text for span in inner))
                yield from inner
            yield from self._said(element.tail, look)

    def _said(self, text: str | None, look: _Look) -> Iterator[Span]:
        if text and look.hidden:
            self.hidden = self.hidden or bool(text.strip())
        elif text:
            yield Span(re.sub(r"\s+", " ", text), look.bold, look.italic, look.size)

    def _link(self, element: etree._Element, words: str) -> None:
        address = str(element.get(_HREF) or "")
        if element.tag == f"{_TEXT}a" and ADDRESS.match(address):
            self.links.append((address, tidy(words)))

    def _look(self, element: etree._Element, look: _Look) -> _Look:
        """The look of an element's style, laid over what is around it."""
        chain: list[etree._Element] = []
        name = element.get(f"{_TEXT}style-name")
        while name in self._styles and len(chain) < DEEPEST:
            chain.append(self._styles[name])
            name = chain[-1].get(f"{_STYLE}parent-style-name")
        for style in reversed(chain):
            for properties in style.iter(f"{_STYLE}text-properties"):
                look = _with(look, properties)
        return look


def _with(look: _Look, properties: etree._Element) -> _Look:
    weight, slant = properties.get(f"{_FO}font-weight"), properties.get(f"{_FO}font-style")
    size = _SIZE.match(str(properties.get(f"{_FO}font-size") or ""))
    return _Look(
        bold=weight in ("bold", "600", "700", "800", "900") if weight else look.bold,
        italic=slant in ("italic", "oblique") if slant else look.italic,
        size=float(size[1]) if size else look.size,
        hidden=look.hidden or properties.get(f"{_TEXT}display") == "none",
    )
