"""Lines out of a web page, as a reader sees it: scripts, styles and what is hidden are left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.documents.extract.plain import decoded
from hearback.documents.extract.runs import ADDRESS, Lines
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import Kind
from hearback.documents.lines import Line, Span, Text

DEEPEST = 400
MOST_STYLES = 200_000
# A rule for one class alone.
_RULE = re.compile(r"(?<![^\s}])\.([\w-]{1,60})\s*\{([^{}]{0,2000})\}")
DEEPEST_WRITTEN = 4000
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|table|ul|ol|dl|blockquote|b|i|a|font|em)\b", re.I
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "frame", "object", "embed"}
    | {"svg", "canvas", "video", "audio", "select", "textarea"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr"}
)
_BOLD, _ITALIC = frozenset({"b", "strong", "th"}), frozenset({"i", "em", "cite", "dfn", "var"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d]*[1-9])", re.I
)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.I)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class _Style:
    bold: bool = False
    italic: bool = False
    heading: int = 0
    level: int = 0
    as_written: bool = False


def text_of(data: bytes) -> Text:
    """The text of a web page. Raises DocumentFault."""
    return text_of_page(_letters(data), Kind.HTML)


def text_of_page(page: str, kind: Kind) -> Text:
    """The text of a page in HTML, whatever it was made of. Raises DocumentFault."""
    if _depth(page) > DEEPEST_WRITTEN:
        raise DocumentFault(Fault.TOO_HEAVY)
    tree = LexborHTMLParser(page)
    reading = _Reading(_classes(tree))
    if tree.body is not None:
        reading.walk(tree.body, _Style(), 0)
    reading.end(_Style())
    if not reading.lines.lines:
        raise DocumentFault(Fault.EMPTY)
    title = tree.css_first("title")
    return Text(
        kind,
        tuple(reading.lines.lines),
        tuple(dict.fromkeys(reading.links)),
        title=tidy(title.text()) if title is not None else "",
    )


def _letters(data: bytes) -> str:
    found = _CHARSET.search(data[:2048])
    if found is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(found[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decoded(data)
    return decoded(data)


def _depth(page: str) -> int:
    """How deep elements are written within each other; building the tree takes the square of it."""
    deepest = depth = 0
    for end in _NESTING.findall(page):
        depth = max(0, depth - 1) if end else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Reading:
    """Walks the tree once, and keeps the runs of the paragraph that is open."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = classes
        self.lines = Lines()
        self.links: list[tuple[str, str]] = []
        self._spans: list[Span] = []
        self._bullet = False

    def end(self, style: _Style) -> None:
        """End the open paragraph."""
        if any(span.text.strip() for span in self._spans):
            like = Line("", bullet=self._bullet, indent=max(style.level - 1, 0), heading=style.heading)
            self.lines.paragraph(self._spans, like)
            self._bullet = False
        self._spans = []

    def walk(self, node: LexborNode, style: _Style, depth: int) -> None:
        """Read what is in a node. Raises DocumentFault where it is nested beyond all use."""
        if depth > DEEPEST:
            raise DocumentFault(Fault.TOO_HEAVY)
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._say(child.text_content or "", style)
            elif tag == "br":
                self._spans.append(Span("\n"))
            elif tag not in _SKIPPED:
                look = self._look(child)
                if tag in ("td", "th") and self._spans:
                    self._spans.append(Span("\t"))
                    self.walk(child, _styled(tag, look, style), depth + 1)
                elif not _is_hidden(child, look):
                    self._enter(child, tag, _styled(tag, look, style), style, depth)

    def _look(self, node: LexborNode) -> str:
        """What style sheets and its own attribute say of a node, the attribute last."""
        names = (node.attributes.get("class") or "").split()
        return ";".join(
            [*(self._classes.get(name, "") for name in names), node.attributes.get("style") or ""]
        )

    def _enter(self, child: LexborNode, tag: str, inner: _Style, outer: _Style, depth: int) -> None:
        apart = tag not in _INLINE and tag not in ("td", "th")
        if apart:
            self.end(outer)
        if tag == "li":
            self._bullet = True
        self.walk(child, inner, depth + 1)
        if tag == "a":
            address = (child.attributes.get("href") or "").strip()
            if ADDRESS.match(address):
                self.links.append((address, tidy(_SPACE.sub(" ", child.text()))))
        if apart:
            self.end(inner)

    def _say(self, text: str, style: _Style) -> None:
        if not style.as_written:
            text = _SPACE.sub(" ", text)
            if not self._spans or self._spans[-1].text.endswith((" ", "\t", "\n")):
                text = text.lstrip(" ")
        if text:
            self._spans.append(Span(text, style.bold, style.italic))


def _classes(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page's own style sheets say of each class; programs that export pages write weights there."""
    sheets = " ".join(sheet.text() for sheet in tree.css("style"))
    return dict(_RULE.findall(sheets[:MOST_STYLES]))


def _styled(tag: str, look: str, style: _Style) -> _Style:
    weight, slant = _last(_WEIGHT, look), _last(_SLANT, look)
    bold = style.bold or tag in _BOLD
    italic = style.italic or tag in _ITALIC
    heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else style.heading
    return replace(
        style,
        bold=weight in ("bold", "600", "700", "800", "900") if weight else bold or bool(heading),
        italic=slant != "normal" if slant else italic,
        heading=heading,
        level=style.level + (tag in ("ul", "ol", "menu")),
        as_written=style.as_written or tag == "pre",
    )


def _last(pattern: re.Pattern[str], look: str) -> str:
    """What the last of several declarations says."""
    found = pattern.findall(look)
    return str(found[-1]).lower() if found else ""


def _is_hidden(node: LexborNode, look: str) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return _HIDDEN.search(look) is not None
