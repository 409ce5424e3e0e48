"""Finds the job postings in the microdata or RDFa of a page, as objects like those of JSON-LD."""

import re
from collections import deque
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.boards.ld_tidy import Node

_DEEPEST = 200
_MOST = 200
# Where these stand, the value is in an attribute and not in the text.
_IN_ATTRIBUTE = {
    "meta": "content",
    "time": "datetime",
    "a": "href",
    "link": "href",
    "data": "value",
    "img": "src",
}
# Parts whose markup is worth more than their text.
_MARKED_UP = frozenset(
    {"description", "responsibilities", "qualifications", "skills", "jobBenefits", "benefits"}
)


@dataclass(frozen=True)
class _Words:
    """The attributes for the name of a part, for where an item begins, and for its kind."""

    part: str
    begins: str
    kind: str


_MICRODATA = _Words("itemprop", "itemscope", "itemtype")
_RDFA = _Words("property", "typeof", "typeof")


def postings(page: LexborHTMLParser) -> list[Node]:
    """Every item of type JobPosting of a page."""
    for words, css in (
        (_MICRODATA, '[itemtype*="schema.org/JobPosting" i]'),
        (_RDFA, '[typeof*="JobPosting" i]'),
    ):
        if items := page.css(css)[:_MOST]:
            return [_item(node, words, 0) for node in items]
    return []


def _item(node: LexborNode, words: _Words, depth: int) -> Node:
    found: dict[str, list[object]] = {}
    waiting = deque(node.iter())
    while waiting and depth < _DEEPEST:
        one = waiting.popleft()
        names = [_bare(name) for name in (one.attributes.get(words.part) or "").split()]
        for name in names:
            values = found.setdefault(name, [])
            if len(values) < _MOST and (value := _value(one, names, words, depth)) not in (None, ""):
                values.append(value)
        if words.begins not in one.attributes:
            waiting.extendleft(reversed(list(one.iter())))
    kind = _bare(node.attributes.get(words.kind) or "")
    parts = {name: values[0] if len(values) == 1 else values for name, values in found.items() if values}
    return {"@type": kind, **parts}


def _bare(name: str) -> str:
    return re.split(r"[/:#]", name)[-1]


def _value(node: LexborNode, names: list[str], words: _Words, depth: int) -> object:
    if words.begins in node.attributes:
        return _item(node, words, depth + 1)
    attributes = node.attributes
    name = _IN_ATTRIBUTE.get(node.tag or "")
    if attributes.get("content"):
        return attributes["content"]
    if name and attributes.get(name) and not (name == "href" and not {"url", "sameAs"} & set(names)):
        return attributes[name]
    if _MARKED_UP & set(names):
        return node.html
    return node.text(separator=" ").strip()
