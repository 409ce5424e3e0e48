"""What was read, each value with the words that it came from and how sure the reading is."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from hearback.documents.lines import Line

# What was read with less certainty is shown to the user as to be checked.
SURE = 0.6


@dataclass(frozen=True)
class Mark:
    """Where one value of the CV stands in the document.

    `path` is as in "work[0].position", `quote` a line of the document, `page` counts from 0, and `sure` is a
    probability: see SURE.
    """

    path: str
    quote: str
    page: int
    sure: float


@dataclass(frozen=True)
class Read:
    """A CV as JSON Resume 1.x, valid by its schema, a mark for each value, and what its owner should know."""

    cv: dict[str, Any] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One value on its way into the CV."""

    value: str
    quote: str
    page: int
    sure: float


def found(value: str | None, line: Line, sure: float = 0.9) -> Found | None:
    """A value that was read from a line, None where there is none."""
    text = " ".join((value or "").split())
    return Found(text, line.text, line.page, round(min(max(sure, 0.05), 0.99), 2)) if text else None


def less_sure(node: Any, most: float) -> Any:
    """The tree with no value surer than `most`."""
    if isinstance(node, Found):
        return replace(node, sure=min(node.sure, most))
    if isinstance(node, dict):
        return {key: less_sure(value, most) for key, value in node.items()}
    return [less_sure(value, most) for value in node] if isinstance(node, list) else node


def settle(tree: dict[str, Any]) -> tuple[dict[str, Any], tuple[Mark, ...]]:
    """A tree with `Found` at its leaves as a plain CV and its marks. What is empty is left out."""
    cv = _plain(tree) or {}
    return cv, tuple(_marks(_without_empty(tree), ""))


def _plain(node: Any) -> Any:
    if isinstance(node, Found):
        return node.value
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in _without_empty(node).items()}
    return [_plain(value) for value in _without_empty(node)] if isinstance(node, list) else node


def _without_empty(node: Any) -> Any:
    """The node without what holds nothing, at any depth."""
    if isinstance(node, dict):
        kept = {key: _without_empty(value) for key, value in node.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(node, list):
        return [value for value in map(_without_empty, node) if value not in (None, "", [], {})]
    return node


def _marks(node: Any, path: str) -> Iterator[Mark]:
    if isinstance(node, Found):
        yield Mark(path, node.quote, node.page, node.sure)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _marks(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _marks(value, f"{path}[{at}]")
