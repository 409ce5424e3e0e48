"""`gmail setup` on every state that a project may be in, against a Pub/Sub that refuses as Google does."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from click.testing import CliRunner
from google.pubsub_v1 import types

from hearback.gmail.errors import GmailError, Refused
from hearback.gmail.pubsub import MissingPermission, NoCredentials, NotChangeable, Unreachable
from hearback.gmail.pubsub_grants import GMAIL, PUBLISHER, SUBSCRIBER, Outcome
from hearback.gmail.pubsub_setup import Push, Wanted, set_up
from tests.support import product
from tests.support.fake_pubsub import FakePubSub, fake_pubsub
from tools.ports import any_free
from webapp.cli.gmail_setup import setup

TOPIC = "projects/p/topics/gmail"
SUBSCRIPTION = "projects/p/subscriptions/gmail"
DEAD = "projects/p/topics/gmail-dead"
KEPT = "projects/p/subscriptions/gmail-dead"
AGENT = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
PUSH = Push(
    "https://hearback.example/push/gmail", "push@p.iam.gserviceaccount.com", "https://hearback.example"
)
WANTED = Wanted(TOPIC, SUBSCRIPTION, PUSH, "123456789012")


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePubSub]:
    """An empty project."""
    with fake_pubsub() as fake:
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", fake.host)
        yield fake


def run(wanted: Wanted = WANTED) -> list[Outcome]:
    return [step.outcome for step in set_up(wanted)]


def test_an_empty_project_gets_all_that_a_push_needs(google: FakePubSub) -> None:
    assert set(run()) == {Outcome.MADE}
    assert (PUBLISHER, GMAIL) in google.granted(TOPIC)
    assert (PUBLISHER, AGENT) in google.granted(DEAD)
    assert (SUBSCRIBER, AGENT) in google.granted(SUBSCRIPTION)
    made = google.subscriptions[SUBSCRIPTION]
    assert made.topic == TOPIC
    assert made.push_config.push_endpoint == PUSH.endpoint
    assert made.push_config.oidc_token.service_account_email == PUSH.service_account
    assert made.push_config.oidc_token.audience == PUSH.audience
    assert made.dead_letter_policy.dead_letter_topic == DEAD
    assert made.retry_policy.minimum_backoff < made.retry_policy.maximum_backoff
    for subscription in (made, google.subscriptions[KEPT]):
        assert "expiration_policy" in subscription and not subscription.expiration_policy.ttl
        assert subscription.message_retention_duration == dt.timedelta(days=7)


def test_a_second_run_changes_nothing(google: FakePubSub) -> None:
    run()
    google.writes.clear()
    # Pub/Sub adds this to every push subscription by itself.
    google.subscriptions[SUBSCRIPTION].push_config.attributes["x-goog-version"] = "v1"
    assert set(run()) == {Outcome.STOOD}
    assert google.writes == []


def test_a_pull_subscription_has_no_push(google: FakePubSub) -> None:
    run(Wanted(TOPIC, SUBSCRIPTION))
    assert "push_config" not in google.subscriptions[SUBSCRIPTION]


def test_a_subscription_changes_between_push_and_pull(google: FakePubSub) -> None:
    run()
    google.writes.clear()
    run(Wanted(TOPIC, SUBSCRIPTION, None, WANTED.project_number))
    assert google.writes == [f"update {SUBSCRIPTION} push_config"]
    assert not google.subscriptions[SUBSCRIPTION].push_config.push_endpoint
    run()
    assert google.subscriptions[SUBSCRIPTION].push_config.push_endpoint == PUSH.endpoint


DRIFT: dict[str, dict[str, Any]] = {
    "ack_deadline_seconds": {"ack_deadline_seconds": 10},
    "message_retention_duration": {"message_retention_duration": dt.timedelta(hours=1)},
    "retry_policy": {"retry_policy": types.RetryPolicy(minimum_backoff=dt.timedelta(seconds=10))},
    "dead_letter_policy": {"dead_letter_policy": None},
    "expiration_policy": {"expiration_policy": {"ttl": dt.timedelta(days=31)}},
}


@pytest.mark.parametrize("field", DRIFT)
def test_what_differs_is_mended_and_nothing_else(google: FakePubSub, field: str) -> None:
    run()
    stands = google.subscriptions[SUBSCRIPTION]
    good = types.Subscription(stands)
    for name, value in DRIFT[field].items():
        setattr(stands, name, value)
    google.writes.clear()
    assert run().count(Outcome.MENDED) == 1
    assert google.writes == [f"update {SUBSCRIPTION} {field}"]
    assert google.subscriptions[SUBSCRIPTION] == good


@pytest.mark.parametrize(
    "push",
    [
        {"push_endpoint": "https://old.example/push/gmail"},
        {"push_endpoint": PUSH.endpoint},
        {"push_endpoint": PUSH.endpoint, "oidc_token": {"service_account_email": "other@example.com"}},
        {
            "push_endpoint": PUSH.endpoint,
            "oidc_token": {"service_account_email": PUSH.service_account, "audience": "https://old.example"},
        },
        {
            "push_endpoint": PUSH.endpoint,
            "oidc_token": {"service_account_email": PUSH.service_account, "audience": PUSH.audience},
            "no_wrapper": {},
        },
    ],
)
def test_a_push_that_would_be_refused_is_mended(google: FakePubSub, push: dict[str, Any]) -> None:
    run()
    good = types.PushConfig(google.subscriptions[SUBSCRIPTION].push_config)
    google.subscriptions[SUBSCRIPTION].push_config = types.PushConfig(push)
    assert run().count(Outcome.MENDED) == 1
    assert google.subscriptions[SUBSCRIPTION].push_config == good


def test_a_lost_grant_comes_back_and_the_others_stay(google: FakePubSub) -> None:
    run()
    google.policies[TOPIC].ClearField("bindings")
    google.grant(TOPIC, PUBLISHER, "user:robin@example.com")
    google.grant(TOPIC, "roles/viewer", "user:ada@example.com")
    assert run().count(Outcome.MADE) == 1
    assert google.granted(TOPIC) == {
        (PUBLISHER, "user:robin@example.com"),
        (PUBLISHER, GMAIL),
        ("roles/viewer", "user:ada@example.com"),
    }


def test_a_policy_that_another_changes_meanwhile_keeps_both_changes(google: FakePubSub) -> None:
    google.conflicts = 1
    assert set(run()) == {Outcome.MADE}
    assert google.granted(TOPIC) == {(PUBLISHER, GMAIL), ("roles/viewer", "user:0@example.com")}


def test_a_policy_that_never_rests_is_left_alone_with_a_word(google: FakePubSub) -> None:
    google.conflicts = 1000
    with pytest.raises(GmailError, match="Run this again"):
        run()


FIXED = {
    "belongs to projects/p/topics/other": {"topic": "projects/p/topics/other"},
    "detached": {"topic": TOPIC, "detached": True},
    "filter": {"topic": TOPIC, "filter": 'attributes.x = "y"'},
    "elsewhere": {"topic": TOPIC, "bigquery_config": {"table": "p.d.t"}},
}


@pytest.mark.parametrize("words", FIXED)
def test_what_cannot_be_changed_is_said_with_what_to_do(google: FakePubSub, words: str) -> None:
    google.subscriptions[SUBSCRIPTION] = types.Subscription(name=SUBSCRIPTION, **FIXED[words])
    with pytest.raises(NotChangeable, match=words) as told:
        run()
    assert f"gcloud pubsub subscriptions delete {SUBSCRIPTION}" in str(told.value)


PERMISSIONS = {
    "pubsub.topics.get": f"pubsub.topics.get on {TOPIC}",
    "pubsub.topics.create": "pubsub.topics.create on projects/p",
    "pubsub.topics.getIamPolicy": f"pubsub.topics.getIamPolicy on {TOPIC}",
    "pubsub.topics.setIamPolicy": f"pubsub.topics.setIamPolicy on {TOPIC}",
    "pubsub.subscriptions.get": f"pubsub.subscriptions.get on {KEPT}",
    "pubsub.subscriptions.create": "pubsub.subscriptions.create on projects/p",
    "pubsub.subscriptions.setIamPolicy": f"pubsub.subscriptions.setIamPolicy on {SUBSCRIPTION}",
}


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_missing_permission_is_named_with_its_place(google: FakePubSub, permission: str) -> None:
    google.denied = {permission}
    with pytest.raises(MissingPermission) as told:
        run()
    assert f"Missing permission: {PERMISSIONS[permission]}" in str(told.value)


def test_what_google_itself_names_as_missing_is_said(google: FakePubSub) -> None:
    google.denied, google.explains = {"pubsub.topics.create"}, True
    with pytest.raises(MissingPermission, match=r"pubsub\.topics\.create on projects/other "):
        run()


def test_an_organization_that_shares_with_nobody_is_named_as_the_reason(google: FakePubSub) -> None:
    words = "One or more users named in the policy do not belong to a permitted customer."
    google.unwelcome[GMAIL] = (grpc.StatusCode.FAILED_PRECONDITION, words)
    with pytest.raises(Refused, match=r"iam\.allowedPolicyMemberDomains") as told:
        run()
    assert words in str(told.value)


def test_pubsubs_own_account_that_is_not_there_yet_is_left_to_do(google: FakePubSub) -> None:
    google.unwelcome[AGENT] = (grpc.StatusCode.INVALID_ARGUMENT, "Service account does not exist.")
    assert run().count(Outcome.BY_HAND) == 2
    assert google.subscriptions[SUBSCRIPTION].push_config.push_endpoint == PUSH.endpoint


def test_an_emulator_without_policies_gets_the_rest(google: FakePubSub) -> None:
    google.has_policies = False
    assert run().count(Outcome.BY_HAND) == 3
    assert SUBSCRIPTION in google.subscriptions


def test_a_refused_update_names_both_that_it_may_lack(google: FakePubSub) -> None:
    run()
    google.denied = {"pubsub.subscriptions.update"}
    google.subscriptions[SUBSCRIPTION].ack_deadline_seconds = 10
    with pytest.raises(MissingPermission) as told:
        run()
    assert f"pubsub.subscriptions.update on {SUBSCRIPTION}" in str(told.value)
    assert f"iam.serviceAccounts.actAs on {PUSH.service_account}" in str(told.value)


def test_without_the_projects_number_the_commands_are_given(google: FakePubSub) -> None:
    steps = [step for step in set_up(Wanted(TOPIC, SUBSCRIPTION, PUSH)) if step.outcome is Outcome.BY_HAND]
    assert [step.what.partition(": ")[2].split(" --")[0] for step in steps] == [
        f"gcloud pubsub topics add-iam-policy-binding {DEAD}",
        f"gcloud pubsub subscriptions add-iam-policy-binding {SUBSCRIPTION}",
    ]


def test_names_are_full(google: FakePubSub) -> None:
    with pytest.raises(Refused, match="projects/PROJECT/topics/NAME"):
        run(Wanted("gmail", SUBSCRIPTION))


def test_a_pubsub_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{any_free()}")
    with pytest.raises(Unreachable, match="does not answer"):
        list(set_up(WANTED, timeout=0.3))


def test_without_credentials_it_says_how_to_get_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBSUB_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json")
    with pytest.raises(NoCredentials, match="gcloud auth application-default login"):
        run()


@pytest.fixture
def operator(google: FakePubSub, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """An operator at the command line, whose database and Redis are not there yet."""
    env = product.environment("postgresql://127.0.0.1:9/none", "redis://127.0.0.1:9/0")
    env |= {
        "PUBSUB_TOPIC": TOPIC,
        "PUBSUB_SUBSCRIPTION": SUBSCRIPTION,
        "BASE_URL": "https://hearback.example",
    }
    env |= {"GOOGLE_CLIENT_ID": "123456789012-abc.apps.googleusercontent.com"}
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    product.forget()
    yield CliRunner()
    product.forget()


def test_the_command_prints_a_line_for_each_step(operator: CliRunner, google: FakePubSub) -> None:
    told = operator.invoke(setup, [])
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert len(lines) == 7 and all(line.startswith("made") for line in lines)
    assert (SUBSCRIBER, AGENT) in google.granted(SUBSCRIPTION)
    told = operator.invoke(setup, ["--pull", "--json"])
    outcomes = [json.loads(line)["outcome"] for line in told.output.splitlines()]
    assert sorted(outcomes) == ["mended", *["stood"] * 6]


def test_the_command_fails_with_the_permissions_name(operator: CliRunner, google: FakePubSub) -> None:
    google.denied = {"pubsub.topics.setIamPolicy"}
    told = operator.invoke(setup, [])
    assert told.exit_code == 1
    assert told.output.startswith(f"made          topic {TOPIC}")
    assert f"Error: Missing permission: pubsub.topics.setIamPolicy on {TOPIC}" in told.output


def test_the_command_names_the_missing_setting(operator: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBSUB_SUBSCRIPTION")
    product.forget()
    told = operator.invoke(setup, [])
    assert told.exit_code == 1 and "PUBSUB_SUBSCRIPTION" in told.output
