"""The line protocol: one line in, one object out, whatever the line is."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.mail.lines import answer

KEYS = {"id", "category", "confidence", "evidence", "company", "role", "dates", "deadline", "links", "error"}
BODY = "Thank you for applying to Fernhill. We have received your application for the Data Analyst position."


def test_both_shapes_give_the_same_verdict() -> None:
    fields = {"id": 7, "from": "Fernhill <jobs@fernhill.example>", "subject": "Thank you", "body": BODY}
    raw = f"From: {fields['from']}\nSubject: Thank you\n\n{BODY}\n"
    one, other = answer(json.dumps(fields)), answer(json.dumps({"id": 7, "raw": raw}))
    assert one == other
    assert (one["id"], one["category"], one["company"], one["role"], one["error"]) == (
        7,
        "acknowledgment",
        "Fernhill",
        "Data Analyst",
        None,
    )


@pytest.mark.parametrize("missing", ["from", "subject", "date"])
def test_any_field_may_be_missing(missing: str) -> None:
    fields = {
        "id": "a",
        "from": "x@y.example",
        "subject": "Hi",
        "date": "Mon, 4 May 2026 09:00:00 +0000",
        "body": BODY,
    }
    del fields[missing]
    assert answer(json.dumps(fields))["category"] == "acknowledgment"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": 1}', "give raw"),
        ('{"id": 1, "raw": ""}', "empty"),
        ('{"id": 1, "body": 5}', "body must be a string"),
        ('{"id": 1, "raw": ["x"]}', "raw must be a string"),
    ],
)
def test_a_bad_line_says_why(line: str, reason: str) -> None:
    result = answer(line)
    assert result.keys() == KEYS
    assert reason in result["error"]
    assert result["category"] is None


def test_dates_are_iso_with_offset_and_relative_to_the_mail() -> None:
    line = {
        "id": 1,
        "date": "Mon, 04 May 2026 09:00:00 +0200",
        "subject": "Interview",
        "body": "Your interview is confirmed for Thursday at 3pm ET.",
    }
    assert answer(json.dumps(line))["dates"] == [
        {
            "start": "2026-05-07T15:00:00-04:00",
            "end": None,
            "timezone": "America/New_York",
            "text": "Thursday at 3pm ET",
        }
    ]


JSON = st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=4)


@settings(max_examples=200, deadline=None)
@given(
    st.text()
    | st.dictionaries(st.sampled_from(["id", "raw", "from", "subject", "date", "body"]), JSON).map(json.dumps)
)
def test_no_line_raises(line: str) -> None:
    result = answer(line)
    assert result.keys() == KEYS
    assert (result["error"] is None) == (result["category"] is not None)
    json.dumps(result)
