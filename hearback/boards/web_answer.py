"""Reads an answer's head: what its status means to a run, when to come back, and how it is written."""

import codecs
import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.web_json import read_json, read_json_text

# Longer waits are mistakes or refusals; the next day is soon enough to look again.
LONGEST_RETRY = 86_400.0
# However long a board says, in seconds: a feed that held for a year would bring no new job.
LONGEST_HOLD = 5 * 3_600
# A page of a guard that lets only browsers through, instead of the board.
_GUARDED = ("cf-mitigated", "x-datadome", "x-amzn-waf-action")
# Names of codecs that no page is written in: some fail where others replace, or take long.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "utf-7", "unicode-escape", "raw-unicode-escape"})
_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d+)\"?", re.IGNORECASE)
# Whether an older answer may stand in is for us to say, and to tell.
_STALE = re.compile(r"\bstale-(?:while-revalidate|if-error)\b(?:\s*=\s*\"?\d*\"?)?", re.IGNORECASE)
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
    except (ValueError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return min(max((when - dt.datetime.now(dt.UTC)).total_seconds(), 0.0), LONGEST_RETRY)


def bound_hold(headers: requests.structures.CaseInsensitiveDict[str]) -> None:
    """Make what a head says of how long its answer holds fit to be reckoned with.

    An answer that is old at once, and has nothing to ask "not modified" by, would not be kept at all, and
    none would stand in while the board is down: it holds for a second.
    """
    said = _STALE.sub("", headers.get("Cache-Control", ""))
    said = _AGE.sub(lambda age: f"max-age={min(int(age[1][:9]), LONGEST_HOLD)}", said)
    try:
        parsedate_to_datetime(headers.get("Expires", "")).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        headers.pop("Expires", None)
    lasting = "ETag" in headers or "Last-Modified" in headers or "no-store" in said.lower()
    if not lasting and re.search(r"\bno-cache\b|\bmax-age=0\b", said, re.IGNORECASE):
        said = "max-age=1"
    if said:
        headers["Cache-Control"] = said


def text_of(response: requests.Response) -> str:
    """The answer as text: as its first bytes, its head or its page say, else as browsers take it."""
    body = response.content
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    said = re.search(r"charset=[\"']?([\w-]{2,40})", response.headers.get("Content-Type", ""), re.IGNORECASE)
    marked = None if said else _CHARSET.search(body[:2048])
    name = said[1] if said else marked[1].decode("ascii") if marked else _unsaid(body)
    return body.decode(_charset(name), errors="replace").removeprefix("\ufeff")


def _unsaid(body: bytes) -> str:
    """What browsers take for the charset where none is named."""
    try:
        # A page that was cut may end within a letter.
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except ValueError:
        return "cp1252"
    return "utf-8"


def _charset(name: str) -> str:
    """A name that Python decodes texts by; UTF-8 for what is none."""
    try:
        known = codecs.lookup(name).name
        b"x".decode(known, errors="replace")
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if known.replace("_", "-") in _NO_CHARSETS else known


def json_of(response: requests.Response) -> Any:
    """The answer as JSON; raise BoardFault where it is none."""
    try:
        return read_json(response.content)
    except ValueError:
        pass
    try:
        # Some say only in their head that they do not write UTF-8.
        return read_json_text(text_of(response))
    except ValueError:
        start = response.content[:512].lstrip().lower()
        what = "a web page" if start.startswith((b"<!doctype", b"<html")) else "something else"
        raise BoardFault(Fault.SHAPE, f"The board answered {what} instead of JSON.") from None
