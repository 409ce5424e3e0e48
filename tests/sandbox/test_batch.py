"""The batch endpoint, as Google's own client uses it and as a hostile one might."""

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError
from googleapiclient.http import BatchHttpRequest

from sandbox.client import SandboxControl, Tokens
from tests.sandbox import gmail_schema
from tests.sandbox.conftest import ROBIN

Results = dict[str, tuple[Any, HttpError | None]]


@pytest.fixture(params=["/batch/gmail/v1", "/batch"])
def batch(request: pytest.FixtureRequest, sandbox: SandboxControl) -> tuple[BatchHttpRequest, Results]:
    results: Results = {}

    def keep(request_id: str, answer: Any, error: HttpError | None) -> None:
        results[request_id] = (answer, error)

    return BatchHttpRequest(keep, f"{sandbox.url}{request.param}"), results


def test_each_part_gets_its_own_answer(
    sandbox: SandboxControl, gmail: Any, batch: tuple[BatchHttpRequest, Results]
) -> None:
    bundle, results = batch
    mails = [sandbox.deliver(ROBIN, from_="a@acme.example", subject=str(n)).id for n in range(20)]
    messages = gmail.users().messages()
    for mail in mails:
        bundle.add(messages.get(userId="me", id=mail), request_id=mail)
    bundle.add(messages.get(userId="me", id="0000000000000000"), request_id="missing")
    change = {"removeLabelIds": ["UNREAD"]}
    bundle.add(messages.modify(userId="me", id=mails[0], body=change), request_id="modify")
    bundle.add(messages.delete(userId="me", id=mails[1]), request_id="delete")
    bundle.execute()
    for number, mail in enumerate(mails):
        answer, error = results[mail]
        assert error is None
        assert answer["id"] == mail
        headers = {h["name"]: h["value"] for h in answer["payload"]["headers"]}
        assert headers["Subject"] == str(number)
        gmail_schema.check("gmail.users.messages.get", answer)
    missing = results["missing"][1]
    assert missing is not None
    assert missing.resp.status == 404
    assert results["modify"][0]["labelIds"] == ["INBOX"]
    assert results["delete"][1] is None


def test_a_fault_hits_single_parts(
    sandbox: SandboxControl, gmail: Any, batch: tuple[BatchHttpRequest, Results]
) -> None:
    bundle, results = batch
    mails = [sandbox.deliver(ROBIN, from_="a@acme.example", text=str(n)).id for n in range(9)]
    sandbox.fault("messages.get", "429", count=4)
    for mail in mails:
        bundle.add(gmail.users().messages().get(userId="me", id=mail), request_id=mail)
    bundle.execute()
    errors = [error for _, error in results.values() if error is not None]
    assert [error.resp.status for error in errors] == [429] * 4


def test_too_many_parts_are_refused_as_a_whole(sandbox: SandboxControl, robin: Tokens) -> None:
    part = "--b\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/profile\r\n\r\n"
    answer = post(sandbox.url, robin, "multipart/mixed; boundary=b", part * 101 + "--b--")
    assert answer.status_code == 400
    assert sandbox.calls(ROBIN)["calls"] == {}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/plain", "x"), ("multipart/mixed", "x"), ("multipart/mixed; boundary=b", "")],
)
def test_what_is_no_batch_is_refused(
    sandbox: SandboxControl, robin: Tokens, content_type: str, body: str
) -> None:
    assert post(sandbox.url, robin, content_type, body).status_code == 400


def test_odd_parts_get_errors_of_their_own(sandbox: SandboxControl, robin: Tokens) -> None:
    head = "--b\r\nContent-Type: application/http\r\nContent-ID: <{}>\r\n\r\n"
    parts = ["", "GET", "GET http://elsewhere.example/etc/passwd", "BREW /gmail/v1/users/me/profile"]
    body = "".join(head.format(n) + part + "\r\n" for n, part in enumerate(parts)) + "--b--"
    answer = post(sandbox.url, robin, "multipart/mixed; boundary=b", body)
    assert answer.status_code == 200
    assert answer.text.count("HTTP/1.1 404 Not Found") == len(parts)
    assert all(f"<response-{n}>" in answer.text for n in range(len(parts)))


def test_a_token_may_stand_in_the_part(sandbox: SandboxControl) -> None:
    kim = sandbox.grant("kim@example.com")
    part = (
        "--b\r\nContent-Type: application/http\r\n\r\nGET /gmail/v1/users/me/profile HTTP/1.1\r\n"
        f"Authorization: Bearer {kim.access_token}\r\n\r\n--b--"
    )
    answer = post(sandbox.url, None, "multipart/mixed; boundary=b", part)
    assert '"emailAddress": "kim@example.com"' in answer.text


def post(url: str, who: Tokens | None, content_type: str, body: str) -> requests.Response:
    """POST a hand-made batch."""
    headers = {"Content-Type": content_type}
    if who is not None:
        headers["Authorization"] = f"Bearer {who.access_token}"
    return requests.post(f"{url}/batch/gmail/v1", data=body, headers=headers, timeout=10)
