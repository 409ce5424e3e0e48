"""history.list: what changed since a history id."""

from typing import Any

from sandbox.errors import bad_page_token, bad_request, not_found
from sandbox.gmail.call import Call
from sandbox.model import HistoryRecord

KINDS = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def history(call: Call) -> dict[str, Any]:
    """users.history.list. `startHistoryId` is exclusive; the answer's historyId is the mailbox's newest."""
    start = call.request.query.get("startHistoryId", "")
    if not start:
        raise bad_request("Missing required parameter: startHistoryId", "required")
    after = _number(start, "start_history_id")
    token = call.request.query.get("pageToken", "")
    kinds = {_kind(name) for name in call.listed("historyTypes")}
    label = call.request.query.get("labelId", "")
    limit = call.number("maxResults", 100, 500)
    account = call.account
    with account.lock:
        if after < account.history_floor:
            raise not_found()
        shown, newest = account.visible_history(call.world.lags.history)
        index = account.first_after(_page(token) if token else after)
        found: list[HistoryRecord] = []
        while index < shown and len(found) <= limit:
            record = account.records[index]
            if (not kinds or record.kind in kinds) and (not label or _concerns(record, label)):
                found.append(record)
            index += 1
    answer: dict[str, Any] = {"historyId": str(newest)}
    if found:
        answer["history"] = [_shown(record) for record in found[:limit]]
    if len(found) > limit:
        answer["nextPageToken"] = str(found[limit - 1].id)
    return answer


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise bad_request(f"Invalid value at '{name}' (TYPE_UINT64), \"{text}\"")
    return int(text)


def _page(token: str) -> int:
    if not token.isascii() or not token.isdigit() or len(token) > 20:
        raise bad_page_token()
    return int(token)


def _kind(name: str) -> str:
    if name not in KINDS:
        raise bad_request(f"Invalid value at 'history_types' (TYPE_ENUM), \"{name}\"")
    return KINDS[name]


def _concerns(record: HistoryRecord, label: str) -> bool:
    return label in record.labels or label in record.changed


def _shown(record: HistoryRecord) -> dict[str, Any]:
    reference = {"id": record.message_id, "threadId": record.thread_id}
    full: dict[str, Any] = dict(reference)
    if record.labels:
        full["labelIds"] = list(record.labels)
    entry: dict[str, Any] = {"message": full}
    if record.kind.startswith("labels"):
        entry["labelIds"] = list(record.changed)
    return {"id": str(record.id), "messages": [reference], record.kind: [entry]}
