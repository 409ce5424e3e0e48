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


def test_list_is_newest_first_and_pages_do_not_shift(sandbox: SandboxControl, api: Api) -> None:
    days = range(1, 8)
    mails = [
        sandbox.deliver(
            ROBIN, from_="a@acme.example", text=str(day), internal_date=f"2026-01-0{day}T12:00:00Z"
        ).id
        for day in reversed(days)
    ]
    listed = api.get(f"{BASE}messages.list", "messages", maxResults=3)
    newcomer = sandbox.deliver(ROBIN, from_="a@acme.example", text="new").id
    found = [m["id"] for m in listed["messages"]]
    while token := listed.get("nextPageToken"):
        listed = api.get(f"{BASE}messages.list", "messages", maxResults=3, pageToken=token)
        found += [m["id"] for m in listed["messages"]]
    assert found == mails
    assert api.search()[0] == newcomer


def test_threads_join_by_reference_and_subject(sandbox: SandboxControl, api: Api) -> None:
    def deliver(subject: str, reference: str = "") -> tuple[str, str, str]:
        mail = sandbox.deliver(
            ROBIN, from_="a@acme.example", subject=subject, text="x", in_reply_to=reference
        )
        return mail.id, mail.thread_id, mail.rfc822_message_id

    first, thread, reference = deliver("Interview at Acme")
    reply, reply_thread, _ = deliver("RE: Re: Interview  at acme", reference)
    _, other_subject, _ = deliver("Offer", reference)
    _, no_reference, _ = deliver("Interview at Acme")
    assert reply_thread == thread
    assert len({thread, other_subject, no_reference}) == 3
    found = api.get(f"{BASE}threads.get", f"threads/{thread}")
    assert [m["id"] for m in found["messages"]] == [first, reply]
    listed = api.get(f"{BASE}threads.list", "threads", maxResults=2)
    more = api.get(f"{BASE}threads.list", "threads", pageToken=listed["nextPageToken"])
    ids = [t["id"] for t in listed["threads"] + more["threads"]]
    assert ids == [no_reference, other_subject, thread]


def test_labels_are_listed_counted_and_made(sandbox: SandboxControl, api: Api) -> None:
    sandbox.deliver(ROBIN, from_="a@acme.example", labels=["INBOX", "UNREAD", "Job hunt"])
    labels = {x["name"]: x for x in api.get(f"{BASE}labels.list", "labels")["labels"]}
    assert labels["INBOX"]["type"] == "system"
    own = api.get(f"{BASE}labels.get", f"labels/{labels['Job hunt']['id']}")
    assert (own["type"], own["messagesTotal"], own["messagesUnread"]) == ("user", 1, 1)
    made = api.post(f"{BASE}labels.create", "labels", {"name": "Later"})
    assert api.get(f"{BASE}labels.get", f"labels/{made['id']}")["threadsTotal"] == 0
    assert api.raw("POST", "labels", json={"name": "later"}).status_code == 409


def test_modify_trash_and_delete(sandbox: SandboxControl, api: Api) -> None:
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", text="x").id
    change = {"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]}
    changed = api.post(f"{BASE}messages.modify", f"messages/{mail}/modify", change)
    assert changed["labelIds"] == ["INBOX", "STARRED"]
    api.post(f"{BASE}messages.trash", f"messages/{mail}/trash")
    assert api.search() == []
    assert api.search(includeSpamTrash="true") == [mail]
    api.post(f"{BASE}messages.untrash", f"messages/{mail}/untrash")
    assert api.search() == [mail]
    assert api.raw("DELETE", f"messages/{mail}").status_code == 204
    assert api.raw("GET", f"messages/{mail}").status_code == 404
    assert api.search() == []
    answer = api.raw("POST", f"messages/{mail}/modify", json=change)
    assert answer.json()["error"]["errors"][0]["reason"] == "notFound"


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
