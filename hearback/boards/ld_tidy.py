"""JSON-LD in one shape: plain values instead of wrapped ones, names without prefixes, references followed."""

import re
from collections.abc import Iterable, Mapping

Node = dict[str, object]

_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_DEEPEST = 30
_MOST = 5_000
# The parts of a posting that sites describe once and refer to.
_REFERRED = ("hiringOrganization", "jobLocation", "baseSalary", "applicationContact", "address")


def tidy(value: object, depth: int = 0) -> object:
    """The value with {"@value": x} as x, {"@list": [...]} as the list, and names as schema.org has them."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [tidy(one, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    for wrapping in ("@value", "@list", "@set"):
        if wrapping in value:
            return tidy(value[wrapping], depth + 1)
    return {_PREFIX.sub("", key): tidy(one, depth + 1) for key, one in value.items()}


def described(objects: Iterable[Node]) -> dict[str, Node]:
    """The objects of a page that describe what an "@id" names."""
    found: dict[str, Node] = {}
    for node in objects:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(found.get(name, {"@id": name})) and len(found) < _MOST:
            found[name] = node
    return found


def followed(node: Node, known: Mapping[str, Node], depth: int = 0) -> Node:
    """A posting with what its parts refer to in their place."""
    parts = {key: _followed(node[key], known, depth) for key in _REFERRED if key in node}
    return {**node, **parts}


def _followed(value: object, known: Mapping[str, Node], depth: int) -> object:
    if isinstance(value, list):
        return [_followed(one, known, depth) for one in value]
    if not isinstance(value, dict) or depth > 3:
        return value
    name = value.get("@id")
    whole = known.get(name, {}) if isinstance(name, str) else {}
    return followed({**whole, **value}, known, depth + 1)
