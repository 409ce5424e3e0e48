"""What keeps a CV from being kept: each fault by the place of the value, with what is wanted there."""

import json
import re
from typing import Any

from hearback.documents.parse.given import faults

# A CV of fifty full pages; what is larger is no CV, and slow to set.
LARGEST_CV = 200_000
# What no database takes or no page can show: control characters, and halves of a pair of UTF-16.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DATE = "{!r} is no date as a CV has it; write 2021-03-31, 2021-03 or 2021."
OTHER = "{!r} is not what JSON Resume allows here."
TOO_LARGE = "This CV is longer than fifty pages. Keep what an employer needs."


def faults_of(cv: dict[str, Any]) -> dict[str, str]:
    """Paths such as "work[0].startDate", each with what is wrong; empty where the CV can be kept."""
    if too_large(cv):
        return {"": TOO_LARGE}
    out = {}
    for fault in faults(cv):
        words = DATE if fault.validator == "pattern" else OTHER
        out[_path(list(fault.absolute_path))] = words.format(str(fault.instance)[:80])
    return out


def too_large(cv: dict[str, Any]) -> bool:
    """Whether this is more than a CV can be."""
    return len(json.dumps(cv, ensure_ascii=False)) > LARGEST_CV


def storable(value: Any) -> Any:
    """The same JSON without the characters that no database takes."""
    if isinstance(value, str):
        return _NO_TEXT.sub("", value)
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list | tuple) else value


def _path(steps: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
