"""What must stand in Pub/Sub before Gmail can reach us: made where it is missing, mended where it differs.

https://developers.google.com/workspace/gmail/api/guides/push
https://cloud.google.com/pubsub/docs/handling-failures
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.pubsub_v1 import PublisherClient, SubscriberClient, types

from hearback.gmail.errors import Gone, Refused
from hearback.gmail.pubsub import FAULTS, TIMEOUT_SECONDS, Exists, NotChangeable, call, typed
from hearback.gmail.pubsub_grants import PUBLISHER, SUBSCRIBER, Outcome, Step, agent_grant, gmail_grant

NAMES = {kind: re.compile(rf"projects/[^/\s]+/{kind}/[^/\s]+") for kind in ("topics", "subscriptions")}
# How long Pub/Sub waits for our answer; the webhook gives up on Redis and the database before that.
ACK_SECONDS = 30
# After an outage all that waited comes back within a minute.
RETRY = types.RetryPolicy(minimum_backoff=dt.timedelta(seconds=1), maximum_backoff=dt.timedelta(seconds=60))
# The most that Pub/Sub allows, above an hour and a half of that: what is then given up was not
# poisoned, it met an outage, and the fallback scan reads the mailbox anyway.
ATTEMPTS = 100
# Gmail's history reaches back about as far.
RETENTION = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Push:
    """Where Pub/Sub delivers, and what its tokens say."""

    endpoint: str
    service_account: str
    audience: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Full names; without `push` the subscription is pulled. The number is of the subscription's project."""

    topic: str
    subscription: str
    push: Push | None = None
    project_number: str | None = None


def set_up(wanted: Wanted, timeout: float = TIMEOUT_SECONDS) -> Iterator[Step]:
    """Make and mend, one step after the other; raise GmailError at the first that is not possible."""
    for kind, name in (("topics", wanted.topic), ("subscriptions", wanted.subscription)):
        if not NAMES[kind].fullmatch(name):
            raise Refused(f"{name!r} is no full name; it must be like projects/PROJECT/{kind}/NAME.")
    try:
        publisher, subscriber = PublisherClient(), SubscriberClient()
    except FAULTS as fault:
        raise typed(fault, "") from fault
    with publisher, subscriber:
        yield from _steps(Google(publisher, subscriber, timeout), wanted)


def _steps(google: "Google", wanted: Wanted) -> Iterator[Step]:
    dead = f"{wanted.topic}-dead"
    kept = dead.replace("/topics/", "/subscriptions/")
    yield google.topic(wanted.topic)
    yield gmail_grant(google.publisher, wanted.topic, google.timeout)
    yield google.topic(dead)
    # What is published to a topic without a subscription is lost.
    yield google.subscription(_base(kept, dead))
    yield agent_grant(google.publisher, dead, PUBLISHER, wanted.project_number, google.timeout)
    yield google.subscription(_main(wanted, dead))
    name = wanted.subscription
    yield agent_grant(google.subscriber, name, SUBSCRIBER, wanted.project_number, google.timeout)


def project_of(name: str) -> str:
    """`projects/p` of a full name."""
    return "/".join(name.split("/")[:2])


def _base(name: str, topic: str) -> types.Subscription:
    return types.Subscription(
        name=name,
        topic=topic,
        ack_deadline_seconds=ACK_SECONDS,
        message_retention_duration=RETENTION,
        # A policy without a time means never; without a policy it would be gone after 31 idle days.
        expiration_policy=types.ExpirationPolicy(),
    )


def _main(wanted: Wanted, dead: str) -> types.Subscription:
    made = _base(wanted.subscription, wanted.topic)
    made.retry_policy = RETRY
    made.dead_letter_policy = types.DeadLetterPolicy(dead_letter_topic=dead, max_delivery_attempts=ATTEMPTS)
    if wanted.push is not None:
        token = types.PushConfig.OidcToken(
            service_account_email=wanted.push.service_account, audience=wanted.push.audience
        )
        made.push_config = types.PushConfig(push_endpoint=wanted.push.endpoint, oidc_token=token)
    return made


