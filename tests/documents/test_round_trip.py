"""What is set in any format and design is read back: reading and setting agree on what a CV says."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hearback.documents.extract import text_of
from hearback.documents.parse.read import read
from hearback.documents.render import DESIGNS, Format, Look, render

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
# At least so many of a CV's values come back.
ENOUGH = 0.98


def values(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """All values with the names that lead to them; words alone count, and dates to their month."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from values(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner, path)
    elif str(value).strip():
        yield path, _plain(path, str(value))


def _plain(path: str, value: str) -> str:
    if path.lower().endswith("date"):
        return value[:7]
    if path.endswith("url"):
        return re.sub(r"^https?://(www\.)?|/$", "", value)
    if path.endswith("phone"):
        return re.sub(r"\D", "", value)[-9:]
    return " ".join(re.findall(r"[^\W_]+", value.casefold()))


def lost(cv: Mapping[str, Any], again: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The values of a CV that do not come back under the same name, each counted as often as it stands."""
    return list((Counter(values(cv)) - Counter(values(again))).elements())


def share(cv: Mapping[str, Any], again: Mapping[str, Any]) -> float:
    """How much of a CV comes back, 0 to 1."""
    return 1 - len(lost(cv, again)) / len(list(values(cv)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", Format)
def test_what_is_set_is_read_back(sample: Path, design: str, kind: Format) -> None:
    cv = json.loads(sample.read_text(encoding="utf-8"))
    look = Look(kind, design)
    again = read(text_of(render(cv, look), f"cv.{kind.extension}")).cv
    assert share(cv, again) >= ENOUGH, lost(cv, again)
