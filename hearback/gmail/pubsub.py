"""Pub/Sub as we need it: typed errors, a time-out on every call, and a stream of messages.

Google's own library; it goes to PUBSUB_EMULATOR_HOST (host:port) where that is set.
https://cloud.google.com/pubsub/docs/pull#streamingpull
"""

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent import futures
from typing import Any

import google.auth.exceptions
from google.api_core import exceptions
from google.api_core.retry import Retry, if_exception_type

# This part of the library says nothing of its types.
from google.cloud.pubsub_v1 import SubscriberClient, types  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.subscriber.message import Message  # type: ignore[import-untyped]
from google.cloud.pubsub_v1.subscriber.scheduler import ThreadScheduler  # type: ignore[import-untyped]

from hearback.gmail.errors import GmailError, Gone, Refused, Transient

TIMEOUT_SECONDS = 10.0
# A message is one trip to Redis or one short statement: few threads keep up with many mailboxes.
THREADS = 4
# What we hold and have not done when we are killed comes again only after its deadline.
HELD_MESSAGES = 64
HELD_BYTES = 1024 * 1024
# More than the library needs to end a stream that stands: it waits a second for its own thread.
IDLE_SECONDS = 2.0
CONSUME = "pubsub.subscriptions.consume"


class MissingPermission(Refused):
    """Our account may not do this; the message names the permission, and on what it is missing."""


class NoCredentials(Refused):
    """There are no Google credentials on this machine, or Google does not take them."""


class NotChangeable(Refused):
    """Something stands that is not as wanted and that Pub/Sub cannot change; the message says what to do."""


class Exists(Refused):
    """What was to be made is there already."""


class NotOffered(Refused):
    """This Pub/Sub has no such method: an emulator has no IAM policies."""


class Conflict(Transient):
    """Another changed the same thing meanwhile: read it again, and change that."""


class Unreachable(Transient):
    """Pub/Sub does not answer."""


Fault = exceptions.GoogleAPIError | google.auth.exceptions.GoogleAuthError
FAULTS = (exceptions.GoogleAPIError, google.auth.exceptions.GoogleAuthError)

LOGIN = (
    "Run `gcloud auth application-default login`, or name a service account's key file in "
    "GOOGLE_APPLICATION_CREDENTIALS."
)


def call(method: Callable[..., Any], request: Any, needs: str, timeout: float = TIMEOUT_SECONDS) -> Any:
    """One call; `needs` names the permission and on what, as a refusal shall say it. Raises GmailError.

    Only "unavailable" is tried again here, for as long as the time-out.
    """
    again = Retry(
        predicate=if_exception_type(exceptions.ServiceUnavailable),
        initial=0.1,
        maximum=2.0,
        timeout=timeout,
    )
    try:
        return method(request=request, retry=again, timeout=timeout)
    except FAULTS as fault:
        raise typed(fault, needs) from fault


def typed(fault: Fault, needs: str) -> GmailError:
    """Sort a fault by what there is to do about it."""
    if isinstance(fault, exceptions.RetryError) and isinstance(fault.cause, exceptions.GoogleAPICallError):
        fault = fault.cause
    words = str(getattr(fault, "message", "") or fault)
    if isinstance(fault, google.auth.exceptions.TransportError):
        return Unreachable(f"Google's sign-in cannot be reached: {words}")
    # gRPC says of credentials that cannot be renewed that the service is unavailable.
    unproved = (google.auth.exceptions.GoogleAuthError, exceptions.Unauthenticated)
    if isinstance(fault, unproved) or "metadata from plugin" in words:
        return NoCredentials(f"Google takes no credentials from here: {words} {LOGIN}")
    if isinstance(fault, exceptions.PermissionDenied):
        return MissingPermission(f"Missing permission: {_missing(fault, needs)} ({words})")
    if isinstance(fault, exceptions.NotFound):
        return Gone(words)
    if isinstance(fault, exceptions.AlreadyExists):
        return Exists(words)
    if isinstance(fault, exceptions.MethodNotImplemented):
        return NotOffered(words)
    if isinstance(fault, exceptions.Aborted):
        return Conflict(words)
    if isinstance(fault, exceptions.ClientError) and not isinstance(fault, _FOR_A_TIME):
        return Refused(words)
    return Unreachable(f"Pub/Sub does not answer: {words}")


# These are in the library's family of the caller's own mistakes, and pass by themselves.
_FOR_A_TIME = (exceptions.TooManyRequests, exceptions.Cancelled)


def _missing(fault: exceptions.PermissionDenied, needs: str) -> str:
    """Google's own word for what is missing, where it gives one; else what the call is known to need."""
    told = fault.metadata or {}
    permission = told.get("permission")
    if not permission:
        return needs
    resource = told.get("resource", "").removeprefix("//pubsub.googleapis.com/")
    return f"{permission} on {resource}" if resource else str(permission)


class Stream:
    """Messages of a subscription, handed to `take` on a few threads, until it is stopped or fails.

    `take(data, published)` says whether the message is done with; one that is not comes again.
    `failed` is called once, if at all. The library opens the stream again by itself after most faults
    that pass; what it gives up comes as GmailError, a fault of ours as it is.
    """

    def __init__(
        self,
        subscription: str,
        take: Callable[[bytes, dt.datetime], bool],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._subscription = subscription
        self._take = take
        self._failed = failed
        self._in_hand: set[str] = set()
        try:
            self._client = SubscriberClient()
        except FAULTS as fault:
            raise typed(fault, f"{CONSUME} on {subscription}") from fault
        self._future = self._client.subscribe(
            subscription,
            callback=self._one,
            flow_control=types.FlowControl(max_messages=HELD_MESSAGES, max_bytes=HELD_BYTES),
            scheduler=ThreadScheduler(futures.ThreadPoolExecutor(THREADS, "pull")),
            await_callbacks_on_shutdown=True,
        )
        self._future.add_done_callback(self._done)

    def stop(self, seconds: float) -> bool:
        """Take no more, finish what was begun, send its acknowledgements; whether that was done in time."""
        self._future.cancel()
        end = time.monotonic() + seconds
        while futures.wait([self._future], timeout=IDLE_SECONDS).not_done:
            # With nothing in hand there is nothing to wait for but the library itself, which holds its
            # lock for up to half an hour while it opens a stream to a Pub/Sub that does not answer.
            if not self._in_hand or time.monotonic() > end:
                break
        # Closing makes the library try once more to open what we close, for which it waits its turn.
        threading.Thread(target=self._client.close, name="pull-close", daemon=True).start()
        return not self._in_hand

    def _one(self, message: Message) -> None:
        # What `take` raises is a fault of ours: the library gives the message back and ends the stream.
        self._in_hand.add(message.ack_id)
        try:
            done = self._take(message.data, message.publish_time)
        finally:
            self._in_hand.discard(message.ack_id)
        if done:
            message.ack()
        else:
            message.nack()

    def _done(self, future: Any) -> None:
        fault = future.exception()
        if isinstance(fault, FAULTS):
            fault = typed(fault, f"{CONSUME} on {self._subscription}")
        if fault is not None:
            self._failed(fault)
