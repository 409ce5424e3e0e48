"""The text of a document as lines that keep what their look says: sizes, weights, places, lists and cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hearback.documents.kinds import Kind


@dataclass(frozen=True)
class Span:
    """A run of one style within a line. The spans of a line, put together, are its text."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float = 0.0


def spans_after(spans: Iterable[Span], taken: int) -> tuple[Span, ...]:
    """The runs of a text of which so many letters are taken off its start."""
    kept = []
    for span in spans:
        kept.append(replace(span, text=span.text[max(taken, 0) :]))
        taken -= len(span.text)
    return tuple(span for span in kept if span.text)


@dataclass(frozen=True)
class Line:
    """One line as it is seen. Measures are points from the page's left or top; 0 where there are none."""

    text: str
    page: int = 0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    # It begins an entry of a list; its bullet is taken off, and `indent` is its level, from 0.
    bullet: bool = False
    indent: int = 0
    # 1 to 6 where the format itself calls it a heading, else 0.
    heading: int = 0
    # The space above it, in heights of a line.
    gap: float = 0.0
    # Which reading block of the page it stands in: 0 for the main text or what comes first.
    column: int = 0
    # Its parts that stand apart, such as a title on the left and dates on the right. The text is them, with
    # a tab between.
    cells: tuple[str, ...] = ()
    # The running number of the paragraph, or cell of a table, that it stands in.
    block: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Text:
    """What a document says, in reading order."""

    kind: Kind
    lines: tuple[Line, ...] = ()
    # Addresses that the document links to, each with the words that carry the link.
    links: tuple[tuple[str, str], ...] = ()
    pages: int = 1
    # The title in the file's own description.
    title: str = ""
    # The whole CV as JSON Resume, where the file was that.
    given: dict[str, Any] | None = None
    # What its owner should know, such as that text was hidden in it.
    warnings: tuple[str, ...] = ()
