"""The sentence patterns of letters, chosen alike for one CV and posting, and varied over many."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from hearback.documents.tailor.posting import Tone

# What a sentence of a part should name where it can.
_NAMES = {"opening": "{role}", "deed": "{employer}", "earlier": "{employer}"}
_FIELD = re.compile(r"\{(\w+)\}")


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("letter.toml").read_text("utf-8"))


def sentences_for(tone: Tone, part: str, values: Mapping[str, str], seed: str) -> Iterator[tuple[str, str]]:
    """The sentences of one part that can be said with these values, with their patterns, by `seed`."""
    for pattern in sorted(_tables()[tone][part], key=lambda one: _rank(seed, part, one)):
        if all(values.get(field) for field in _FIELD.findall(pattern)):
            said = _FIELD.sub(lambda found: values[found[1]], pattern)
            yield pattern, said[0].upper() + said[1:]


def _rank(seed: str, part: str, pattern: str) -> tuple[bool, str]:
    """Patterns that name nothing, or no employer, are the last resort; the others are shuffled."""
    shuffled = hashlib.blake2b(f"{seed}\0{part}\0{pattern}".encode("utf-8", "replace"), digest_size=8)
    named = _NAMES.get(part)
    return named is not None and named not in pattern, shuffled.hexdigest()
