"""Descriptions as HTML that is safe to show, and as text that a person can read."""

import html
import re

import nh3

from hearback.boards.normal.depth import nests_deeper
from hearback.boards.normal.text import encodable, mended

# Longer than any description; what comes after it is not kept.
_LONGEST = 200_000
_TAGS = {
    "h2", "h3", "h4", "h5", "h6", "p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "strong", "b",
    "em", "i", "u", "s", "sub", "sup", "blockquote", "pre", "code", "a",
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
}  # fmt: skip
# Dropped with all that stands in them.
_DROPPED = {
    *("script", "style", "title", "noscript", "iframe", "template", "svg", "math", "object", "embed"),
    *("form", "select", "textarea"),
}
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(\s[^<>]*)?/?>")
_ESCAPED_TAG = re.compile(r"&(amp;)*(lt|#60|#x3c);/?[a-zA-Z][\w-]*", re.IGNORECASE)
_ESCAPED_END = re.compile(r"&lt;/(?:p|ul|li|h[1-6]|strong|div)&gt;", re.IGNORECASE)
# A line's end that was escaped twice and stands as two letters.
_WRITTEN_BREAK = re.compile(r"(\\r)?\\n(?=[\s<\\A-Z•*\-\u00a0]|$)")
_HEADING_ONE = re.compile(r"<(/?)h1\b[^>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|div|h[2-6]|li|ul|ol|blockquote)>(?:\s|<br>)*</\1>|<(strong|b|em|i|u|s)>(\s*)</\2>")
_EMPTY_DEPTH = 8
# The sanitiser takes a time that grows with the square of the depth; no description nests so deep.
_DEEPEST = 1_000
_BREAKS = re.compile(r"(?:<br>\s*){3,}")
_PARAGRAPH_END = re.compile(r"</?(?:p|h[2-6]|ul|ol|dl|blockquote|pre|table)>|<hr>")
_LINE_END = re.compile(r"<br>|</?(?:div|tr|dt|dd|li|caption)>")
_ITEM = re.compile(r"<li>\s*(?:<(?:p|div)>)?\s*")
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh]>)")


def safe_html(value: object) -> str:
    """A description as HTML with headings, paragraphs, lists, emphasis, tables and links, and nothing else.

    What came escaped is unescaped first; plain text gets its paragraphs. Links go to http, https and mailto
    alone and carry rel="noopener nofollow". Empty where there is no description.
    """
    if not isinstance(value, str):
        return ""
    raw = shallow(_opened(encodable(value[:_LONGEST])))
    marked = _HEADING_ONE.sub(r"<\1h2>", raw) if _TAG.search(raw) else _paragraphs(raw)
    shown = nh3.clean(
        _WRITTEN_BREAK.sub("\n", marked),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
        # There is no page of ours that the board could mean.
        url_relative="deny",
    )
    shown = mended(shown.replace("&nbsp;", " ").replace("\u00a0", " "))
    for _ in range(_EMPTY_DEPTH):
        shown, emptied = _EMPTY.subn(r"\3", shown)
        if not emptied:
            break
    return _BREAKS.sub("<br><br>", shown).strip()


def shallow(raw: str) -> str:
    """HTML as it is, or without its tags where it nests deeper than a sanitiser can bear."""
    return _TAG.sub(" ", raw) if nests_deeper(raw, _DEEPEST) else raw


def text_of(safe: str) -> str:
    """The text of what `safe_html` gave: blank lines between paragraphs, "• " before items of lists."""
    lines = re.sub(r"\s+", " ", safe)
    lines = _ITEM.sub("\n• ", _CELL.sub(" | ", lines))
    lines = _LINE_END.sub("\n", _PARAGRAPH_END.sub("\n\n", lines))
    bare = html.unescape(re.sub(r"<[^>]*>", "", lines))
    kept = [" ".join(line.split()) for line in bare.split("\n")]
    return re.sub(r"\n{2,}(?=• )", "\n", re.sub(r"\n{3,}", "\n\n", "\n".join(kept))).strip()


def plain(value: object) -> str:
    """A description, in whatever form it comes, as readable text."""
    return text_of(safe_html(value))


def joined(*sections: tuple[str | None, object]) -> str:
    """Several parts of a description as one: each with its heading, those without text left out."""
    parts = []
    for heading, body in sections:
        shown = safe_html(body)
        if shown:
            title = html.escape(heading, quote=False) if heading else ""
            parts.append(f"<h3>{title}</h3>{shown}" if title else shown)
    return "\n".join(parts)


def _opened(raw: str) -> str:
    """HTML out of escaped HTML, as often as it was escaped; text that is none stays."""
    # Markup whose lists came escaped, as where a site puts one text into another.
    if len(_ESCAPED_END.findall(raw)) > 1 and _TAG.search(raw):
        return html.unescape(raw)
    for _ in range(3):
        if _TAG.search(raw) or not _ESCAPED_TAG.search(raw):
            break
        raw = html.unescape(raw)
    return raw


def _paragraphs(text: str) -> str:
    """Plain text as HTML: a blank line parts paragraphs, other ends of lines stay."""
    blocks = re.split(r"\n\s*\n", _WRITTEN_BREAK.sub("\n", html.unescape(text)).replace("\r\n", "\n").strip())
    shown = (html.escape(block.strip(), quote=False).replace("\n", "<br>") for block in blocks)
    return "".join(f"<p>{block}</p>" for block in shown if block)
