"""How deep markup nests, told before a parser whose time grows with the square of it gets to see it."""

import re

_TAG = re.compile(r"<(/?)([a-z][\w-]*+)([^<>]*+)>", re.IGNORECASE)
# What ends by itself, at once or where the next of its kind begins.
_ENDING = frozenset({
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "meta", "link", "col",
    "area", "base", "embed", "source", "track", "wbr", "param",
})  # fmt: skip
# Only within a drawing does a slash before the end of a tag end the element; any other element ends
# the drawing.
_DRAWN = frozenset({
    "svg", "g", "path", "circle", "rect", "line", "polygon", "polyline", "ellipse", "defs", "use", "symbol",
    "lineargradient", "radialgradient", "stop", "clippath", "mask", "pattern", "text", "tspan", "filter",
})  # fmt: skip


def nests_deeper(markup: str, limit: int) -> bool:
    """Whether elements stand within each other more than `limit` deep."""
    depth, drawing = 0, False
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        drawing = (drawing or name == "svg") and name in _DRAWN
        if name in _ENDING:
            continue
        if tag[1]:
            depth = max(depth - 1, 0)
        elif not (drawing and tag[3].endswith("/")):
            depth += 1
        if depth > limit:
            return True
    return False
