"""A Pub/Sub over gRPC on this machine: topics, subscriptions, policies, and messages that come again.

It keeps what matters of the real one: what is not acknowledged by its deadline is delivered again, a
refusal names nothing, a policy that changed meanwhile is not overwritten. Time can be moved by hand.
"""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.iam.v1 import iam_policy_pb2, policy_pb2
from google.protobuf import empty_pb2, timestamp_pb2
from google.pubsub_v1 import types
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

Handler = Callable[[Any, grpc.ServicerContext], Any]
Code = grpc.StatusCode


@dataclass
class Held:
    """One message of one subscription. `due` is when it may be delivered (again)."""

    message: types.PubsubMessage
    due: float
    ack_id: str = ""
    attempts: int = 0
    leased: bool = False


@dataclass
class FakePubSub:
    """The state, and what a test may order or look at."""

    host: str = ""
    topics: dict[str, types.Topic] = field(default_factory=dict)
    subscriptions: dict[str, types.Subscription] = field(default_factory=dict)
    policies: dict[str, Any] = field(default_factory=dict)
    messages: dict[str, list[Held]] = field(default_factory=dict)
    # What is refused, as a permission's name, and whether the refusal says which one is missing.
    denied: set[str] = field(default_factory=set)
    explains: bool = False
    # Whom no policy may name, and what the refusal then says.
    unwelcome: dict[str, tuple[Code, str]] = field(default_factory=dict)
    # An emulator has no policies.
    has_policies: bool = True
    # How many writes of a policy meet another's write just before.
    conflicts: int = 0
    # With what the next streams end as soon as they begin.
    broken_streams: list[Code] = field(default_factory=list)
    # Acknowledgements are lost on their way, as Google says that they may be.
    deaf: bool = False
    # Every call that changes something, in order.
    writes: list[str] = field(default_factory=list)
    acked: list[str] = field(default_factory=list)
    delivered: Counter[str] = field(default_factory=Counter)
    nacked: Counter[str] = field(default_factory=Counter)
    streams: int = 0

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = itertools.count(1)
        self._ahead = 0.0

    def now(self) -> float:
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass: deadlines end, back-offs too."""
        with self._changed:
            self._ahead += seconds
            self._changed.notify_all()

    def publish(self, topic: str, data: bytes) -> str:
        """Publish as Gmail does; return the message's id."""
        with self._changed:
            number = str(next(self._numbers))
            at = timestamp_pb2.Timestamp()
            at.GetCurrentTime()
            message = types.PubsubMessage(data=data, message_id=number, publish_time=at)
            for name, subscription in self.subscriptions.items():
                if subscription.topic == topic:
                    self.messages[name].append(Held(message, self.now()))
            self._changed.notify_all()
        return number

    def waiting(self, subscription: str) -> list[str]:
        """Ids of the messages that are not acknowledged."""
        with self._changed:
            return [held.message.message_id for held in self.messages[subscription]]

    def subscribe(self, subscription: str, topic: str, **more: Any) -> None:
        """Set up a topic and a subscription without asking whether one may."""
        self.topics[topic] = types.Topic(name=topic)
        made = types.Subscription(name=subscription, topic=topic, ack_deadline_seconds=10, **more)
        self.subscriptions[subscription] = made
        self.messages[subscription] = []

    # Topics and subscriptions.

    def get_topic(self, asked: types.GetTopicRequest, call: grpc.ServicerContext) -> types.Topic:
        self._may("pubsub.topics.get", call)
        return self._found(self.topics, asked.topic, call)

    def create_topic(self, asked: types.Topic, call: grpc.ServicerContext) -> types.Topic:
        self._may("pubsub.topics.create", call)
        return self._new(self.topics, asked, call)

    def get_subscription(
        self, asked: types.GetSubscriptionRequest, call: grpc.ServicerContext
    ) -> types.Subscription:
        self._may("pubsub.subscriptions.get", call)
        return self._found(self.subscriptions, asked.subscription, call)

    def create_subscription(
        self, asked: types.Subscription, call: grpc.ServicerContext
    ) -> types.Subscription:
        self._may("pubsub.subscriptions.create", call)
        self._found(self.topics, asked.topic, call)
        if asked.dead_letter_policy.dead_letter_topic:
            self._found(self.topics, asked.dead_letter_policy.dead_letter_topic, call)
        self.messages.setdefault(asked.name, [])
        return self._new(self.subscriptions, asked, call)

    def update_subscription(
        self, asked: types.UpdateSubscriptionRequest, call: grpc.ServicerContext
    ) -> types.Subscription:
        self._may("pubsub.subscriptions.update", call)
        stands = self._found(self.subscriptions, asked.subscription.name, call)
        fixed = {"name", "topic", "filter", "enable_message_ordering"}
        if not asked.update_mask.paths or fixed & set(asked.update_mask.paths):
            call.abort(Code.INVALID_ARGUMENT, "Invalid update_mask provided in the request.")
        for path in asked.update_mask.paths:
            self._copy(asked.subscription, stands, path)
        self.writes.append(f"update {stands.name} {','.join(asked.update_mask.paths)}")
        return stands

    @staticmethod
    def _copy(source: types.Subscription, target: types.Subscription, path: str) -> None:
        if path in source:
            setattr(target, path, getattr(source, path))
        else:
            type(target).pb(target).ClearField(path)

    # Policies.

    def get_iam_policy(self, asked: Any, call: grpc.ServicerContext) -> Any:
        self._may(f"pubsub.{asked.resource.split('/')[2]}.getIamPolicy", call)
        if not self.has_policies:
            call.abort(Code.UNIMPLEMENTED, "Method not found: google.iam.v1.IAMPolicy/GetIamPolicy")
        return self._policy(asked.resource)

    def set_iam_policy(self, asked: Any, call: grpc.ServicerContext) -> Any:
        self._may(f"pubsub.{asked.resource.split('/')[2]}.setIamPolicy", call)
        stands = self._policy(asked.resource)
        for member in self.unwelcome.keys() & {
            who for entry in asked.policy.bindings for who in entry.members
        }:
            call.abort(*self.unwelcome[member])
        if self.conflicts:
            self.conflicts -= 1
            stands.bindings.add(role="roles/viewer", members=[f"user:{self.conflicts}@example.com"])
            stands.etag = str(next(self._numbers)).encode()
        if asked.policy.etag != stands.etag:
            call.abort(Code.ABORTED, "There were concurrent policy changes.")
        stands.CopyFrom(asked.policy)
        stands.etag = str(next(self._numbers)).encode()
        self.writes.append(f"policy {asked.resource}")
        return stands

    def grant(self, resource: str, role: str, member: str) -> None:
        """Let something stand in a policy already."""
        self._policy(resource).bindings.add(role=role, members=[member])

    def granted(self, resource: str) -> set[tuple[str, str]]:
        """(role, member) of all that stands in a policy."""
        return {(entry.role, who) for entry in self._policy(resource).bindings for who in entry.members}

    def _policy(self, resource: str) -> Any:
        return self.policies.setdefault(resource, policy_pb2.Policy(version=1, etag=b"0"))

    # Messages.

    def streaming_pull(
        self, asked: Iterator[types.StreamingPullRequest], call: grpc.ServicerContext
    ) -> Iterator[types.StreamingPullResponse]:
        first = next(asked)
        self._may("pubsub.subscriptions.consume", call)
        subscription = self._found(self.subscriptions, first.subscription, call)
        if subscription.push_config.push_endpoint:
            call.abort(Code.FAILED_PRECONDITION, "Streaming pull is not possible on push subscriptions.")
        if self.broken_streams:
            call.abort(self.broken_streams.pop(0), "The service was unable to fulfill your request.")
        self.streams += 1
        call.add_callback(self._wake)
        while call.is_active():
            ready = self._deliver(first.subscription, first.stream_ack_deadline_seconds, call)
            if ready:
                yield types.StreamingPullResponse(received_messages=ready)

    def _deliver(self, name: str, seconds: int, call: grpc.ServicerContext) -> list[types.ReceivedMessage]:
        """Wait until messages are due or the stream has ended; lease what is due."""
        with self._changed:
            due = [held for held in self.messages[name] if held.due <= self.now()]
            if not due and call.is_active():
                coming = min((held.due for held in self.messages[name]), default=self.now() + 1)
                self._changed.wait(max(0.0, min(1.0, coming - self.now())))
                return []
            for held in due:
                held.ack_id = f"ack-{next(self._numbers)}"
                held.due = self.now() + seconds
                held.leased = True
                held.attempts += 1
                self.delivered[held.message.message_id] += 1
            return [
                types.ReceivedMessage(ack_id=h.ack_id, message=h.message, delivery_attempt=h.attempts)
                for h in due
            ]

    def acknowledge(self, asked: types.AcknowledgeRequest, call: grpc.ServicerContext) -> Any:
        with self._changed:
            for held in [] if self.deaf else self._leased(asked.subscription, asked.ack_ids):
                self.acked.append(held.message.message_id)
                self.messages[asked.subscription].remove(held)
            self._changed.notify_all()
        return empty_pb2.Empty()

    def modify_ack_deadline(self, asked: types.ModifyAckDeadlineRequest, call: grpc.ServicerContext) -> Any:
        with self._changed:
            retry = self.subscriptions[asked.subscription].retry_policy
            for held in self._leased(asked.subscription, asked.ack_ids):
                held.due = self.now() + asked.ack_deadline_seconds
                if asked.ack_deadline_seconds == 0:
                    held.leased = False
                    self.nacked[held.message.message_id] += 1
                    longest = retry.maximum_backoff.total_seconds()
                    held.due += min(retry.minimum_backoff.total_seconds() * 2**held.attempts, longest)
            self._changed.notify_all()
        return empty_pb2.Empty()

    def _leased(self, subscription: str, ack_ids: Any) -> list[Held]:
        # What was given out again since then, or was given back, is not its old holder's any more.
        return [h for h in self.messages[subscription] if h.leased and h.ack_id in set(ack_ids)]

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    # What all of them need.

    def _may(self, permission: str, call: grpc.ServicerContext) -> None:
        if permission not in self.denied:
            return
        told = status_pb2.Status(code=7, message="User not authorized to perform this action.")
        if self.explains:
            info = error_details_pb2.ErrorInfo(reason="IAM_PERMISSION_DENIED", domain="iam.googleapis.com")
            info.metadata.update(permission=permission, resource="//pubsub.googleapis.com/projects/other")
            told.details.add().Pack(info)
        call.abort_with_status(rpc_status.to_status(told))

    def _found(self, things: dict[str, Any], name: str, call: grpc.ServicerContext) -> Any:
        if name not in things:
            call.abort(Code.NOT_FOUND, f"Resource not found (resource={name.split('/')[-1]}).")
        return things[name]

    def _new(self, things: dict[str, Any], asked: Any, call: grpc.ServicerContext) -> Any:
        if asked.name in things:
            call.abort(Code.ALREADY_EXISTS, f"Resource already exists (resource={asked.name}).")
        things[asked.name] = asked
        self.writes.append(f"create {asked.name}")
        return asked


