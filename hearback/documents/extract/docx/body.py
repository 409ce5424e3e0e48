"""Walks the paragraphs, tables and text boxes of a .docx in reading order."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from hearback.documents.extract.docx.elements import boxes, indent, inner, is_shaded, is_short, targets
from hearback.documents.extract.docx.names import R_IDS, child, local, value
from hearback.documents.extract.docx.styles import Look, Styles, with_paragraph, with_run
from hearback.documents.extract.packed import Packed
from hearback.documents.extract.runs import ADDRESS, Lines
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.lines import Line, Span

DEEPEST = 60
# Smaller than this, in points, nobody reads it.
SMALLEST = 2.5
# What was deleted with changes tracked, what Word writes for older programs, and notes of reviewers.
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "rPr", "pPr", "sectPr", "instrText", "delText", "comment"}
)
_LINK = re.compile(r"HYPERLINK\s+\"([^\"]+)\"", re.I)
_SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Body:
    """Reads parts of a document one after another into lines."""

    def __init__(self, styles: Styles, lists: frozenset[str]) -> None:
        self.styles, self.lists = styles, lists
        self.lines = Lines()
        self.links: list[tuple[str, str]] = []
        self._targets: dict[str, str] = {}
        self.page = 0
        self.hidden = 0
        self._boxes: list[etree._Element] = []

    def read_part(self, packed: Packed, name: str) -> list[Line]:
        """The lines of one part of the document, such as its body or a header."""
        root = packed.xml(name)
        if root is None:
            return []
        folder, _, file = name.rpartition("/")
        self._targets = targets(packed.xml(f"{folder}/_rels/{file}.rels"))
        start, content = len(self.lines.lines), child(root, "body")
        self.read(content if content is not None else root)
        return self.lines.lines[start:]

    def read(self, parent: etree._Element, depth: int = 0, shaded: bool = False) -> None:
        """Read all paragraphs and tables under an element. Raises DocumentFault."""
        if depth > DEEPEST:
            raise DocumentFault(Fault.TOO_HEAVY)
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element, depth, shaded)
            elif name == "tbl":
                self._table(element, depth, shaded)
            elif name not in _SKIPPED:
                self.read(element, depth + 1, shaded)

    def _table(self, table: etree._Element, depth: int, shaded: bool) -> None:
        for row in inner(table, "tr"):
            cells = list(inner(row, "tc"))
            if len(cells) > 1 and all(is_short(cell) for cell in cells):
                self._row(cells, shaded or is_shaded(row))
                continue
            for cell in cells:
                self.read(cell, depth + 1, shaded or any(is_shaded(one) for one in (table, cell)))

    def _row(self, cells: list[etree._Element], shaded: bool) -> None:
        """A row whose cells have one paragraph each is one line."""
        spans: list[Span] = []
        like: Line | None = None
        for cell in cells:
            for paragraph in inner(cell, "p"):
                found, mine = self._content(paragraph, shaded or is_shaded(cell))
                if any(span.text.strip() for span in found):
                    spans += [Span("\t"), *found] if spans else found
                    like = like or mine
        if like is not None:
            self.lines.paragraph(spans, replace(like, bullet=False))

    def _paragraph(self, paragraph: etree._Element, depth: int, shaded: bool) -> None:
        spans, like = self._content(paragraph, shaded)
        waiting, self._boxes = self._boxes, []
        self.lines.paragraph(spans, like)
        for box in waiting:
            # What a box is filled with is not known here, so white text in it may well be seen.
            self.read(box, depth + 1, shaded=True)

    def _content(self, paragraph: etree._Element, shaded: bool) -> tuple[list[Span], Line]:
        """The runs of a paragraph, and what its properties say of its lines."""
        properties = child(paragraph, "pPr")
        look = self.styles.look(value(child(properties, "pStyle")))
        look = with_paragraph(look, properties)
        shaded = shaded or is_shaded(paragraph)
        spans = list(self._runs(paragraph, look, shaded, 0))
        listed = look.number in self.lists and not look.heading
        like = Line(
            "", page=self.page, bullet=listed, indent=look.level if listed else 0, heading=look.heading,
            x0=indent(properties),
        )  # fmt: skip
        return spans, like

    def _runs(self, parent: etree._Element, look: Look, shaded: bool, depth: int) -> Iterator[Span]:
        if depth > DEEPEST:
            raise DocumentFault(Fault.TOO_HEAVY)
        for element in parent:
            name = local(element)
            if name == "r":
                properties = child(element, "rPr")
                own = with_run(self.styles.look(value(child(properties, "rStyle")), look), properties)
                yield from self._run(element, own, shaded)
            elif name == "hyperlink":
                spans = list(self._runs(element, look, shaded, depth + 1))
                self._link(element, "".join(span.text for span in spans))
                yield from spans
            elif name not in _SKIPPED:
                yield from self._runs(element, look, shaded, depth + 1)

    def _run(self, run: etree._Element, look: Look, shaded: bool) -> Iterator[Span]:
        seen = not look.hidden and look.size >= SMALLEST and (shaded or not look.white or is_shaded(run))
        for element in run:
            name = local(element)
            text = element.text or "" if name == "t" else _SPACES.get(name, "")
            if (name == "br" and value(element, "type") == "page") or name == "lastRenderedPageBreak":
                self.page += 1
            elif name == "instrText":
                self.links += [(found, "") for found in _LINK.findall(element.text or "")]
            elif name == "sym":
                text = "• " if (value(element, "char") or "").upper() in ("F0B7", "F0A7", "F0D8") else ""
            elif name in ("AlternateContent", "drawing", "pict", "object"):
                self._boxes += boxes(element)
            if text and seen:
                yield Span(text, look.bold, look.italic, look.size)
            elif text.strip():
                self.hidden += 1

    def _link(self, element: etree._Element, words: str) -> None:
        address = next(
            (self._targets.get(str(element.get(name))) for name in R_IDS if element.get(name)), None
        )
        if address and ADDRESS.match(address):
            self.links.append((address, tidy(words)))
