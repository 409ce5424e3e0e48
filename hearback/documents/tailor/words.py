"""Hands out the words of claims_words.toml by their stems and as patterns."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from hearback.documents.tailor.stems import stem


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("claims_words.toml").read_text("utf-8"))


@cache
def stems(key: str) -> frozenset[str]:
    """A list of words by their stems."""
    return frozenset(stem(word) for word in _table()[key].split())


@cache
def words(key: str) -> tuple[str, ...]:
    """A list of words as they are written, in their order."""
    return tuple(_table()[key].split())


@cache
def deeds() -> dict[str, frozenset[str]]:
    """Verbs of a deed by their stem, each with those that say the same."""
    groups: dict[str, frozenset[str]] = {}
    for line in _table()["deeds"]:
        group = frozenset(stem(word) for word in line.split())
        groups.update(dict.fromkeys(group, group))
    return groups


@cache
def pattern(key: str) -> re.Pattern[str]:
    """A choice of wordings, found anywhere and in any case."""
    return re.compile("|".join(line for line in _table()[key].strip().split("\n") if line), re.I)
