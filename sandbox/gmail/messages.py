"""messages.list, get, modify, trash, delete, attachments.get."""

from itertools import islice
from typing import Any

from sandbox import mime as mimes
from sandbox.account import Account
from sandbox.errors import bad_request, forbidden
from sandbox.gmail.call import Call, strings
from sandbox.gmail.find import candidates, page_token, read_page_token
from sandbox.gmail.scopes import metadata_only
from sandbox.model import FIXED_LABELS, Message

FORMATS = {"full", "metadata", "minimal", "raw"}


def list_messages(call: Call) -> dict[str, Any]:
    """users.messages.list: ids and thread ids, newest first."""
    limit = call.number("maxResults", 100, 500)
    last = read_page_token(call.request.query.get("pageToken", ""))
    with call.account.lock:
        found = list(islice(candidates(call, last), limit + 1))
    answer: dict[str, Any] = {"resultSizeEstimate": len(found)}
    if found:
        answer["messages"] = [{"id": m.id, "threadId": m.thread_id} for m in found[:limit]]
    if len(found) > limit:
        answer["nextPageToken"] = page_token(found[limit - 1])
    return answer


def get_message(call: Call) -> dict[str, Any]:
    """users.messages.get in one of four formats."""
    wanted, headers = read_format(call)
    with call.account.lock:
        message = call.account.get(call.path["id"])
        return shown(call.account, message, wanted, headers)


def read_format(call: Call) -> tuple[str, list[str]]:
    """The format asked for, which the scopes must allow, and the headers to show in `metadata`."""
    wanted = call.request.query.get("format", "full").lower()
    if wanted not in FORMATS:
        raise bad_request(f"Invalid value at 'format' (TYPE_ENUM), \"{wanted}\"")
    if metadata_only(call.scopes) and wanted in {"full", "raw"}:
        raise forbidden(f"Metadata scope doesn't allow format {wanted.upper()}")
    return wanted, [name.lower() for name in call.listed("metadataHeaders")]


def shown(account: Account, message: Message, wanted: str, headers: list[str]) -> dict[str, Any]:
    """The Message resource of Gmail in a format. Hold the account's lock."""
    answer: dict[str, Any] = {"id": message.id, "threadId": message.thread_id}
    if message.labels:
        answer["labelIds"] = list(message.labels)
    answer["snippet"] = message.facts.snippet
    if wanted == "raw":
        answer["raw"] = mimes.encode(account.raw(message.id))
    elif wanted == "full":
        answer["payload"] = mimes.payload(mimes.parse(account.raw(message.id)))
    elif wanted == "metadata":
        full = mimes.payload(mimes.parse_head(account.raw(message.id)))
        found = [h for h in full["headers"] if not headers or h["name"].lower() in headers]
        answer["payload"] = {"mimeType": full["mimeType"], "headers": found}
    answer["sizeEstimate"] = message.facts.size
    answer["historyId"] = str(message.history_id)
    answer["internalDate"] = str(message.internal_date)
    return answer


def attachment(call: Call) -> dict[str, Any]:
    """users.messages.attachments.get."""
    with call.account.lock:
        call.account.get(call.path["messageId"])
        raw = call.account.raw(call.path["messageId"])
    data = mimes.attachment(mimes.parse(raw), call.path["id"])
    if data is None:
        raise bad_request("Invalid attachment token")
    return {"size": len(data), "data": mimes.encode(data)}


def modify_message(call: Call) -> dict[str, Any]:
    """users.messages.modify."""
    body = call.json()
    add, remove = strings(body, "addLabelIds"), strings(body, "removeLabelIds")
    if not add and not remove:
        raise bad_request("No label add or removes specified")
    if fixed := FIXED_LABELS.intersection([*add, *remove]):
        raise bad_request(f"Invalid label: {sorted(fixed)[0]}")
    return _changed(call, add, remove)


def trash_message(call: Call) -> dict[str, Any]:
    """users.messages.trash."""
    return _changed(call, ["TRASH"], ["INBOX", "SPAM"])


def untrash_message(call: Call) -> dict[str, Any]:
    """users.messages.untrash."""
    return _changed(call, [], ["TRASH"])


def delete_message(call: Call) -> None:
    """users.messages.delete: for good, not into the trash."""
    with call.account.lock:
        call.account.delete(call.path["id"])
    call.world.commit(call.account)


def _changed(call: Call, add: list[str], remove: list[str]) -> dict[str, Any]:
    account = call.account
    with account.lock:
        message = account.modify(call.path["id"], add, remove)
        answer = {"id": message.id, "threadId": message.thread_id}
        found = answer | {"labelIds": list(message.labels)}
    call.world.commit(account)
    return found
