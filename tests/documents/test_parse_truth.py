"""Nothing is invented: every word of a CV that was read stands in the document, and what is no CV stays empty."""

import json
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from hearback.documents.extract.plain import text_of
from hearback.documents.kinds import Kind
from hearback.documents.lines import Text
from hearback.documents.parse.given import faults
from hearback.documents.parse.read import read

CVS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cvs.toml").read_text(encoding="utf-8")
)
# Values that are the normal form of what stands in the document, not its words.
NORMAL = re.compile(r"(?:Date|\.date|\.countryCode|\.network|\.profiles\[\d+\]\.url)$")

INVOICE = """
Brooks & Hale Plumbing Ltd
Invoice 20931
14 March 2024
Boiler service, two hours   £120.00
Parts   £34.50
Total due within 30 days   £154.50
Bank: Northern Mutual, sort code 20-00-00
"""
NOVEL = """
It was late in October when the ferry brought them over, and nobody at the pier spoke.
Anna carried the smaller case. The house stood where her aunt had said it would, white
and closed, with the key under the third stone. "We shall have to learn the stove," said
her brother, and laughed for the first time since Bergen.
"""


def words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text)
    return set(re.findall(r"\w+", plain.casefold()))


@pytest.mark.parametrize("name", CVS)
def test_every_value_is_made_of_words_of_the_document(name: str) -> None:
    result = read(text_of(CVS[name]["text"].encode()))
    known = words(CVS[name]["text"])
    values = dict(_values(result.cv, ""))
    strange = {
        path: value for path, value in values.items() if not NORMAL.search(path) and words(value) - known
    }
    assert not strange
    years = {path: value[:4] for path, value in values.items() if path.endswith("Date")}
    assert all(year in CVS[name]["text"] for year in years.values())


@pytest.mark.parametrize("name", CVS)
def test_every_value_has_one_mark_with_a_line_of_the_document(name: str) -> None:
    text = text_of(CVS[name]["text"].encode())
    result = read(text)
    paths = [mark.path for mark in result.marks]
    assert sorted(paths) == sorted(path for path, _ in _values(result.cv, ""))
    assert all(0 < mark.sure <= 1 for mark in result.marks)
    whole = words(CVS[name]["text"])
    assert all(words(mark.quote) <= whole for mark in result.marks)


@pytest.mark.parametrize("text", [INVOICE, NOVEL], ids=["invoice", "novel"])
def test_what_is_no_cv_says_so_and_fills_in_nothing(text: str) -> None:
    result = read(text_of(text.encode()))
    assert not result.cv
    assert any("does not look like a CV" in warning for warning in result.warnings)


def test_what_a_cv_lacks_is_said() -> None:
    result = read(text_of(b"Experience\nCook, Blue Door Cafe, 2019 - 2021\n"))
    assert result.cv["work"][0]["name"] == "Blue Door Cafe"
    assert any("name" in warning for warning in result.warnings)
    assert any("email" in warning for warning in result.warnings)


def test_a_title_nobody_is_sure_of_is_marked_to_be_checked() -> None:
    text = (
        "Mina Park\nmina@example.com\n\nExperience\nQuill Hollow\n2019 - 2021\n- Looked after the archive\n"
    )
    result = read(text_of(text.encode()))
    (job,) = result.cv["work"]
    (path,) = [f"work[0].{key}" for key in ("name", "position") if key in job]
    assert {mark.path: mark.sure for mark in result.marks}[path] < 0.6


def test_json_resume_is_taken_as_it_is_and_wrong_fields_are_told() -> None:
    given = {
        "basics": {"name": "Ada Quist", "phone": 5550100},
        "work": [{"name": "Harbour Radio", "startDate": "May 2019", "highlights": ["Ran the night show"]}],
        "custom": {"kept": True},
    }
    before = json.dumps(given)
    result = read(Text(Kind.JSON, given=given))
    assert result.cv == {
        "basics": {"name": "Ada Quist"},
        "work": [{"name": "Harbour Radio", "highlights": ["Ran the night show"]}],
        "custom": {"kept": True},
    }
    assert any(warning.startswith("basics.phone") for warning in result.warnings)
    assert any(
        warning.startswith("work[0].startDate") and "2024-03" in warning for warning in result.warnings
    )
    assert json.dumps(given) == before
    assert not faults(result.cv)


def test_line_ends_that_were_lost_in_copying_are_found_again() -> None:
    lines = CVS["one_job_a_line_with_at"]["text"].strip().split("\n")
    flat = "  ".join(line.strip() for line in lines if line.strip())
    result = read(text_of(flat.encode()))
    assert [job["position"] for job in result.cv["work"]] == ["Registered Nurse", "Nursing Assistant"]
    assert result.cv["basics"]["name"] == "Tobias Okafor"


def _values(node: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        return [
            pair for key, value in node.items() for pair in _values(value, f"{path}.{key}" if path else key)
        ]
    if isinstance(node, list):
        return [pair for at, value in enumerate(node) for pair in _values(value, f"{path}[{at}]")]
    return [(path, node)]
