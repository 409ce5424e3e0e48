"""Reads an answer's head: what its status means to a run, when to come back, and how it is written."""

import datetime as dt
import json
import re
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from hearback.boards.faults import BoardFault, Fault

# Longer waits are mistakes or refusals; the next day is soon enough to look again.
LONGEST_RETRY = 86_400.0
# A page of a guard that lets only browsers through, instead of the board.
_GUARDED = ("cf-mitigated", "x-datadome", "x-amzn-waf-action")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{2,40})""", re.IGNORECASE)


def check_status(response: requests.Response) -> None:
    """Raise the fault that the answer's status tells of, if it tells of one."""
    status = response.status_code
    if 200 <= status < 300:
        return
    if status == 429:
        raise BoardFault(
            Fault.LIMITED, "The board allows no more calls for now (429).", retry_after(response.headers)
        )
    if status == 401:
        raise BoardFault(Fault.UNAUTHORISED, "The board does not accept the key (401).")
    if status in {403, 451} or any(name in response.headers for name in _GUARDED):
        raise BoardFault(Fault.BLOCKED, f"The board blocks us ({status}).", retry_after(response.headers))
    if status in {404, 410}:
        raise BoardFault(Fault.GONE, f"The board has nothing at this address ({status}).")
    if status == 408 or status >= 500:
        raise BoardFault(Fault.DOWN, f"The board is down ({status}).", retry_after(response.headers))
    raise BoardFault(Fault.SHAPE, f"The board refused the question ({status}).")


def retry_after(headers: requests.structures.CaseInsensitiveDict[str]) -> float | None:
    """Seconds until the board wants to be asked again, which it gives as seconds or as a date."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return min(float(text), LONGEST_RETRY)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return min(max((when - dt.datetime.now(dt.UTC)).total_seconds(), 0.0), LONGEST_RETRY)


def text_of(response: requests.Response) -> str:
    """The answer as text: as its head says, else as its page says, else UTF-8."""
    body = response.content
    said = re.search(r"charset=[\"']?([\w-]{2,40})", response.headers.get("Content-Type", ""), re.IGNORECASE)
    marked = None if said else _CHARSET.search(body[:2048])
    name = said[1] if said else marked[1].decode("ascii") if marked else "utf-8"
    try:
        return body.decode(name, errors="replace").removeprefix("\ufeff")
    except LookupError:
        return body.decode("utf-8", errors="replace").removeprefix("\ufeff")


def json_of(response: requests.Response) -> Any:
    """The answer as JSON; raise BoardFault where it is none."""
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        pass
    try:
        # Some say only in their head that they do not write UTF-8.
        return json.loads(text_of(response))
    except (ValueError, RecursionError):
        start = response.content[:512].lstrip().lower()
        what = "a web page" if start.startswith((b"<!doctype", b"<html")) else "something else"
        raise BoardFault(Fault.SHAPE, f"The board answered {what} instead of JSON.") from None
