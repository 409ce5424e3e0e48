"""The employer's page: it works without JavaScript, says what happened, and keeps what was typed."""

from typing import Any

import pytest
import requests

from sandbox.answers import KINDS
from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN, Api
from tests.sandbox.test_gmail_read import parts_of, unpadded


class Page:
    """The page in a browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers["Origin"] = url

    def post(self, path: str, **options: Any) -> requests.Response:
        return self.session.post(f"{self.url}/employer/{path}", timeout=10, **options)


@pytest.fixture
def page(sandbox: SandboxControl) -> Page:
    sandbox.create_account(ROBIN, "Robin Sample")
    return Page(sandbox.url)


def test_it_says_what_it_is_and_carries_no_scripts(page: Page) -> None:
    answer = page.session.get(page.url, timeout=10)
    assert "It is not Google" in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for asset in ("sandbox.css", "icon.svg"):
        assert page.session.get(f"{page.url}/static/{asset}", timeout=10).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_ready_made_answers_arrive(sandbox: SandboxControl, api: Api, page: Page, kind: str) -> None:
    form = {"mailbox": ROBIN, "company": "Zoë & Söhne", "role": "SRE", "kind": kind}
    answer = page.post("answer", data=form | {"start": "2026-12-01T09:30"})
    assert answer.status_code == 200
    assert f"Delivered to {ROBIN}" in answer.text
    payload = api.message(sandbox.messages(ROBIN)[0]["id"])["payload"]
    headers = {h["name"]: h["value"] for h in payload["headers"]}
    parts = parts_of(payload)
    text = unpadded(parts["text/plain"]["body"]["data"]).decode()
    html = unpadded(parts["text/html"]["body"]["data"]).decode()
    assert headers["From"].endswith(".example>")
    assert "zoesohne.example" in headers["From"]
    assert "Zoë & Söhne" in text + headers["Subject"]
    assert "Zoë & Söhne" not in html
    assert "{{" not in text
    assert all(line in html for line in text.split() if line.isalpha())
    if kind == "interview":
        assert "December 1, 09:30 EST" in text
        assert parts["text/calendar"]["filename"] == "invite.ics"
    if kind == "newsletter":
        assert "unsubscribe" in headers["List-Unsubscribe"]


def test_own_mail_and_what_was_typed(sandbox: SandboxControl, page: Page) -> None:
    form = {
        "mailbox": "new@example.com",
        "from": "jobs@acme.example",
        "subject": "An <odd> one",
        "text": "x",
    }
    assert "An &lt;odd&gt; one" in page.post("own", data=form).text
    assert sandbox.messages("new@example.com")[0]["subject"] == "An <odd> one"
    failed = page.post("own", data=form | {"from": "nobody", "text": "long & careful"})
    assert failed.status_code == 400
    assert "from: wanted an address" in failed.text
    assert "long &amp; careful" in failed.text


def test_uploads(sandbox: SandboxControl, page: Page) -> None:
    eml = b"From: a@x.example\nSubject: one\n\nx\n"
    page.post("upload", data={"mailbox": ROBIN}, files={"file": ("a.eml", eml)})
    mbox = b"From x Sun Mar  1 10:00:00 2026\n" + eml + b"\nFrom x Sun Mar  1 10:00:00 2026\nbad\n"
    answer = page.post("upload", data={"mailbox": ROBIN}, files={"file": ("a.mbox", mbox)})
    assert "Delivered 1 mails" in answer.text
    assert "Mail 2 of the file" in answer.text
    assert sandbox.account(ROBIN)["messages"] == 2
    assert page.post("upload", data={"mailbox": ROBIN}).status_code == 400


def test_trouble_and_its_end(sandbox: SandboxControl, api: Api, page: Page) -> None:
    page.post("trouble", data={"trouble": "limit"})
    assert api.raw("GET", "profile").status_code == 429
    page.post("trouble", data={"trouble": "none"})
    assert api.raw("GET", "profile").status_code == 200
    start = sandbox.account(ROBIN)["historyId"]
    page.post("trouble", data={"trouble": "history", "mailbox": ROBIN})
    assert api.raw("GET", "history", params={"startHistoryId": start}).status_code == 404
    page.post("trouble", data={"trouble": "revoke", "mailbox": ROBIN})
    assert api.raw("GET", "profile").status_code == 401
