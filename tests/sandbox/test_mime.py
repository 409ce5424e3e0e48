"""Hostile mail: whatever the bytes, the sandbox shows them as a message or refuses them by name."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import mbox, mime
from tests.sandbox import gmail_schema

HEADERS = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: multipart/alternative; boundary=",
        b"Content-Type: text/html; charset=utf-16",
        b"Content-Type: text/plain; charset=\xff",
        b"Content-Type: text/plain; name*0*=utf-8''%ff%fe; name*1=x",
        b"Content-Type: message/rfc822",
        b"Content-Disposition: attachment; filename*=martian'x'%41",
        b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: quoted-printable",
        b"Content-Transfer-Encoding: x-uuencode",
        b"Subject: =?utf-8?B?w6?= =?x?Q?=ff?=",
        b"Message-ID: <<>>",
        b"References: <a@b> <c",
        b"From: \xff\xfe <@@>",
        b"",
        b"--b",
        b"--b--",
        b"begin 644 x",
    ]
)
MAILS = st.one_of(
    st.binary(max_size=300),
    st.lists(st.one_of(HEADERS, st.binary(max_size=40)), max_size=25).map(b"\r\n".join),
)


@settings(deadline=None)
@given(MAILS)
def test_any_bytes_become_a_message(raw: bytes) -> None:
    parsed = mime.parse(mime.crlf(raw))
    facts, text = mime.facts(parsed, len(raw))
    text.encode()
    payload = mime.payload(parsed)
    message = {"id": "1", "snippet": facts.snippet, "payload": payload}
    gmail_schema.check("gmail.users.messages.get", json.loads(json.dumps(message)))
    for part in walk(payload):
        attachment_id = part["body"].get("attachmentId")
        if attachment_id:
            data = mime.attachment(parsed, attachment_id)
            assert data is not None
            assert len(data) == part["body"]["size"]
    mbox.received(raw)
    mbox.labels(raw)


def walk(part: dict[str, object]) -> list[dict[str, dict[str, str]]]:
    """A part and all beneath it."""
    children = part.get("parts", [])
    assert isinstance(children, list)
    return [part, *(found for child in children for found in walk(child))]  # type: ignore[list-item]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_attachment_id_is_found_or_not(text: str) -> None:
    found = mime.attachment(mime.parse(b"Subject: x\r\n\r\nhello"), text)
    assert found is None or isinstance(found, bytes)


@pytest.mark.parametrize("depth", [200, 5000])
def test_parts_without_end_are_refused(depth: int) -> None:
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    raw = b"Subject: x\r\n" + b"".join(level % (n, n) for n in range(depth))
    with pytest.raises(mime.NestingError):
        mime.parse(raw)
    assert "nested" in mbox.broken(raw)


@pytest.mark.parametrize("text", ["aGk=", "aGk", "-_-_", "+/+/", " aGk=\n"])
def test_both_alphabets_of_base64_are_read(text: str) -> None:
    assert mime.decode(text) in {b"hi", b"\xfb\xff\xbf"}


@pytest.mark.parametrize("text", ["%", "a", "ü", "aGk=aGk"])
def test_what_is_no_base64_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="not base64"):
        mime.decode(text)
