"""Sorts what comes back from a failed call into our errors.

https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

import datetime as dt
import json
import re
from typing import Any

import google.auth.exceptions
import httplib2
from googleapiclient.errors import BatchError, HttpError

from hearback.gmail.errors import (
    BadRequest,
    GmailError,
    Gone,
    Limited,
    Refused,
    Scope,
    Transient,
    Unauthorized,
    WatchTaken,
)

# What a call may raise when Google or the way to it fails.
CALL_FAULTS = (
    HttpError,
    BatchError,
    httplib2.HttpLib2Error,
    google.auth.exceptions.GoogleAuthError,
    OSError,
)

# Reasons of a 403 that mean "slower", not "never", and whom they mean.
RATE_REASONS = {
    "userRateLimitExceeded": Scope.USER,
    "rateLimitExceeded": Scope.PROJECT,
    "quotaExceeded": Scope.PROJECT,
    "dailyLimitExceeded": Scope.PROJECT,
}
# Reasons of a 400 that are about the account and not about our request.
ACCOUNT_REASONS = frozenset({"failedPrecondition"})
_ONE_CLIENT = "Only one user push notification client"
_RETRY_AFTER = re.compile(r"[Rr]etry after (\d{4}-\d\d-\d\dT[\d:.]+Z)")


def typed(fault: Exception) -> GmailError:
    """Sort a fault by what there is to do about it."""
    if isinstance(fault, HttpError):
        return _typed_answer(fault)
    if isinstance(fault, google.auth.exceptions.RefreshError):
        # google-auth met a 401 and had no refresh token: renewing is the caller's, who keeps tokens.
        return Unauthorized("access token refused")
    return Transient(type(fault).__name__, quick=not isinstance(fault, TimeoutError))


def _typed_answer(fault: HttpError) -> GmailError:
    status = int(fault.resp.status)
    reason, message = _said(fault)
    if status == 404:
        return Gone(reason)
    if status == 401:
        return Unauthorized(reason)
    if status == 429:
        return Limited(f"HTTP 429 {reason}", Scope.USER, _retry_after(fault, message))
    if status == 403 and reason in RATE_REASONS:
        return Limited(f"HTTP 403 {reason}", RATE_REASONS[reason], _retry_after(fault, message))
    if status >= 500:
        after = _retry_after(fault, message)
        return Transient(f"HTTP {status} {reason}", after, quick=after is None)
    if _ONE_CLIENT in message:
        return WatchTaken(reason)
    if status == 400 and reason not in ACCOUNT_REASONS:
        return BadRequest(f"HTTP 400 {reason}")
    return Refused(f"HTTP {status} {reason}")


def _said(fault: HttpError) -> tuple[str, str]:
    """Google's own word for the error, and its message. The message may name the user: never log it."""
    try:
        error: dict[str, Any] = json.loads(fault.content)["error"]
        return str(error["errors"][0]["reason"])[:80], str(error.get("message", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return "unknown", ""


def _retry_after(fault: HttpError, message: str) -> float | None:
    """Seconds to wait, from the header or from the message ("Retry after 2026-01-31T10:00:00.000Z")."""
    header = str(fault.resp.get("retry-after", ""))
    if header.isdecimal():
        return float(header)
    if found := _RETRY_AFTER.search(message):
        try:
            until = dt.datetime.fromisoformat(found.group(1))
        except ValueError:
            return None
        return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
    return None
