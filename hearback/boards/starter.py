"""The companies whose boards are followed from the start."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("companies.toml")


@dataclass(frozen=True)
class Company:
    """A company by its name in the addresses of its board, and by the one that people know."""

    key: str
    name: str


@cache
def starter() -> dict[str, tuple[Company, ...]]:
    """The companies of each board."""
    found: defaultdict[str, list[Company]] = defaultdict(list)
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["company"]:
        found[row["board"]].append(Company(row["key"], row["name"]))
    return {board: tuple(companies) for board, companies in found.items()}
