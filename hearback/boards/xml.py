"""XML of boards as plain objects, read so that nothing in it can reach out or grow."""

import html
from typing import Any

from lxml import etree

from hearback.boards.faults import BoardFault, Fault

# An object for each element with children, a list where a name stands several times, else its text.
Tree = dict[str, object]
_DEEPEST = 40


def read_xml(feed: bytes, marked_up: str | None = None) -> tuple[Tree, bool]:
    """What the root holds, and whether the feed was whole; of a broken one, all before the break counts.

    Names lose their namespace. What elements of the name `marked_up` hold is kept as markup, as where a feed
    has forgotten to escape its HTML. Raises BoardFault where it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
    )
    start = feed[:512].lstrip().lower()
    try:
        root = etree.fromstring(feed.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or start.startswith((b"<!doctype html", b"<html")):
        what = "a web page" if b"<html" in start or b"<!doctype html" in start else "something else"
        raise BoardFault(Fault.SHAPE, f"The board answered {what} instead of XML.")
    value = _value(root, 0, marked_up)
    return value if isinstance(value, dict) else {}, not len(parser.error_log)


def _value(element: Any, depth: int, marked_up: str | None) -> object:
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or depth > _DEEPEST:
        return "".join(element.itertext()) if depth <= _DEEPEST else ""
    if etree.QName(element).localname == marked_up:
        inner = (etree.tostring(child, encoding="unicode", method="html") for child in children)
        return html.escape(element.text or "", quote=False) + "".join(inner)
    found: Tree = {}
    for child in children:
        name = etree.QName(child).localname
        value = _value(child, depth + 1, marked_up)
        if name not in found:
            found[name] = value
            continue
        before = found[name]
        found[name] = [*before, value] if isinstance(before, list) else [before, value]
    return found
