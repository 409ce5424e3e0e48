"""The errors that can be ordered by name, as Google gives them.

https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.errors import (
    GoogleError,
    bad_page_token,
    forbidden,
    insufficient_scope,
    unauthenticated,
    watch_taken,
)


def injected(kind: str, seconds: float) -> GoogleError:
    """The error that the fault `kind` stands for; `seconds` is how long a limit asks to wait."""
    return ERRORS[kind](seconds)


def _limit(
    code: int, message: str, reason: str = "rateLimitExceeded", headers: dict[str, str] | None = None
) -> GoogleError:
    status = "RESOURCE_EXHAUSTED" if code == 429 else "PERMISSION_DENIED"
    return GoogleError(code, message, reason, status, domain="usageLimits", headers=headers)


def _too_many(seconds: float) -> GoogleError:
    headers = {"Retry-After": str(max(1, round(seconds)))}
    return _limit(429, "Too many concurrent requests for user.", headers=headers)


def _until(seconds: float) -> str:
    """Gmail names the moment in the text, and sets no header. It does so with either status."""
    moment = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
    return f"User-rate limit exceeded.  Retry after {moment.replace('+00:00', 'Z')}"


def _per_minute(_: float) -> GoogleError:
    limit = "Queries per minute per user"
    return _limit(
        403,
        f"Quota exceeded for quota metric 'Queries' and limit '{limit}' of service "
        "'gmail.googleapis.com' for consumer 'project_number:112233445566'.",
    )


ERRORS: dict[str, Callable[[float], GoogleError]] = {
    "401": lambda _: unauthenticated(),
    "403": lambda _: _limit(403, "Rate Limit Exceeded"),
    "429": _too_many,
    "500": lambda _: GoogleError(500, "Internal error encountered.", "backendError", "INTERNAL"),
    "503": lambda _: GoogleError(503, "The service is currently unavailable.", "backendError", "UNAVAILABLE"),
    "429-until": lambda seconds: _limit(429, _until(seconds)),
    "403-until": lambda seconds: _limit(403, _until(seconds)),
    "perUserQuota": _per_minute,
    "userRateLimit": lambda _: _limit(403, "User Rate Limit Exceeded", "userRateLimitExceeded"),
    "dailyLimit": lambda _: _limit(403, "Daily Limit Exceeded", "dailyLimitExceeded"),
    "domainPolicy": lambda _: forbidden(
        "The domain administrators have disabled Gmail apps.", "domainPolicy"
    ),
    "insufficientPermissions": lambda _: insufficient_scope("", frozenset()),
    "failedPrecondition": lambda _: GoogleError(
        400, "Mail service not enabled", "failedPrecondition", "FAILED_PRECONDITION"
    ),
    "badRequest": lambda _: GoogleError(400, "Bad Request", "badRequest", "INVALID_ARGUMENT"),
    "badPageToken": lambda _: bad_page_token(),
    "watchTaken": lambda _: watch_taken(),
}
