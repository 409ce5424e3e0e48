"""CVs of many forms are read into JSON Resume, each value where it belongs."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from hearback.documents.extract.plain import text_of
from hearback.documents.parse.given import faults
from hearback.documents.parse.read import read

CVS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cvs.toml").read_text(encoding="utf-8")
)


def _wanted(wanted: Any, got: Any, path: str) -> list[str]:
    """Where the CV lacks what it should have; lists have to be of the same length."""
    if isinstance(wanted, dict):
        got = got if isinstance(got, dict) else {}
        return [
            line for key, value in wanted.items() for line in _wanted(value, got.get(key), f"{path}.{key}")
        ]
    if isinstance(wanted, list):
        got = got if isinstance(got, list) else []
        if len(got) != len(wanted):
            return [f"{path}: {len(wanted)} wanted, got {got}"]
        pairs = enumerate(zip(wanted, got, strict=True))
        return [line for at, (want, have) in pairs for line in _wanted(want, have, f"{path}[{at}]")]
    return [] if wanted == (got or "") else [f"{path}: wanted {wanted!r}, got {got!r}"]


@pytest.mark.parametrize("name", CVS)
def test_a_cv_is_read_as_its_owner_meant_it(name: str) -> None:
    case = CVS[name]
    cv = read(text_of(case["text"].encode())).cv
    wrong = _wanted({key: value for key, value in case.items() if key != "text"}, cv, "")
    assert not wrong, "\n" + "\n".join(wrong)
    assert not faults(cv)


def test_what_was_guessed_is_to_be_checked() -> None:
    read_ = read(text_of(CVS["dates_in_a_stack_below_the_jobs"]["text"].encode()))
    sure = {mark.path: mark.sure for mark in read_.marks}
    assert sure["work[0].startDate"] < 0.6 and sure["work[1].endDate"] < 0.6
    read_ = read(text_of(CVS["jobs_without_dates_below_one_with_dates"]["text"].encode()))
    sure = {mark.path: mark.sure for mark in read_.marks}
    assert sure["work[0].position"] >= 0.6 > sure["work[1].position"]
    assert sure["work[1].name"] < 0.6
