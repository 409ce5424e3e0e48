"""Patterns and word lists kept as data: long ones are easier to read and to change there."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("phrases")
_PLACE = re.compile(r"<<(\w+)>>")


@cache
def table(name: str) -> dict[str, Any]:
    """The file `phrases/<name>.toml` as it stands."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def pattern(text: str, *files: str) -> re.Pattern[str]:
    """`text`, which may stand on several lines, with each `<<NAME>>` taken from `files`.

    Raises KeyError for a name that none of the files has, re.error for what is no pattern.
    """
    parts = {name: part for file in files for name, part in table(file).items()}
    return re.compile(_PLACE.sub(lambda place: joined(parts[place[1]]), joined(text)))


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Every pattern of a file that holds nothing else but parts (in capitals) and word lists."""
    return {
        key: pattern(text, name)
        for key, text in table(name).items()
        if isinstance(text, str) and key.islower() and not text.startswith(WORDS)
    }


WORDS = "words:"
"""A text that begins with this is a list of words."""


def words(name: str, key: str) -> list[str]:
    """A list of words in a file."""
    listed: str = table(name)[key]
    return listed.removeprefix(WORDS).split()


def joined(text: str) -> str:
    """A pattern that was written on several lines."""
    return "".join(line.strip() for line in text.split("\n")) if "\n" in text else text
