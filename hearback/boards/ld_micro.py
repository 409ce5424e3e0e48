"""Finds the job postings in the microdata of a page, as objects like those of JSON-LD."""

from collections import deque

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.boards.ld_json import Node

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


def postings(page: LexborHTMLParser) -> list[Node]:
    """Every item of type JobPosting of a page."""
    items = page.css('[itemtype*="schema.org/JobPosting" i]')
    return [_item(node, 0) for node in items[:_MOST]]


def _item(node: LexborNode, depth: int) -> Node:
    found: dict[str, list[object]] = {}
    waiting = deque(node.iter())
    while waiting and depth < _DEEPEST:
        one = waiting.popleft()
        names = (one.attributes.get("itemprop") or "").split()
        for name in names:
            values = found.setdefault(name, [])
            if len(values) < _MOST and (value := _value(one, names, depth)) not in (None, ""):
                values.append(value)
        if "itemscope" not in one.attributes:
            waiting.extendleft(reversed(list(one.iter())))
    kind = (node.attributes.get("itemtype") or "").rsplit("/", 1)[-1]
    parts = {name: values[0] if len(values) == 1 else values for name, values in found.items() if values}
    return {"@type": kind, **parts}


def _value(node: LexborNode, names: list[str], depth: int) -> object:
    if "itemscope" in node.attributes:
        return _item(node, depth + 1)
    attributes = node.attributes
    name = _IN_ATTRIBUTE.get(node.tag or "")
    if attributes.get("content"):
        return attributes["content"]
    if name and attributes.get(name) and not (name == "href" and not {"url", "sameAs"} & set(names)):
        return attributes[name]
    if _MARKED_UP & set(names):
        return node.html
    return node.text(separator=" ").strip()
