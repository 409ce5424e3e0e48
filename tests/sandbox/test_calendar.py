"""The sandbox's Calendar answers as Google's: own ids, 409 and 410, scopes, and deletion that lasts."""

from typing import Any

import pytest
import requests

from sandbox.calendar import OWNED
from sandbox.client import SandboxControl

ROBIN = "robin@example.com"
SPAN = {
    "start": {"dateTime": "2027-01-15T10:00:00+00:00"},
    "end": {"dateTime": "2027-01-15T11:00:00+00:00"},
}


class Calls:
    """Calls with a token of the given scopes."""

    def __init__(self, sandbox: SandboxControl, scopes: str) -> None:
        self.url = f"{sandbox.url}/calendar/v3/calendars/primary/events"
        self.headers = {"Authorization": f"Bearer {sandbox.grant(ROBIN, scopes).access_token}"}

    def __call__(self, method: str, event_id: str = "", **body: Any) -> requests.Response:
        url = f"{self.url}/{event_id}" if event_id else self.url
        return requests.request(method, url, json=body or None, headers=self.headers, timeout=30)


@pytest.fixture
def call(sandbox: SandboxControl) -> Calls:
    """Robin's calendar, which may be written."""
    sandbox.create_account(ROBIN)
    return Calls(sandbox, OWNED)


def test_an_id_is_used_once_and_a_deleted_entry_can_come_back(call: Calls) -> None:
    assert call("POST", id="abc123", summary="Talk", **SPAN).status_code == 200
    assert call("POST", id="abc123", summary="Talk", **SPAN).status_code == 409
    assert call("DELETE", "abc123").status_code == 204
    assert call("DELETE", "abc123").status_code == 410
    assert call("GET").json()["items"] == []
    assert call("POST", id="abc123", summary="Talk", **SPAN).status_code == 409
    assert call("PATCH", "abc123", status="confirmed", summary="Again").status_code == 200
    assert [event["summary"] for event in call("GET").json()["items"]] == ["Again"]


def test_a_new_time_raises_the_sequence(call: Calls) -> None:
    call("POST", id="abc123", **SPAN)
    assert call("PATCH", "abc123", summary="Other").json()["sequence"] == 0
    assert call("PATCH", "abc123", start=SPAN["end"]).json()["sequence"] == 1


def test_a_patch_goes_into_what_stands_and_null_takes_out(call: Calls) -> None:
    day = {"start": {"date": "2027-01-15"}, "end": {"date": "2027-01-16"}}
    made = call("POST", id="abc123", summary=None, start={**day["start"], "dateTime": None}, end=day["end"])
    assert made.json()["start"] == day["start"] and "summary" not in made.json()
    refused = call("PATCH", "abc123", **SPAN)
    assert refused.status_code == 400 and refused.json()["error"]["message"] == "Invalid start time."
    assert call("PATCH", "abc123", start=None).status_code == 400
    timed = call("PATCH", "abc123", **{name: {**moment, "date": None} for name, moment in SPAN.items()})
    assert timed.json()["start"] == SPAN["start"] and timed.json()["end"] == SPAN["end"]
    assert call("PATCH", "abc123", start={"timeZone": "UTC"}).json()["start"] == {
        **SPAN["start"], "timeZone": "UTC",
    }  # fmt: skip


@pytest.mark.parametrize("body", [{"id": "UPPER", **SPAN}, {"id": "abc123"}, {"id": "abc", **SPAN}])
def test_what_google_would_refuse_is_refused(call: Calls, body: dict[str, Any]) -> None:
    assert call("POST", **body).status_code == 400


def test_unknown_entries_and_missing_scopes(call: Calls, sandbox: SandboxControl) -> None:
    assert call("PATCH", "nothing", summary="x").status_code == 404
    assert call("DELETE", "nothing").status_code == 404
    reader = Calls(sandbox, "https://www.googleapis.com/auth/gmail.readonly")
    refused = reader("POST", id="abc123", **SPAN)
    assert refused.status_code == 403
    assert refused.json()["error"]["errors"][0]["reason"] == "insufficientPermissions"
