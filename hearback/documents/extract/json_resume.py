"""A CV that is JSON Resume already: handed on as it is, with its words as lines for who shows them.

https://jsonresume.org/schema
"""

import json
from collections.abc import Iterator
from typing import Any

from hearback.documents.extract.plain import decoded
from hearback.documents.extract.tidy import tidy
from hearback.documents.faults import DocumentFault, Fault
from hearback.documents.kinds import NOT_JSON, Kind
from hearback.documents.lines import Line, Span, Text

DEEPEST = 20
MOST_VALUES = 20_000


def text_of(data: bytes) -> Text:
    """The CV in `given`. Raises DocumentFault."""
    try:
        given = json.loads(decoded(data), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise DocumentFault(Fault.CORRUPT, NOT_JSON) from None
    if not isinstance(given, dict):
        raise DocumentFault(Fault.CORRUPT, NOT_JSON)
    lines = tuple(_lines(given))
    if not lines:
        raise DocumentFault(Fault.EMPTY)
    return Text(Kind.JSON, lines, given=given)


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _lines(given: dict[str, Any]) -> Iterator[Line]:
    for number, text in enumerate(_texts(given, 0)):
        if number > MOST_VALUES:
            raise DocumentFault(Fault.TOO_LONG)
        yield Line(text, cells=(text,), block=number, spans=(Span(text),))


def _texts(value: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        raise DocumentFault(Fault.CORRUPT, NOT_JSON)
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, depth + 1)
    elif isinstance(value, str) and tidy(value):
        yield tidy(value)
