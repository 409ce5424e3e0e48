"""getProfile, watch, stop: a mailbox as a whole."""

from typing import Any

from sandbox.errors import GoogleError, bad_request, watch_taken
from sandbox.gmail.call import Call, strings
from sandbox.model import Watch

WATCH_MS = 7 * 24 * 3600 * 1000


def profile(call: Call) -> dict[str, Any]:
    """users.getProfile; its historyId is the mailbox's newest even while history lags."""
    account = call.account
    return {
        "emailAddress": account.address,
        "messagesTotal": len(account.messages),
        "threadsTotal": len(account.threads),
        "historyId": str(account.history_id),
    }


def watch(call: Call) -> dict[str, Any]:
    """users.watch: renews a watch of the same topic, lasts seven days, and sends a first push at once."""
    body = call.json()
    labels = strings(body, "labelIds")
    behavior = body.get("labelFilterBehavior", body.get("labelFilterAction", "include"))
    if str(behavior).lower() not in {"include", "exclude"}:
        raise bad_request(f"Invalid value at 'label_filter_behavior', \"{behavior}\"")
    topic = str(body.get("topicName", ""))
    _check_topic(topic, call.world.topic)
    account = call.account
    with account.lock:
        for label in labels:
            if label not in account.labels:
                raise bad_request(f"Invalid label: {label}")
        at, stands = call.world.clock.ms(), account.watch
        if stands is not None and stands.expires > at and stands.topic not in {"", topic}:
            raise watch_taken()
        expires = at + WATCH_MS
        account.watch = Watch(expires, labels, str(behavior).lower() == "exclude", topic)
        account.save()
        history_id = account.history_id
        if call.world.push_options.on_watch:
            account.unannounced.append(history_id)
    call.world.commit(account)
    return {"historyId": str(history_id), "expiration": str(expires)}


def stop(call: Call) -> None:
    """users.stop: no more pushes. Stopping twice is no error."""
    with call.account.lock:
        call.account.watch = None
        call.account.save()
    call.world.commit(call.account)


def _check_topic(name: str, known: str) -> None:
    parts = name.split("/")
    if len(parts) != 4 or (parts[0], parts[2]) != ("projects", "topics") or not all(parts):
        raise bad_request(f"Invalid topicName does not match projects/*/topics/*: {name}")
    project = known.split("/")[1]
    if parts[1] != project:
        raise bad_request(f"Invalid topicName does not match projects/{project}/topics/*")
    if name != known:
        message = (
            f"Error sending test message to Cloud PubSub {name} : Resource not found (resource={parts[3]})."
        )
        raise GoogleError(404, message, "notFound", "NOT_FOUND")
