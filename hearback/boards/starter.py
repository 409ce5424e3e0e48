"""The companies whose boards are followed from the start."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hearback.boards.normal.text import readable
from hearback.config import Settings

FILE = Path(__file__).with_name("companies.toml")


@dataclass(frozen=True)
class Company:
    """A company by its name in the addresses of its board, and by the one that people know.

    Where the key is the address of a page, the page says the name.
    """

    key: str
    name: str


def starter(settings: Settings) -> dict[str, tuple[Company, ...]]:
    """The companies of each board: those of the settings, else those of our list."""
    found: defaultdict[str, list[Company]] = defaultdict(list)
    for board, key in settings.board_companies:
        found[board].append(Company(key, "" if "://" in key else readable(key)))
    return {board: tuple(companies) for board, companies in found.items()} or _listed()


@cache
def _listed() -> dict[str, tuple[Company, ...]]:
    found: defaultdict[str, list[Company]] = defaultdict(list)
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["company"]:
        found[row["board"]].append(Company(row["key"], row["name"]))
    return {board: tuple(companies) for board, companies in found.items()}
