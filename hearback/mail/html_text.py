"""HTML bodies as the reader sees them: hidden text left out, quoted threads marked with `>`."""

import html as entities
import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.mail.patterns import words
from hearback.mail.visible import Look, Styles

# Mail above this size is cut before parsing: nobody reads that far, and it bounds the work.
LONGEST_HTML = 2_000_000
LONGEST_TEXT = 400_000
# The parser's time grows with the square of the depth; no mail that was made to be read is so deep.
DEEPEST = 1_000
MOST_STYLE_SHEETS = 20

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "svg", "meta"})
_BLOCKS = frozenset(words("html", "blocks"))
_PARAGRAPHS = frozenset(words("html", "paragraphs"))
_QUOTE_MARK = re.compile(r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|zmail_extra", re.I)
# Behind these nothing new follows, wherever their own element ends.
_THREAD_IDS = frozenset(
    {
        "divrplyfwdmsg",
        "appendonsend",
        "replysplit",
        "isforwardcontent",
        "mail-editor-reference-message-container",
    }
)
_OUTLOOK_LINE = re.compile(r"border:\s*none;\s*border-top:\s*solid #(?:E1E1E1|B5C4DF)", re.I)
_HTML_TAG = re.compile(r"<(?:!doctype|html|body|div|p|br|table|span|a\s)[^<>]{0,200}>", re.I)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_NESTING_TAG = re.compile(r"<(/?)(?:div|span|blockquote|table|section|center|font|ul|a|b|i)\b", re.I)
_INLINE_FILE = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=%]+")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f]+")
# Senders pad the preview line with these; they are nothing to a reader.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffc\U000e0000-\U000e007f]"
)


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
    if len(html) > LONGEST_HTML:
        # Pictures within the page would use up the room of its text.
        html = _INLINE_FILE.sub("", html)[:LONGEST_HTML]
    if _too_deep(html):
        bare = entities.unescape(_ANY_TAG.sub(" ", html))
        return Page(INVISIBLE.sub("", _SPACES.sub(" ", bare)).strip()[:LONGEST_TEXT])
    root = LexborHTMLParser(html).root
    if root is None:
        return Page("")
    sheets = "\n".join(sheet.text() for sheet in root.css("style")[:MOST_STYLE_SHEETS])
    writer = _Writer(Styles(sheets))
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

    def __init__(self, styles: Styles) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.size = 0
        self._styles = styles
        self._looks = [Look()]
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
        look = None if tag in _SKIPPED else self._styles.look(node, self._looks[-1])
        if look is None:
            return False
        self._looks.append(look)
        self._edge(tag)
        if _begins_thread(node) or _is_quote(node):
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
        self._looks.pop()
        if _is_quote(node) and not _begins_thread(node):
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
        if not self._looks[-1].is_seen:
            return
        for number, line in enumerate(text.split("\n") if self._looks[-1].lines_kept else [text]):
            if number:
                self._break(paragraph=not "".join(self.line).strip())
            line = _SPACES.sub(" ", line.replace("\n", " "))
            self.line.append(line)
            self.size += len(line)
            if self._open_links:
                self._open_links[-1][1].append(line)

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


def _begins_thread(node: LexborNode) -> bool:
    """Whether nothing but an earlier mail follows, as Outlook and its kin mark it."""
    attributes = node.attributes
    if (attributes.get("id") or "").lower().removeprefix("x_") in _THREAD_IDS:
        return True
    return _OUTLOOK_LINE.search(attributes.get("style") or "") is not None


def _is_quote(node: LexborNode) -> bool:
    """Whether a node holds an earlier mail, as the common clients mark it."""
    attributes = node.attributes
    if node.tag == "blockquote" and (attributes.get("type") or "").lower() == "cite":
        return True
    if (attributes.get("name") or "").lower() == "quote":
        return True
    return _QUOTE_MARK.search(attributes.get("class") or "") is not None
