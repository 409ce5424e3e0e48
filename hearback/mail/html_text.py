"""HTML bodies as the reader sees them: hidden text left out, quoted threads marked with `>`."""

import html as entities
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.mail.patterns import words

# Mail above this size is cut before parsing: nobody reads that far, and it bounds the work.
LONGEST_HTML = 2_000_000
LONGEST_TEXT = 400_000
# The parser's time grows with the square of the depth; no mail that was made to be read is so deep.
DEEPEST = 1_000

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "meta"})
_BLOCKS = frozenset(words("html", "blocks"))
_PARAGRAPHS = frozenset(words("html", "paragraphs"))
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity|line-height)\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_QUOTE_MARK = re.compile(r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|zmail_extra", re.I)
_QUOTE_IDS = frozenset({"divrplyfwdmsg", "appendonsend", "replysplit", "isforwardcontent"})
_HTML_TAG = re.compile(r"<(?:!doctype|html|body|div|p|br|table|span|a\s)[^<>]{0,200}>", re.I)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_NESTING_TAG = re.compile(r"<(/?)(?:div|span|blockquote|table|section|center|font|ul|a|b|i)\b", re.I)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f]+")
# Senders pad the preview line with these; they are nothing to a reader.
INVISIBLE = re.compile("[\u200b-\u200f\u00ad\u2060\u2061\u2062\u2063\u2064\ufeff\u034f\u061c]")


@dataclass(slots=True)
class Page:
    """The visible text of a page, and its links as (address, words of the link)."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)


def looks_like_html(body: str) -> bool:
    """Whether a body of unknown type is HTML."""
    return _HTML_TAG.search(body[:20_000]) is not None


def read(html: str) -> Page:
    """The visible text of `html`, blocks on lines of their own, quoted parts behind `> `."""
    html = html[:LONGEST_HTML]
    if _too_deep(html):
        bare = entities.unescape(_ANY_TAG.sub(" ", html))
        return Page(INVISIBLE.sub("", _SPACES.sub(" ", bare)).strip()[:LONGEST_TEXT])
    root = LexborHTMLParser(html).root
    if root is None:
        return Page("")
    writer = _Writer()
    # An explicit stack, since a hostile page nests deeper than Python recurses.
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack and writer.size < LONGEST_TEXT:
        node, leaving = stack.pop()
        if leaving:
            writer.leave(node)
        elif writer.enter(node):
            stack.append((node, True))
            child = node.last_child
            while child is not None:
                stack.append((child, False))
                child = child.prev
    return Page(writer.text(), writer.links)


def _too_deep(html: str) -> bool:
    """Whether more tags stay open at once than `DEEPEST`, by a count that is linear."""
    if html.count("<") <= DEEPEST:
        return False
    depth = 0
    for tag in _NESTING_TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


class _Writer:
    """Collects lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.size = 0
        self._quoted = 0
        self._open_links: list[tuple[str, list[str]]] = []

    def enter(self, node: LexborNode) -> bool:
        """Opens a node; False when it and all within are not to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._words(node.text_content or "")
            return False
        if tag.startswith("-") and tag != "-document":
            return False
        if tag in _SKIPPED or _is_hidden(node):
            return False
        self._edge(tag)
        if _is_quote(node):
            self._quoted += 1
        if tag == "li":
            self._words("- ")
        if tag == "a":
            self._open_links.append(((node.attributes.get("href") or "").strip(), []))
        return True

    def leave(self, node: LexborNode) -> None:
        """Closes a node that was entered."""
        tag = node.tag or ""
        self._edge(tag)
        if _is_quote(node):
            self._quoted -= 1
        if tag == "a" and self._open_links:
            href, inner = self._open_links.pop()
            if href and not self._quoted:
                self.links.append((href, " ".join("".join(inner).split())))

    def _edge(self, tag: str) -> None:
        """Where a block begins or ends, a line does."""
        if tag == "br" or tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS)
        elif tag in {"td", "th"}:
            self._words(" ")

    def _words(self, text: str) -> None:
        text = _SPACES.sub(" ", text.replace("\n", " "))
        self.line.append(text)
        self.size += len(text)
        if self._open_links:
            self._open_links[-1][1].append(text)

    def _break(self, paragraph: bool = False) -> None:
        line = INVISIBLE.sub("", _SPACES.sub(" ", "".join(self.line))).strip()
        self.line = []
        if line:
            self.lines.append("> " + line if self._quoted else line)
        if paragraph and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        self._break()
        return "\n".join(self.lines).strip()


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN_STYLE.search(style or "") is not None


def _is_quote(node: LexborNode) -> bool:
    """Whether a node holds an earlier mail, as the common clients mark it."""
    attributes = node.attributes
    if node.tag == "blockquote" and (attributes.get("type") or "").lower() == "cite":
        return True
    if (attributes.get("id") or "").lower() in _QUOTE_IDS:
        return True
    return _QUOTE_MARK.search(attributes.get("class") or "") is not None
