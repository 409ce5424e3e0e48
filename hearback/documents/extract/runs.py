"""Lines put together from the runs of text that a format gives, with tabs and line ends in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from hearback.documents.extract.bullets import without_bullet
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.lines import Line, Span

MOST_LINES = 20_000
# What links lead to that says something of a person: pages, addresses of mail, phones.
ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.I)


class Lines:
    """Collects the lines of a document, paragraph by paragraph."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._blocks = count()

    def paragraph(self, spans: Sequence[Span], like: Line) -> None:
        """Add one paragraph; its lines have the place of `like`, and only the first has its bullet."""
        block = next(self._blocks)
        for part in _split(spans):
            line = _line(part, replace(like, block=block))
            if line is not None:
                self.lines.append(line)
                like = replace(like, bullet=False, gap=0.0)
        if len(self.lines) > MOST_LINES:
            raise DocumentFault(Fault.TOO_LONG)


def _line(spans: Sequence[Span], like: Line) -> Line | None:
    """One line of these runs, with the place and marks of `like`; None where nothing is said."""
    parts = [span for span in spans if span.text]
    text = tidy("".join(span.text for span in parts))
    bullet = like.bullet
    if not like.heading:
        text, found = without_bullet(text)
        bullet = bullet or found
    cells = tuple(cell for cell in text.split("\t") if cell)
    if not cells:
        return None
    text = "\t".join(cells)
    return replace(
        like,
        text=text,
        bullet=bullet,
        bold=_share(parts, "bold") >= 0.5,
        italic=_share(parts, "italic") >= 0.5,
        size=_size(parts),
        cells=cells,
        spans=tuple(_cut_to(parts, text)),
    )


def _split(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The runs of each line, where line ends stand within the runs."""
    line: list[Span] = []
    for span in spans:
        first, *others = span.text.replace("\r", "\n").split("\n")
        line.append(replace(span, text=first))
        for other in others:
            yield line
            line = [replace(span, text=other)]
    yield line


def _share(spans: Sequence[Span], style: str) -> float:
    total = sum(len(span.text.strip()) for span in spans)
    return sum(len(span.text.strip()) for span in spans if getattr(span, style)) / max(total, 1)


def _size(spans: Sequence[Span]) -> float:
    """The size of the middle one of all signs."""
    sizes = sorted((span.size, len(span.text.strip())) for span in spans)
    middle = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        middle -= length
        if middle <= 0:
            return size
    return 0.0


def _cut_to(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """The runs cut to the tidied text, neighbours of one style made one; what was taken off is left out."""
    at = 0
    open_: Span | None = None
    for span in spans:
        words = tidy(span.text)
        start = text.find(words, at) if words else -1
        if start < 0 or start > at + 3:
            continue
        end = start + len(words)
        while end < len(text) and text[end] in " \t":
            end += 1
        if open_ is not None and _alike(open_, span):
            open_ = replace(open_, text=open_.text + text[at:end])
        else:
            if open_ is not None:
                yield open_
            open_ = replace(span, text=text[at:end])
        at = end
    if open_ is not None:
        yield replace(open_, text=open_.text + text[at:])


def _alike(one: Span, other: Span) -> bool:
    return (one.bold, one.italic, one.size) == (other.bold, other.italic, other.size)
