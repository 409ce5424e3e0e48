"""Sending: what Gmail changes in a mail, where it files it, and whom it reaches."""

import base64
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.http import MediaInMemoryUpload

from sandbox.client import SandboxControl, Tokens
from tests.sandbox import gmail_schema
from tests.sandbox.conftest import ROBIN, Api

KIM = "kim@example.com"
SEND = "gmail.users.messages.send"


def mail(to: str = KIM, **headers: str) -> EmailMessage:
    found = EmailMessage(policy=SMTP)
    found["From"], found["To"], found["Subject"] = ROBIN, to, headers.pop("Subject", "Hello")
    found["Message-ID"] = "<mine@hearback.example>"
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    found.set_content("Dear Kim\n")
    return found


def body(message: EmailMessage, **more: str) -> dict[str, str]:
    return {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode(), **more}


def raw_of(sandbox: SandboxControl, address: str, index: int = 0) -> Any:
    found = sandbox.messages(address, raw=True)[index]
    return message_from_bytes(base64.urlsafe_b64decode(found["raw"]))


def test_sent_mail_gets_gmails_message_id_and_arrives(sandbox: SandboxControl, api: Api) -> None:
    sandbox.create_account(KIM)
    sent = api.post(SEND, "messages/send", body(mail(Bcc="boss@example.com", X_Hearback="yes")))
    assert sent["labelIds"] == ["SENT"]
    own, other = raw_of(sandbox, ROBIN), raw_of(sandbox, KIM)
    assert own["Message-ID"] != "<mine@hearback.example>"
    assert own["Message-ID"].endswith("@mail.gmail.com>")
    assert other["Message-ID"] == own["Message-ID"]
    assert other["X-Hearback"] == "yes"
    assert own["Date"]
    assert own["Bcc"] == "boss@example.com"
    assert other["Bcc"] is None
    assert other["Delivered-To"] == KIM
    assert own.get_payload() == other.get_payload() == mail().get_payload().replace("\n", "\r\n")
    assert sandbox.messages(KIM)[0]["labelIds"] == ["UNREAD", "INBOX"]


def test_mail_to_oneself_is_one_message(sandbox: SandboxControl, api: Api) -> None:
    sent = api.post(SEND, "messages/send", body(mail(to="robin+jobs@example.com")))
    assert set(sent["labelIds"]) == {"SENT", "INBOX", "UNREAD"}
    assert api.search() == [sent["id"]]


def test_nobody_sends_as_someone_else(sandbox: SandboxControl, api: Api) -> None:
    forged = mail()
    forged.replace_header("From", "Kim <kim@example.com>")
    api.post(SEND, "messages/send", body(forged))
    assert raw_of(sandbox, ROBIN)["From"] == "Kim <robin@example.com>"


def test_reply_joins_its_thread_only_with_reference_and_subject(sandbox: SandboxControl, api: Api) -> None:
    first = sandbox.deliver(ROBIN, from_=KIM, subject="Interview", text="x")
    thread, reference = first.thread_id, first.rfc822_message_id
    reply = mail(Subject="Re: Interview", In_Reply_To=reference, References=reference)
    sent = api.post(SEND, "messages/send", body(reply, threadId=thread))
    assert sent["threadId"] == thread
    for wrong in (mail(Subject="Re: Interview"), mail(Subject="Other", In_Reply_To=reference)):
        sent = api.post(SEND, "messages/send", body(wrong, threadId=thread))
        assert sent["threadId"] == sent["id"]
    unknown = api.raw("POST", "messages/send", json=body(reply, threadId="0123456789abcdef"))
    assert unknown.status_code == 404


def test_answer_to_sent_mail_threads_at_both_ends(sandbox: SandboxControl, api: Api) -> None:
    sandbox.create_account(KIM)
    sent = api.post(SEND, "messages/send", body(mail()))
    reference = raw_of(sandbox, ROBIN)["Message-ID"]
    answer = sandbox.deliver(ROBIN, from_=KIM, subject="Re: Hello", text="Hi", in_reply_to=reference)
    assert answer.thread_id == sent["threadId"]


@pytest.mark.parametrize("thread", [False, True])
def test_upload_forms(sandbox: SandboxControl, robin: Tokens, thread: bool) -> None:
    """Google's client sends media alone, or as multipart/related when there is a body beside it."""
    # The client's uploads go to the root of the document, whatever the api_endpoint.
    document = gmail_schema.document() | {"rootUrl": f"{sandbox.url}/"}
    gmail = build_from_document(document, credentials=Credentials(robin.access_token))
    first = sandbox.deliver(ROBIN, from_=KIM, subject="Interview", text="x")
    reply = mail(Subject="Re: Interview", In_Reply_To=first.rfc822_message_id)
    reply.add_attachment(b"\r\n--x\r\n\x00", maintype="application", subtype="pdf", filename="cv.pdf")
    media = MediaInMemoryUpload(reply.as_bytes(), "message/rfc822")
    wanted = {"threadId": first.thread_id} if thread else None
    sent = gmail.users().messages().send(userId="me", body=wanted, media_body=media).execute()
    # Without a thread in the request, the references alone decide.
    assert sent["threadId"] == first.thread_id
    stored = raw_of(sandbox, ROBIN)
    attachment = stored.get_payload()[1]
    assert attachment.get_payload(decode=True) == b"\r\n--x\r\n\x00"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "invalidArgument"),
        ({"raw": "%%%"}, "invalidArgument"),
        ({"raw": base64.b64encode(b"Subject: to nobody\r\n\r\nx").decode()}, "invalidArgument"),
    ],
)
def test_unsendable_mail_is_refused(api: Api, body: dict[str, str], reason: str) -> None:
    answer = api.raw("POST", "messages/send", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["errors"][0]["reason"] == reason


def test_no_json_is_a_parse_error(sandbox: SandboxControl, robin: Tokens) -> None:
    answer = requests.post(
        f"{sandbox.url}/gmail/v1/users/me/messages/send",
        data=b"{",
        headers={
            "Authorization": f"Bearer {robin.access_token}",
            "Content-Type": "application/json",
        },
        timeout=10,
    )
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (
        400,
        "parseError",
    )
