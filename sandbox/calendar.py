"""A small Google Calendar: the entries of each account's main calendar, by ids that the client may choose.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

import json
import re
import secrets
from typing import Any

from sandbox.errors import GoogleError, bad_request, not_found
from sandbox.gmail.call import Call

_BASE = "https://www.googleapis.com/auth/calendar"
OWNED = _BASE + ".events.owned"
WRITE = frozenset({_BASE, _BASE + ".events", OWNED})
READ = WRITE | {_BASE + ".readonly", _BASE + ".events.readonly"}

# Base32hex, as Google wants ids to be.
_ID = re.compile(r"[0-9a-v]{5,1024}")
_KEPT = ("summary", "description", "location", "start", "end", "status", "transparency", "reminders")


def insert(call: Call) -> dict[str, Any]:
    """events.insert: 409 where the id was ever used, also by an entry that is deleted now."""
    body = call.json()
    event_id = body.get("id") or secrets.token_hex(13)
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise bad_request("Invalid resource id value.", "invalid")
    fields = _merged({}, _fields(body))
    _check(fields)
    with call.account.lock:
        if _find(call, event_id) is not None:
            message = "The requested identifier already exists."
            raise GoogleError(409, message, "duplicate", "ALREADY_EXISTS")
        event = {"kind": "calendar#event", "id": event_id, "status": "confirmed", "sequence": 0}
        return _save(call, event | fields)


def get(call: Call) -> dict[str, Any]:
    """events.get, which shows deleted entries too."""
    return _known(call)


def patch(call: Call) -> dict[str, Any]:
    """events.patch: what is named is merged in, and a deleted entry that is confirmed comes back."""
    with call.account.lock:
        event = _known(call)
        merged = _merged(event, _fields(call.json()))
        _check(merged)
        moved = any(merged[name] != event[name] for name in ("start", "end"))
        return _save(call, {**merged, "sequence": event["sequence"] + moved})


def delete(call: Call) -> None:
    """events.delete: 410 for one that is deleted already."""
    with call.account.lock:
        event = _known(call)
        if event["status"] == "cancelled":
            raise GoogleError(410, "Resource has been deleted", "deleted", "FAILED_PRECONDITION")
        _save(call, {**event, "status": "cancelled"})


def listed(call: Call) -> dict[str, Any]:
    """events.list, in order of their beginning; deleted ones with `showDeleted`."""
    rows = call.world.store.query("SELECT body FROM calendar_events WHERE account_id = ?", (call.account.id,))
    events = [json.loads(body) for (body,) in rows]
    if not call.flag("showDeleted"):
        events = [event for event in events if event["status"] != "cancelled"]
    return {"kind": "calendar#events", "items": sorted(events, key=lambda event: json.dumps(event["start"]))}


def _fields(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in _KEPT if name in body}


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """As Google patches: an object goes into the one that stands, and null takes out.

    https://developers.google.com/workspace/calendar/api/guides/performance#patch
    """
    merged = dict(old)
    for name, value in new.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            stands = merged.get(name)
            merged[name] = _merged(stands if isinstance(stands, dict) else {}, value)
        else:
            merged[name] = value
    return merged


def _check(event: dict[str, Any]) -> None:
    for name in ("start", "end"):
        moment = event.get(name)
        if not isinstance(moment, dict) or not (moment.get("dateTime") or moment.get("date")):
            raise bad_request(f"Missing {name} time.", "required")
        if moment.get("dateTime") and moment.get("date"):
            raise bad_request(f"Invalid {name} time.", "invalid")


def _known(call: Call) -> dict[str, Any]:
    event = _find(call, call.path["id"])
    if event is None:
        raise not_found()
    return event


def _find(call: Call, event_id: str) -> dict[str, Any] | None:
    rows = call.world.store.query(
        "SELECT body FROM calendar_events WHERE account_id = ? AND id = ?", (call.account.id, event_id)
    )
    event: dict[str, Any] | None = json.loads(rows[0][0]) if rows else None
    return event


def _save(call: Call, event: dict[str, Any]) -> dict[str, Any]:
    call.world.store.write(
        "INSERT OR REPLACE INTO calendar_events VALUES (?, ?, ?)",
        (call.account.id, event["id"], json.dumps(event)),
    )
    call.world.store.flush()
    return event
