"""Pushes: their form and token are Pub/Sub's, and they come again until they are acknowledged."""

import base64
import json
from collections import Counter

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN, TOPIC, Api, Receiver

WATCH = "gmail.users.watch"


def deliver(sandbox: SandboxControl, address: str = ROBIN) -> int:
    """A mail arrives; gives the mailbox's history id."""
    return sandbox.deliver(address, from_="a@acme.example", text="x").history_id


def test_a_change_is_pushed_in_pubsubs_envelope(sandbox: SandboxControl, watched: Receiver) -> None:
    history_id = deliver(sandbox)
    push = watched.wait(lambda pushes: len(pushes) == 1)[0]
    assert push.data == {"emailAddress": ROBIN, "historyId": history_id}
    message = push.envelope["message"]
    assert message["messageId"] == message["message_id"]
    assert message["publishTime"] == message["publish_time"]
    assert message["publishTime"].endswith("Z")
    assert push.envelope["subscription"] == "projects/sandbox/subscriptions/gmail-push"
    assert sandbox.wait_idle()
    logged = sandbox.pushes(ROBIN)[0]
    assert (logged["status"], logged["acknowledged"], logged["attempt"]) == (204, True, 1)


def test_the_token_stands_against_googles_library(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.settings(push_audience="https://hearback.example/push")
    deliver(sandbox)
    deliver(sandbox)
    pushes = watched.wait(lambda pushes: len(pushes) == 2)
    assert pushes[0].authorization == pushes[1].authorization, "one token serves for an hour"
    token = pushes[0].authorization.removeprefix("Bearer ")
    claims = id_token.verify_token(
        token,
        Request(),
        audience="https://hearback.example/push",
        certs_url=f"{sandbox.url}/oauth2/v1/certs",
    )
    assert claims["iss"] == "https://accounts.google.com"
    assert claims["email"] == "push@sandbox.iam.gserviceaccount.com"
    assert claims["email_verified"] is True
    assert claims["exp"] - claims["iat"] == 3600
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert header["alg"] == "RS256"
    assert header["kid"] in requests.get(f"{sandbox.url}/oauth2/v1/certs", timeout=10).json()


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_these_answers_acknowledge(sandbox: SandboxControl, watched: Receiver, status: int) -> None:
    watched.answers = [status]
    deliver(sandbox)
    watched.wait(lambda pushes: len(pushes) == 1)
    assert sandbox.wait_idle()


def test_anything_else_is_tried_again_with_growing_pauses(sandbox: SandboxControl, watched: Receiver) -> None:
    watched.answers = [500, 404, 302, 401, 203]
    deliver(sandbox)
    pushes = watched.wait(lambda pushes: len(pushes) == 6)
    assert len({push.id for push in pushes}) == 1
    assert sandbox.wait_idle()
    log = sandbox.pushes(ROBIN)
    assert [entry["status"] for entry in log] == [500, 404, 302, 401, 203, 204]
    assert [entry["attempt"] for entry in log] == [1, 2, 3, 4, 5, 6]
    assert [entry["acknowledged"] for entry in log] == [False] * 5 + [True]


def test_a_dead_receiver_gets_it_when_it_is_back(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.settings(push_url="http://127.0.0.1:9/nobody")
    history_id = deliver(sandbox)
    assert not sandbox.wait_idle(0.1)
    sandbox.settings(push_url=watched.url)
    push = watched.wait(lambda pushes: len(pushes) == 1)[0]
    assert push.data["historyId"] == history_id


def test_changes_within_a_second_fold_into_one(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.settings(push_coalesce=True)
    newest = [deliver(sandbox) for _ in range(20)][-1]
    pushes = watched.wait(lambda pushes: pushes[-1:] and pushes[-1].data["historyId"] == newest)
    assert sandbox.wait_idle()
    assert len(pushes) < 5
    others = [f"user{number}@example.com" for number in range(20)]
    for address in others:
        token = sandbox.grant(address).access_token
        Api(sandbox.url, token).post(WATCH, "watch", {"topicName": TOPIC})
        deliver(sandbox, address)
    pushed = watched.wait(lambda pushes: {push.data["emailAddress"] for push in pushes}.issuperset(others))
    assert pushed


def test_only_watched_mailboxes_push(sandbox: SandboxControl, api: Api, receiver: Receiver) -> None:
    deliver(sandbox)
    answer = api.post(WATCH, "watch", {"topicName": TOPIC})
    assert int(answer["historyId"]) == int(sandbox.account(ROBIN)["historyId"])
    seen = deliver(sandbox)
    receiver.wait(lambda pushes: len(pushes) == 1)
    assert api.raw("POST", "stop").status_code == 204
    deliver(sandbox)
    api.post(WATCH, "watch", {"topicName": TOPIC})
    sandbox.advance_clock(8 * 86400)
    deliver(sandbox)
    assert sandbox.wait_idle()
    assert [push.data["historyId"] for push in receiver.pushes] == [seen]


def test_watching_pushes_at_once(sandbox: SandboxControl, api: Api, receiver: Receiver) -> None:
    sandbox.settings(push_on_watch=True)
    answer = api.post(WATCH, "watch", {"topicName": TOPIC})
    push = receiver.wait(lambda pushes: len(pushes) == 1)[0]
    assert push.data["historyId"] == int(answer["historyId"])


@pytest.mark.parametrize(
    ("behavior", "label", "expected"),
    [("include", "INBOX", 1), ("include", "SPAM", 0), ("exclude", "INBOX", 0)],
)
def test_watch_filters_by_label(
    sandbox: SandboxControl, api: Api, receiver: Receiver, behavior: str, label: str, expected: int
) -> None:
    wanted = {"topicName": TOPIC, "labelIds": [label], "labelFilterBehavior": behavior}
    api.post(WATCH, "watch", wanted)
    deliver(sandbox)
    assert sandbox.wait_idle()
    assert len(receiver.pushes) == expected


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("", 400),
        ("gmail", 400),
        ("projects/other/topics/gmail", 400),
        ("projects/sandbox/topics/other", 404),
    ],
)
def test_wrong_topics_are_refused(api: Api, topic: str, status: int) -> None:
    answer = api.raw("POST", "watch", json={"topicName": topic})
    assert answer.status_code == status


def test_a_watch_of_another_topic_is_stopped_first(sandbox: SandboxControl, api: Api) -> None:
    """Google allows one topic for each mailbox and client; asking again for the same one renews it."""
    api.post(WATCH, "watch", {"topicName": TOPIC})
    other = TOPIC.replace("gmail", "gmail-new")
    sandbox.settings(topic=other)
    answer = api.raw("POST", "watch", json={"topicName": other})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["status"], error["message"]) == (
        "INVALID_ARGUMENT",
        "Only one user push notification client allowed per developer (call /stop then try again)",
    )
    assert api.raw("POST", "stop").status_code == 204
    for _ in range(2):
        api.post(WATCH, "watch", {"topicName": other})
    sandbox.advance_clock(8 * 24 * 3600)
    sandbox.settings(topic=TOPIC)
    api = Api(sandbox.url, sandbox.grant(ROBIN).access_token)
    api.post(WATCH, "watch", {"topicName": TOPIC})


def test_dropped(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.fault("push", "drop", count=1)
    deliver(sandbox)
    second = deliver(sandbox)
    assert sandbox.wait_idle()
    assert [push.data["historyId"] for push in watched.pushes] == [second]
    assert sandbox.pushes()[0]["outcome"] == "dropped"


def test_doubled(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.fault("push", "double", count=1)
    deliver(sandbox)
    deliver(sandbox)
    pushes = watched.wait(lambda pushes: len(pushes) == 3)
    assert sorted(Counter(push.id for push in pushes).values()) == [1, 2]


def test_reordered(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.fault("push", "reorder", count=1, seconds=30)
    first = deliver(sandbox)
    second = deliver(sandbox)
    pushes = watched.wait(lambda pushes: len(pushes) == 2)
    assert [push.data["historyId"] for push in pushes] == [second, first]


def test_delayed(sandbox: SandboxControl, watched: Receiver) -> None:
    sandbox.fault("push", "delay", count=1, seconds=0.3)
    late = deliver(sandbox)
    assert not sandbox.wait_idle(0)
    early = deliver(sandbox)
    pushes = watched.wait(lambda pushes: len(pushes) == 2)
    assert [push.data["historyId"] for push in pushes] == [early, late]
