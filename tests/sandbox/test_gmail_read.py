"""Reading mail: each answer has the form that Google documents, and the content that was delivered."""

import base64
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN, Api

BASE = "gmail.users."


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def parts_of(payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All parts by MIME type."""
    found = {payload["mimeType"]: payload}
    for part in payload.get("parts", []):
        found |= parts_of(part)
    return found


def test_profile_counts_the_mailbox(sandbox: SandboxControl, api: Api) -> None:
    sandbox.deliver(ROBIN, from_="a@acme.example", subject="One", text="1")
    newest = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Two", text="2")
    profile = api.get(f"{BASE}getProfile", "profile")
    assert profile == {
        "emailAddress": ROBIN,
        "messagesTotal": 2,
        "threadsTotal": 2,
        "historyId": str(newest.history_id),
    }


def test_full_message_shows_text_html_and_attachment(sandbox: SandboxControl, api: Api) -> None:
    pdf = bytes(range(256)) * 40
    sent = sandbox.deliver(
        ROBIN,
        from_="talent@acme.example",
        from_name="Zoë Müller",
        subject="Grüße & more",
        text="Hello Robin",
        html="<p>Hello <b>Robin</b></p>",
        attachments=[
            {
                "filename": "Angebot für Robin.pdf",
                "content_type": "application/pdf",
                "data": base64.b64encode(pdf).decode(),
            }
        ],
    )
    message = api.message(sent.id)
    headers = {h["name"]: h["value"] for h in message["payload"]["headers"]}
    assert headers["Subject"] == "Grüße & more"
    assert headers["From"] == "Zoë Müller <talent@acme.example>"
    assert message["snippet"].startswith("Hello Robin")
    assert message["labelIds"] == ["UNREAD", "INBOX"]
    parts = parts_of(message["payload"])
    assert unpadded(parts["text/plain"]["body"]["data"]).strip() == b"Hello Robin"
    assert b"<b>Robin</b>" in unpadded(parts["text/html"]["body"]["data"])
    attached = parts["application/pdf"]
    assert attached["filename"] == "Angebot für Robin.pdf"
    assert attached["body"]["size"] == len(pdf)
    assert "data" not in attached["body"]
    again = parts_of(api.message(sent.id)["payload"])["application/pdf"]["body"]["attachmentId"]
    first = attached["body"]["attachmentId"]
    assert again != first, "Gmail gives another attachment id each time"
    for attachment_id in (first, again):
        path = f"messages/{sent.id}/attachments/{attachment_id}"
        found = api.get(f"{BASE}messages.attachments.get", path)
        assert unpadded(found["data"]) == pdf


def test_text_in_another_charset_comes_as_utf8_under_its_old_header(
    sandbox: SandboxControl, api: Api
) -> None:
    raw = (
        b"From: a@acme.example\r\nSubject: x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe\r\n"
    )
    payload = api.message(sandbox.deliver(ROBIN, raw=raw).id)["payload"]
    assert unpadded(payload["body"]["data"]).decode() == "Grüße\r\n"
    assert {"name": "Content-Type", "value": "text/plain; charset=iso-8859-1"} in payload["headers"]


def test_raw_is_the_mail_with_crlf(sandbox: SandboxControl, api: Api) -> None:
    raw = b"From: a@acme.example\nSubject: Hi\nX-Odd:  two  spaces \n\nline\n"
    found = api.message(sandbox.deliver(ROBIN, raw=raw).id, format="raw")
    assert unpadded(found["raw"]) == raw.replace(b"\n", b"\r\n")
    assert found["sizeEstimate"] == len(raw) + 5
    assert "payload" not in found


def test_metadata_shows_the_named_headers_alone(sandbox: SandboxControl, api: Api) -> None:
    sent = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Hi", text="secret")
    found = api.message(sent.id, format="metadata", metadataHeaders=["subject", "FROM"])
    assert sorted(h["name"] for h in found["payload"]["headers"]) == ["From", "Subject"]
    assert "body" not in found["payload"]
    assert "payload" not in api.message(sent.id, format="minimal")


def test_forwarded_mail_is_a_part_of_its_own(sandbox: SandboxControl, api: Api) -> None:
    inner = EmailMessage(policy=SMTP)
    inner["Subject"] = "Inner"
    inner.set_content("inside")
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["Subject"] = "a@acme.example", "Fwd: Inner"
    outer.set_content("see below")
    outer.add_attachment(inner)
    sent = sandbox.deliver(ROBIN, raw=outer.as_bytes())
    forwarded = parts_of(api.message(sent.id)["payload"])["message/rfc822"]
    assert forwarded["parts"][0]["headers"][0]["name"] == "Subject"
    path = f"messages/{sent.id}/attachments/{forwarded['body']['attachmentId']}"
    data = api.get(f"{BASE}messages.attachments.get", path)["data"]
    assert message_from_bytes(unpadded(data))["Subject"] == "Inner"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: =?nonsense?B?////?=\r\n\r\n\xff\xfe\x00",
        b"From: \xff\xfe@x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nno parts at all",
        b"Subject: x\r\nContent-Type: text/plain; charset=martian\r\n\r\nhello",
        b"Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Subject: x\r\nContent-Type: message/rfc822\r\n\r\n",
        b"Subject: " + b"a" * 100_000 + b"\r\n\r\n",
    ],
)
def test_broken_mail_still_reads(sandbox: SandboxControl, api: Api, raw: bytes) -> None:
    sent = sandbox.deliver(ROBIN, raw=raw)
    for wanted in ("full", "metadata", "minimal", "raw"):
        assert api.message(sent.id, format=wanted)["id"] == sent.id


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("messages", {"pageToken": "later"}),
        ("messages", {"maxResults": "many"}),
        ("messages", {"labelIds": "NOPE"}),
        ("messages/1234/modify", {}),
        ("history", {}),
        ("history", {"startHistoryId": "soon"}),
        ("history", {"startHistoryId": "1", "historyTypes": "all"}),
    ],
)
def test_what_google_refuses_is_refused_in_its_words(api: Api, path: str, query: dict[str, str]) -> None:
    method = "POST" if path.endswith("modify") else "GET"
    answer = api.raw(method, path, params=query)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["errors"][0]["domain"] == "global"
