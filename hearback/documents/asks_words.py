"""Hands out the wordings of asks_words.toml as compiled patterns."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def words(table: str) -> dict[str, str]:
    """A table of wordings by their keys, in the order of the file; each a choice within a pattern."""
    return {key: text.strip("\n").replace("\n", "|") for key, text in _tables()[table].items()}


@cache
def _hints(key: str) -> tuple[str, ...]:
    return tuple(hint for hint in words("hints").get(key, "").split("|") if hint)


def hinted(key: str, low: str) -> bool:
    """Whether a text in small letters can hold a wording at all."""
    hints = _hints(key)
    return not hints or any(hint in low for hint in hints)


def says(table: str, key: str, text: str) -> bool:
    """Whether a text holds a wording."""
    return hinted(key, text.lower()) and bool(pattern(table, key).search(text))


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """One wording, found anywhere and in any case."""
    return re.compile(words(table)[key], re.I)
