"""Reads JSON of others into values that all that comes after can bear: not too deep, and writable as text."""

import json
import re
from typing import Any

# No board nests its jobs so deep; what walks through values by calling itself would fail at more.
DEEPEST = 100
# Halves of signs and NUL, which JSON may hold and no database does.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def read_json(body: bytes) -> Any:
    """The value that UTF-8, UTF-16 or UTF-32 tells of; ValueError where it is no JSON or nests too deep."""
    return read_json_text(body.decode(json.detect_encoding(body), "surrogatepass").removeprefix("\ufeff"))


def read_json_text(text: str) -> Any:
    """The value that a text tells of; ValueError where it is no JSON or nests too deep."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nests too deep") from None
    if _nests_deeper(value, DEEPEST):
        raise ValueError("nests too deep")
    return _writable(value) if _ESCAPED.search(text) or _UNWRITABLE.search(text) else value


def _nests_deeper(value: object, limit: int) -> bool:
    level: list[object] = [value]
    for _ in range(limit):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return any(isinstance(one, dict | list) for one in level)


def _writable(value: object) -> object:
    if isinstance(value, str):
        return _UNWRITABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_writable(one) for one in value]
    if isinstance(value, dict):
        return {_UNWRITABLE.sub("\ufffd", name): _writable(one) for name, one in value.items()}
    return value
