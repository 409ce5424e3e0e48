"""A CV that came as JSON Resume: checked by the schema, with what is wrong said in words."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from hearback.documents.parse.found import Mark, Read

_SCHEMA = Path(__file__).parent.parent / "schema" / "resume.json"
_TYPES = {"string": "text", "array": "a list", "object": "a group of fields", "number": "a number"}


@cache
def _validator() -> Draft7Validator:
    return Draft7Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def faults(cv: dict[str, Any]) -> list[ValidationError]:
    """Where a CV breaks the JSON Resume schema, https://jsonresume.org/schema."""
    return list(_validator().iter_errors(cv))


def read_given(given: dict[str, Any]) -> Read:
    """The CV as it was given, without the fields that the schema does not allow; each of those is named."""
    warnings = []
    cv = json.loads(json.dumps(given))
    for _ in range(100):
        wrong = faults(cv)
        if not wrong:
            break
        for fault in wrong:
            warnings.append(_words(fault))
            _remove(cv, list(fault.absolute_path))
    return Read(cv, tuple(_marks(cv, "")), tuple(dict.fromkeys(warnings)))


def _words(fault: ValidationError) -> str:
    where = _path(fault.absolute_path) or "the file"
    if fault.validator == "type":
        wanted = _TYPES.get(str(fault.validator_value), str(fault.validator_value))
        return f"{where} was left out: it has to be {wanted}."
    if fault.validator == "pattern":
        return f"{where} was left out: a date has to be like 2024, 2024-03 or 2024-03-31."
    return f"{where} was left out: it is not as JSON Resume has it."


def _path(steps: Any) -> str:
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path


def _remove(cv: Any, steps: list[str | int]) -> None:
    if not steps:
        return
    for step in steps[:-1]:
        if isinstance(cv, list) and not (isinstance(step, int) and step < len(cv)):
            return
        cv = cv[step]
    last = steps[-1]
    if isinstance(cv, dict):
        cv.pop(last, None)
    elif isinstance(last, int) and last < len(cv):
        # Nothing stands at an item's place, so that the places of the others stay true to their marks.
        del cv[last]


def _marks(node: Any, path: str) -> list[Mark]:
    if isinstance(node, dict):
        return [
            mark for key, value in node.items() for mark in _marks(value, f"{path}.{key}" if path else key)
        ]
    if isinstance(node, list):
        return [mark for at, value in enumerate(node) for mark in _marks(value, f"{path}[{at}]")]
    return (
        [Mark(path, node, 0, 1.0)]
        if isinstance(node, str) and path and not path.startswith(("$", "meta"))
        else []
    )
