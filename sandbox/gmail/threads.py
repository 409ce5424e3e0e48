"""threads.list and threads.get."""

from typing import Any

from sandbox.errors import not_found
from sandbox.gmail.call import Call
from sandbox.gmail.find import candidates, page_token, read_page_token
from sandbox.gmail.messages import read_format, shown
from sandbox.model import Message


def list_threads(call: Call) -> dict[str, Any]:
    """users.threads.list: threads with a mail that fits, the one with the newest such mail first."""
    limit = call.number("maxResults", 100, 500)
    last = read_page_token(call.request.query.get("pageToken", ""))
    account = call.account
    found: dict[str, Message] = {}
    with account.lock:
        # A thread stands where its newest fitting mail stands; pages after that pass over it.
        earlier = set() if last is None else _threads_before(call, last.id)
        for message in candidates(call, last):
            if message.thread_id not in earlier:
                found.setdefault(message.thread_id, message)
            if len(found) > limit:
                break
        threads = []
        for thread_id in list(found)[:limit]:
            newest = account.messages[account.threads[thread_id][-1]]
            entry = {"id": thread_id, "snippet": newest.facts.snippet}
            threads.append(entry | {"historyId": str(_history_id(call, thread_id))})
    answer: dict[str, Any] = {"resultSizeEstimate": len(found)}
    if threads:
        answer["threads"] = threads
    if len(found) > limit:
        answer["nextPageToken"] = page_token(list(found.values())[limit - 1])
    return answer


def get_thread(call: Call) -> dict[str, Any]:
    """users.threads.get: its messages, oldest first."""
    wanted, headers = read_format(call)
    account = call.account
    with account.lock:
        members = account.threads.get(call.path["id"])
        if not members:
            raise not_found()
        messages = [shown(account, account.messages[m], wanted, headers) for m in members]
        history_id = _history_id(call, call.path["id"])
    return {"id": call.path["id"], "historyId": str(history_id), "messages": messages}


def _history_id(call: Call, thread_id: str) -> int:
    account = call.account
    return max(account.messages[member].history_id for member in account.threads[thread_id])


def _threads_before(call: Call, last_id: str) -> set[str]:
    found: set[str] = set()
    for message in candidates(call, None):
        found.add(message.thread_id)
        if message.id == last_id:
            break
    return found
