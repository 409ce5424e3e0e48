"""What keeps a CV from being kept: each fault by the place of the value, with what is wanted there."""

import json
from typing import Any

from hearback.documents.parse.given import faults

# A CV of fifty full pages; what is larger is no CV, and slow to set.
LARGEST_CV = 300_000
DATE = "{!r} is no date as a CV has it; write 2021-03-31, 2021-03 or 2021."
OTHER = "{!r} is not what JSON Resume allows here."
TOO_LARGE = "This CV is longer than fifty pages. Keep what an employer needs."


def faults_of(cv: dict[str, Any]) -> dict[str, str]:
    """Paths such as "work[0].startDate", each with what is wrong; empty where the CV can be kept."""
    if len(json.dumps(cv, ensure_ascii=False)) > LARGEST_CV:
        return {"": TOO_LARGE}
    out = {}
    for fault in faults(cv):
        words = DATE if fault.validator == "pattern" else OTHER
        out[_path(list(fault.absolute_path))] = words.format(str(fault.instance)[:80])
    return out


def _path(steps: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
