"""The table of skills: their names, other words for them, and which of them proves which.

A file of tables/ has these parts: `names` are the canonical names. `also` gives other words for a name.
`cased` are words that count only as they are written there (or all in capitals), since they are everyday
words otherwise ("Excel"). `shy` are words that count only where skills stand, such as in a list of them
or after "experience in" ("Go", "sales"). `proved_by` says which skills prove the one on its left.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

# A leading dot belongs to ".NET" alone; "C++", "C#" and "Security+" keep their signs.
TOKEN = re.compile(r"(?:(?<![\w.])\.(?=net\b))?[^\W_]+(?:\+\+|#(?!\w)|\+(?![\w+]))?", re.I)
_FILES = ("software", "data", "systems", "design", "business", "trades")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to write a skill: `tokens` in small letters, `form` as the table has it."""

    name: str
    form: str
    tokens: tuple[str, ...]
    cased: bool
    shy: bool


@dataclass(frozen=True)
class Table:
    """`starts` gives the variants by their first token, the longest first; `proves` what a skill proves."""

    variants: tuple[Variant, ...]
    starts: dict[str, tuple[Variant, ...]]
    names: dict[tuple[str, ...], str]
    proves: dict[str, frozenset[str]]


def tokens_of(text: str) -> tuple[str, ...]:
    """The words and signs of a name, in small letters."""
    return tuple(found.lower() for found in TOKEN.findall(text))


@cache
def table() -> Table:
    """All skills. Read once, on first use."""
    variants: list[Variant] = []
    proves: dict[str, set[str]] = defaultdict(set)
    for file in _FILES:
        content = tomllib.loads(
            resources.files("hearback.skills").joinpath(f"tables/{file}.toml").read_text("utf-8")
        )
        variants += _variants(content)
        for name, provers in content["proved_by"].items():
            for prover in provers:
                proves[prover].add(name)
    starts: dict[str, list[Variant]] = defaultdict(list)
    for variant in sorted(variants, key=lambda one: -len(one.tokens)):
        starts[variant.tokens[0]].append(variant)
    return Table(
        tuple(variants),
        {first: tuple(those) for first, those in starts.items()},
        # A canonical name outranks another skill's synonym.
        {one.tokens: one.name for one in sorted(variants, key=lambda one: one.form == one.name)},
        {name: frozenset(_closure(name, proves)) for name in list(proves)},
    )


def _variants(content: dict[str, Any]) -> Iterable[Variant]:
    cased, shy = frozenset(content["cased"]), frozenset(content["shy"])
    also: dict[str, list[str]] = content["also"]
    for name in content["names"]:
        for form in dict.fromkeys((name, *also.get(name, ()))):
            yield Variant(name, form, tokens_of(form), form in cased, form in shy)


def _closure(name: str, proves: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in proves.get(waiting.pop(), ()):
            if other not in found and other != name:
                found.add(other)
                waiting.append(other)
    return found


def canonical(name: str) -> str | None:
    """The canonical name of what is written as a skill ("postgres" is PostgreSQL); None where unknown."""
    return table().names.get(tokens_of(name))


def same(one: str, other: str) -> bool:
    """Whether two names mean one skill; names that are unknown are compared letter by letter."""
    return (canonical(one) or one.strip().casefold()) == (canonical(other) or other.strip().casefold())


def implied(name: str) -> frozenset[str]:
    """Canonical names of all skills that this one proves: React proves JavaScript. Without itself."""
    return table().proves.get(name) or table().proves.get(canonical(name) or "", frozenset())


def proven(names: Iterable[str]) -> frozenset[str]:
    """The skills of these canonical names and all that they prove."""
    found = set(names)
    return frozenset(found.union(*(table().proves.get(name, frozenset()) for name in found)))
