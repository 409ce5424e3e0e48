"""Google's error answers, word for word where clients are known to look at them."""

from typing import Any

REALM = 'Bearer realm="https://accounts.google.com/"'


class GoogleError(Exception):
    """An error of the Gmail API: becomes an HTTP status and Google's JSON error body."""

    def __init__(
        self,
        code: int,
        message: str,
        reason: str,
        status: str,
        *,
        domain: str = "global",
        headers: dict[str, str] | None = None,
        location: str = "",
        details: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.headers = headers or {}
        entry: dict[str, Any] = {"message": message, "domain": domain, "reason": reason}
        if location:
            entry |= {"location": location, "locationType": "header"}
        error: dict[str, Any] = {"code": code, "message": message, "errors": [entry]}
        error["status"] = status
        if details:
            error["details"] = details
        self.body: dict[str, Any] = {"error": error}


def not_found() -> GoogleError:
    """404: no such message, thread, label, or a history id that is too old."""
    return GoogleError(404, "Requested entity was not found.", "notFound", "NOT_FOUND")


def bad_request(message: str, reason: str = "invalidArgument") -> GoogleError:
    """400 with Google's INVALID_ARGUMENT."""
    return GoogleError(400, message, reason, "INVALID_ARGUMENT")


def unauthenticated() -> GoogleError:
    """401: no token, or one that is unknown, expired or revoked."""
    return GoogleError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        "authError",
        "UNAUTHENTICATED",
        headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
        location="Authorization",
    )


def insufficient_scope(endpoint: str, allowed: frozenset[str]) -> GoogleError:
    """403: the token is good, but the user did not grant a scope that `endpoint` asks for."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": "gmail.googleapis.com", "method": endpoint},
    }
    scope = " ".join(sorted(allowed))
    return GoogleError(
        403,
        "Request had insufficient authentication scopes.",
        "insufficientPermissions",
        "PERMISSION_DENIED",
        headers={"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'},
        details=[info],
    )


def forbidden(message: str, reason: str = "forbidden") -> GoogleError:
    """403 for anything that the caller may not do, whatever the scopes."""
    return GoogleError(403, message, reason, "PERMISSION_DENIED")


def watch_taken() -> GoogleError:
    """400: a watch of another topic stands; Google allows one for each mailbox and client."""
    return bad_request(
        "Only one user push notification client allowed per developer (call /stop then try again)"
    )


def bad_page_token() -> GoogleError:
    """400: a page token that is none, or that has grown too old."""
    return bad_request("Invalid pageToken")