class Google:
    """Both sides of Pub/Sub, making and mending one thing a call."""

    def __init__(self, publisher: PublisherClient, subscriber: SubscriberClient, timeout: float) -> None:
        self.publisher = publisher
        self.subscriber = subscriber
        self.timeout = timeout

    def topic(self, name: str) -> Step:
        """Make the topic, unless it stands. A topic has nothing that we would mend."""
        try:
            self._call(self.publisher.get_topic, {"topic": name}, f"pubsub.topics.get on {name}")
        except Gone:
            needs = f"pubsub.topics.create on {project_of(name)}"
            try:
                self._call(self.publisher.create_topic, types.Topic(name=name), needs)
            except Exists:
                return Step(f"topic {name}", Outcome.STOOD)
            return Step(f"topic {name}", Outcome.MADE)
        return Step(f"topic {name}", Outcome.STOOD)

    def subscription(self, wanted: types.Subscription) -> Step:
        """Make the subscription, or change of it what differs and nothing else."""
        what = f"subscription {wanted.name}"
        ask = {"subscription": wanted.name}, f"pubsub.subscriptions.get on {wanted.name}"
        try:
            stands = self._call(self.subscriber.get_subscription, *ask)
        except Gone:
            try:
                self._call(self.subscriber.create_subscription, wanted, _needs("create", wanted))
            except Exists:
                stands = self._call(self.subscriber.get_subscription, *ask)
            else:
                return Step(what, Outcome.MADE)
        _check_fixed(stands, wanted)
        fields = differing(stands, wanted)
        if not fields:
            return Step(what, Outcome.STOOD)
        change = {"subscription": wanted, "update_mask": {"paths": fields}}
        self._call(self.subscriber.update_subscription, change, _needs("update", wanted))
        return Step(f"{what} ({', '.join(fields)})", Outcome.MENDED)

    def _call(self, method: Any, request: Any, needs: str) -> Any:
        return call(method, request, needs, self.timeout)


def _needs(verb: str, wanted: types.Subscription) -> str:
    """Pub/Sub refuses for any of these and does not always say for which."""
    needs = [f"pubsub.subscriptions.{verb} on {wanted.name if verb == 'update' else project_of(wanted.name)}"]
    if verb == "create":
        needs.append(f"pubsub.topics.attachSubscription on {wanted.topic}")
    account = wanted.push_config.oidc_token.service_account_email
    if account:
        needs.append(f"iam.serviceAccounts.actAs on {account}")
    return ", or ".join(needs)


def _check_fixed(stands: types.Subscription, wanted: types.Subscription) -> None:
    """Raise NotChangeable where only another subscription would help."""
    elsewhere = ("bigquery_config", "cloud_storage_config", "bigtable_config")
    found = {
        f"belongs to {stands.topic} and not to {wanted.topic}": stands.topic != wanted.topic,
        "was detached from its topic": stands.detached,
        "has a filter": bool(stands.filter),
        "delivers elsewhere": any(name in stands for name in elsewhere),
    }
    reasons = [reason for reason, true in found.items() if true]
    if reasons:
        raise NotChangeable(
            f"{wanted.name} {' and '.join(reasons)}, which Pub/Sub cannot change. Delete it (gcloud pubsub "
            f"subscriptions delete {wanted.name}) and run this again, or use another name for it."
        )


def differing(stands: types.Subscription, wanted: types.Subscription) -> list[str]:
    """The fields of the subscription that are not as wanted, as an update mask names them."""
    fields = ("ack_deadline_seconds", "message_retention_duration", "retry_policy", "dead_letter_policy")
    found = [name for name in fields if getattr(stands, name) != getattr(wanted, name)]
    # The policy's absence, or a time in it, both mean an end.
    if "expiration_policy" not in stands or stands.expiration_policy.ttl:
        found.append("expiration_policy")
    if _delivery(stands.push_config) != _delivery(wanted.push_config):
        found.append("push_config")
    return found


def _delivery(push: types.PushConfig) -> tuple[str, str, str, bool]:
    # Pub/Sub adds attributes of its own, so that the whole is never equal.
    token = push.oidc_token
    return push.push_endpoint, token.service_account_email, token.audience, "no_wrapper" in push
