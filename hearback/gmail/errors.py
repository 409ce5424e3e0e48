"""What can go wrong with Google, sorted by what there is to do about it."""


class GmailError(RuntimeError):
    """A call to Google failed. `permanent` says that trying again changes nothing."""

    permanent = False


class Transient(GmailError):
    """Google was slow, busy or broken: try again, after `retry_after` seconds where it says so."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Unauthorized(Transient):
    """The access token was refused before its time: get a new one and try again."""


class Disconnected(GmailError):
    """The user's grant is gone (revoked, expired): only the user can connect again."""

    permanent = True


class Refused(GmailError):
    """Google will not do this for this account or these scopes; the message holds its reason."""

    permanent = True


class Gone(GmailError):
    """What was asked for is not there any more: a message deleted, a history id too old."""

    permanent = True