def _service(name: str, methods: dict[str, tuple[Handler, Any]], stream: Handler | None = None) -> Any:
    handlers = {
        method: grpc.unary_unary_rpc_method_handler(handler, _reader(asked), _bytes)
        for method, (handler, asked) in methods.items()
    }
    if stream is not None:
        read = _reader(types.StreamingPullRequest)
        handlers["StreamingPull"] = grpc.stream_stream_rpc_method_handler(stream, read, _bytes)
    return grpc.method_handlers_generic_handler(name, handlers)


def _reader(kind: Any) -> Callable[[bytes], Any]:
    read: Callable[[bytes], Any] = getattr(kind, "deserialize", None) or kind.FromString
    return read


def _bytes(answer: Any) -> bytes:
    plain = answer if hasattr(answer, "SerializeToString") else type(answer).pb(answer)
    written: bytes = plain.SerializeToString()
    return written


@contextmanager
def fake_pubsub() -> Iterator[FakePubSub]:
    """A fake that listens on a free port; `host` is what PUBSUB_EMULATOR_HOST must say."""
    fake = FakePubSub()
    publisher = {
        "GetTopic": (fake.get_topic, types.GetTopicRequest),
        "CreateTopic": (fake.create_topic, types.Topic),
    }
    subscriber = {
        "GetSubscription": (fake.get_subscription, types.GetSubscriptionRequest),
        "CreateSubscription": (fake.create_subscription, types.Subscription),
        "UpdateSubscription": (fake.update_subscription, types.UpdateSubscriptionRequest),
        "Acknowledge": (fake.acknowledge, types.AcknowledgeRequest),
        "ModifyAckDeadline": (fake.modify_ack_deadline, types.ModifyAckDeadlineRequest),
    }
    policies = {
        "GetIamPolicy": (fake.get_iam_policy, iam_policy_pb2.GetIamPolicyRequest),
        "SetIamPolicy": (fake.set_iam_policy, iam_policy_pb2.SetIamPolicyRequest),
    }
    server = grpc.server(futures.ThreadPoolExecutor(16))
    server.add_generic_rpc_handlers(
        (
            _service("google.pubsub.v1.Publisher", publisher),
            _service("google.pubsub.v1.Subscriber", subscriber, fake.streaming_pull),
            _service("google.iam.v1.IAMPolicy", policies),
        )
    )
    fake.host = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield fake
    finally:
        server.stop(None).wait()
