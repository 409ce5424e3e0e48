"""labels.list, labels.get, labels.create."""

from typing import Any

from sandbox.account import Account
from sandbox.errors import GoogleError, bad_request, not_found
from sandbox.gmail.call import Call
from sandbox.model import Key, Label


def list_labels(call: Call) -> dict[str, Any]:
    """users.labels.list, without counts, as at Gmail."""
    return {"labels": [_shown(label) for label in list(call.account.labels.values())]}


def get_label(call: Call) -> dict[str, Any]:
    """users.labels.get, with counts."""
    label = call.account.labels.get(call.path["id"])
    if label is None:
        raise not_found()
    with call.account.lock:
        return _shown(label) | _counts(call.account, label.id)


def create_label(call: Call) -> dict[str, Any]:
    """users.labels.create."""
    name = str(call.json().get("name", "")).strip()
    if not name:
        raise bad_request("Invalid label name")
    account = call.account
    with account.lock:
        if any(label.name.lower() == name.lower() for label in account.labels.values()):
            raise GoogleError(409, "Label name exists or conflicts", "aborted", "ABORTED")
        label = account.create_label(name)
    call.world.commit(account)
    return _shown(label)


def _shown(label: Label) -> dict[str, Any]:
    found = {"id": label.id, "name": label.name, "type": "system" if label.system else "user"}
    if label.system and label.id not in {"INBOX", "SENT", "UNREAD", "STARRED", "DRAFT"}:
        found |= {"messageListVisibility": "hide", "labelListVisibility": "labelHide"}
    return found


def _counts(account: Account, label_id: str) -> dict[str, int]:
    keys = account.by_label.get(label_id, [])
    unread = [key for key in keys if "UNREAD" in account.messages[key.id].labels]
    return {
        "messagesTotal": len(keys),
        "messagesUnread": len(unread),
        "threadsTotal": _threads(account, keys),
        "threadsUnread": _threads(account, unread),
    }


def _threads(account: Account, keys: list[Key]) -> int:
    return len({account.messages[key.id].thread_id for key in keys})
