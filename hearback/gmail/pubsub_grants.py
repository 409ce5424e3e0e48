"""Who may publish and who may consume: entries in the IAM policies of topics and subscriptions.

https://cloud.google.com/pubsub/docs/access-control
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from google.pubsub_v1 import PublisherClient, SubscriberClient

from hearback.gmail.errors import Refused
from hearback.gmail.pubsub import Conflict, MissingPermission, NotOffered, call

# Gmail publishes as this account, for every project:
# https://developers.google.com/workspace/gmail/api/guides/push
GMAIL = "serviceAccount:gmail-api-push@system.gserviceaccount.com"
PUBLISHER = "roles/pubsub.publisher"
SUBSCRIBER = "roles/pubsub.subscriber"
TRIES = 5
# Older forms of a policy leave out conditions, and writing them back would drop those.
POLICY_VERSION = 3

Side = PublisherClient | SubscriberClient


class Outcome(StrEnum):
    """What became of one thing that must stand."""

    MADE = "made"
    MENDED = "mended"
    STOOD = "stood"
    BY_HAND = "to do by hand"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must stand, and what became of it."""

    what: str
    outcome: Outcome


def gmail_grant(side: Side, topic: str, timeout: float) -> Step:
    """Let Gmail publish to the topic."""
    what = f"Gmail's right to publish to {topic}"
    try:
        return Step(what, _grant(side, topic, PUBLISHER, GMAIL, timeout))
    except NotOffered:
        return _by_hand(what, topic, PUBLISHER, GMAIL, "there are no policies here, as in an emulator")
    except MissingPermission:
        raise
    except Refused as fault:
        raise Refused(
            f"{topic} may not be published to by {GMAIL}: {fault} Where an organization shares with its own "
            "domain only, an exception from iam.allowedPolicyMemberDomains must be made for this project."
        ) from fault


def agent_grant(side: Side, resource: str, role: str, project_number: str | None, timeout: float) -> Step:
    """Let Pub/Sub itself move dead letters; where that cannot be done, say what to do by hand."""
    word = "publish to" if role == PUBLISHER else "consume"
    what = f"Pub/Sub's own right to {word} {resource}"
    agent = (
        f"serviceAccount:service-{project_number or 'PROJECT_NUMBER'}@gcp-sa-pubsub.iam.gserviceaccount.com"
    )
    if project_number is None:
        return _by_hand(what, resource, role, agent, "the project's number is not known")
    try:
        return Step(what, _grant(side, resource, role, agent, timeout))
    except MissingPermission:
        raise
    except Refused as fault:
        # The account comes into being with the project's first use of Pub/Sub, sometimes a little later.
        return _by_hand(what, resource, role, agent, str(fault))


def _by_hand(what: str, resource: str, role: str, member: str, reason: str) -> Step:
    kind = resource.split("/")[2]
    command = f"gcloud pubsub {kind} add-iam-policy-binding {resource} --member={member} --role={role}"
    return Step(f"{what}, because {reason}: {command}", Outcome.BY_HAND)


def _grant(side: Side, resource: str, role: str, member: str, timeout: float) -> Outcome:
    """Add the member to the role and leave the rest of the policy as it is."""
    kind = f"pubsub.{resource.split('/')[2]}"
    ask = {"resource": resource, "options": {"requested_policy_version": POLICY_VERSION}}
    for _ in range(TRIES):
        policy = call(side.get_iam_policy, ask, f"{kind}.getIamPolicy on {resource}", timeout)
        if not _add(policy, role, member):
            return Outcome.STOOD
        try:
            # The etag that came with the policy goes back with it: whoever changed it meanwhile wins.
            write = {"resource": resource, "policy": policy}
            call(side.set_iam_policy, write, f"{kind}.setIamPolicy on {resource}", timeout)
        except Conflict:
            continue
        return Outcome.MADE
    raise Conflict(f"The policy of {resource} keeps being changed by others. Run this again.")


def _add(policy: Any, role: str, member: str) -> bool:
    """Put the member into the policy; False when it is there. An entry under a condition does not count."""
    entries = [b for b in policy.bindings if b.role == role and not b.HasField("condition")]
    if any(member in entry.members for entry in entries):
        return False
    entry = entries[0] if entries else policy.bindings.add(role=role)
    entry.members.append(member)
    return True
