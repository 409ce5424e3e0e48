"""Sorts what comes back from a failed call into our errors.

https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

import datetime as dt
import http.client
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

UNKNOWN = "unknown"
# What a call may raise when Google or the way to it fails.
CALL_FAULTS = (
    HttpError,
    BatchError,
    httplib2.HttpLib2Error,
    google.auth.exceptions.GoogleAuthError,
    # An answer that breaks off in its middle is no OSError.
    http.client.HTTPException,
    OSError,
)

# Reasons of a 403 that mean "slower", not "never", and whom they mean.
RATE_REASONS = {
    "userRateLimitExceeded": Scope.USER,
    "rateLimitExceeded": Scope.PROJECT,
    "quotaExceeded": Scope.PROJECT,
    "dailyLimitExceeded": Scope.PROJECT,
}
# Gmail gives the project's reason to one user's limit too, and then only its text tells them apart:
# "User-rate limit exceeded.  Retry after ..." and "... limit 'Queries per minute per user' of ...".
_ONE_USER = re.compile(r"\bUser-rate limit\b|\bper user\b")
# A day's limit does not end in seconds, and Google does not say when it does.
DAY_SECONDS = 600.0
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
    if status == 401:
        return Unauthorized(reason)
    if status == 429 or (status == 403 and reason in RATE_REASONS):
        return _limited(fault, status, reason, message)
    if status >= 500:
        after = _retry_after(fault, message)
        return Transient(f"HTTP {status} {reason}", after, quick=after is None)
    if reason == UNKNOWN:
        # Not Gmail's own answer but that of something on the way: no mail is given up on its word.
        return Transient(f"HTTP {status} without Gmail's reason")
    if status == 404:
        return Gone(reason)
    if _ONE_CLIENT in message:
        return WatchTaken(reason)
    if status == 400 and reason not in ACCOUNT_REASONS:
        return BadRequest(f"HTTP 400 {reason}")
    return Refused(f"HTTP {status} {reason}")


def _limited(fault: HttpError, status: int, reason: str, message: str) -> Limited:
    one_user = status == 429 or _ONE_USER.search(message)
    scope = Scope.USER if one_user else RATE_REASONS[reason]
    after = _retry_after(fault, message)
    if after is None and reason == "dailyLimitExceeded":
        after = DAY_SECONDS
    return Limited(f"HTTP {status} {reason}", scope, after)


def _said(fault: HttpError) -> tuple[str, str]:
    """Google's own word for the error, and its message. The message may name the user: never log it."""
    try:
        error: dict[str, Any] = json.loads(fault.content)["error"]
        return str(error["errors"][0]["reason"])[:80], str(error.get("message", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return UNKNOWN, ""


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
