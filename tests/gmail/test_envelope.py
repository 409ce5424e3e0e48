"""What Pub/Sub wraps is unwrapped, and what is no announcement says why."""

import base64
import datetime as dt
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.gmail.envelope import Announcement, UndecodablePush, decode, decode_data


def wrapped(inner: Any, encode: Any = base64.b64encode, pad: bool = True) -> bytes:
    text = inner if isinstance(inner, bytes) else json.dumps(inner).encode()
    data = encode(text).decode()
    return json.dumps({"message": {"data": data if pad else data.rstrip("=")}}).encode()


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("pad", [True, False])
@pytest.mark.parametrize("history_id", [12345, "12345"])
def test_every_form_that_pubsub_sends_is_read(encode: Any, pad: bool, history_id: Any) -> None:
    # These bytes need the letters in which the two alphabets differ.
    body = wrapped({"emailAddress": "Robin.Sample+ÿ>?@Example.com", "historyId": history_id}, encode, pad)
    assert decode(body) == Announcement("robin.sample+ÿ>?@example.com", 12345)


BAD = {
    "empty": b"",
    "not JSON": b"hello",
    "a list": b"[]",
    "no message": b"{}",
    "message is text": b'{"message": "x"}',
    "no data": b'{"message": {}}',
    "data is a number": b'{"message": {"data": 5}}',
    "data is not base64": b'{"message": {"data": "%%%"}}',
    "data is not JSON": wrapped(b"hello"),
    "data is a list": wrapped([1]),
    "deep": b'{"message":' + b"[" * 100_000,
    "no address": wrapped({"historyId": 5}),
    "address is a list": wrapped({"emailAddress": ["a@b.example"], "historyId": 5}),
    "address without @": wrapped({"emailAddress": "robin", "historyId": 5}),
    "address with a line break": wrapped({"emailAddress": "a@b.example\nX: y", "historyId": 5}),
    "endless address": wrapped({"emailAddress": "a" * 400 + "@b.example", "historyId": 5}),
    "no history id": wrapped({"emailAddress": "a@b.example"}),
    "negative": wrapped({"emailAddress": "a@b.example", "historyId": -5}),
    "zero": wrapped({"emailAddress": "a@b.example", "historyId": 0}),
    "text": wrapped({"emailAddress": "a@b.example", "historyId": "many"}),
    "foreign digits": wrapped({"emailAddress": "a@b.example", "historyId": "١٢"}),
    "fraction": wrapped({"emailAddress": "a@b.example", "historyId": 1.5}),
    "true": wrapped({"emailAddress": "a@b.example", "historyId": True}),
    "null": wrapped({"emailAddress": "a@b.example", "historyId": None}),
    "enormous": wrapped({"emailAddress": "a@b.example", "historyId": 2**63}),
    "more digits than may be": wrapped(b'{"emailAddress":"a@b.example","historyId":' + b"9" * 5000 + b"}"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_body_that_is_no_announcement_is_refused_without_showing_it(name: str) -> None:
    with pytest.raises(UndecodablePush) as refused:
        decode(BAD[name])
    assert "b.example" not in str(refused.value)


@given(st.binary(max_size=300))
def test_no_body_raises_anything_else(body: bytes) -> None:
    for given_body in (body, wrapped(body)):
        with suppress(UndecodablePush):
            decode(given_body)


@pytest.mark.parametrize("name", ["publishTime", "publish_time"])
def test_the_time_of_publishing_is_read_where_it_can_be(name: str) -> None:
    plain = json.loads(wrapped({"emailAddress": "a@b.example", "historyId": 5}))
    moment = dt.datetime(2026, 11, 24, 16, 50, 59, 123456, dt.UTC)
    for text, expected in (
        ("2026-11-24T16:50:59.123456789Z", moment),
        ("2026-11-24T17:50:59.123456+01:00", moment),
        ("2026-11-24T16:50:59.123456", None),
        ("yesterday", None),
        ("", None),
        (17, None),
        (None, None),
    ):
        plain["message"][name] = text
        assert decode(json.dumps(plain).encode()).published == expected, text


def test_a_pulled_message_is_read_from_its_own_data() -> None:
    moment = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    data = b'{"emailAddress": "Robin@Example.com", "historyId": "12345"}'
    assert decode_data(data, moment) == Announcement("robin@example.com", 12345, moment)
    with pytest.raises(UndecodablePush):
        decode_data(b"hello")
