"""What can go wrong with Google, sorted by what there is to do about it."""

from enum import StrEnum


class Scope(StrEnum):
    """Whom a limit of Google's concerns: one user's mailbox, or our whole project."""

    USER = "user"
    PROJECT = "project"


class GmailError(RuntimeError):
    """A call to Google failed. `permanent` says that trying again changes nothing."""

    permanent = False


class Transient(GmailError):
    """Google was slow, busy or broken: try again, after `retry_after` seconds where it says so.

    `quick` says that the fault came at once and may be over at once; a time-out is not.
    """

    def __init__(self, reason: str, retry_after: float | None = None, quick: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.quick = quick


class Stuck(Transient):
    """Gmail answers, and fails to give these messages: it may do so for ever."""

    def __init__(self, reason: str, gmail_ids: tuple[str, ...]) -> None:
        super().__init__(reason, quick=True)
        self.gmail_ids = gmail_ids


class Limited(Transient):
    """Google says "slower": nobody calls for this `scope` before `retry_after` seconds have passed."""

    def __init__(self, reason: str, scope: Scope, retry_after: float | None = None) -> None:
        super().__init__(reason, retry_after)
        self.scope = scope


class Paused(Transient):
    """We did not call: the budget is used up, or a pause stands, for `retry_after` more seconds."""


class Unauthorized(Transient):
    """The access token was refused before its time: get a new one and try again."""


class Disconnected(GmailError):
    """The user's grant is gone (revoked, expired): only the user can connect again."""

    permanent = True


class Refused(GmailError):
    """Google will not do this for this account or these scopes; the message holds its reason."""

    permanent = True


class BadRequest(GmailError):
    """Google cannot make sense of what we ask: a page token that is too old, or a fault of ours."""

    permanent = True


class WatchTaken(BadRequest):
    """Another topic of this project watches the mailbox already; it must be stopped first."""


class Gone(GmailError):
    """What was asked for is not there any more: a message deleted, a history id too old."""

    permanent = True
