"""The scopes a person may be asked for, in Google's long form, and what the page says of them."""

from sandbox.gmail import scopes as gmail

EMAIL = "https://www.googleapis.com/auth/userinfo.email"
PROFILE = "https://www.googleapis.com/auth/userinfo.profile"
OPENID = "openid"

# Google answers with the long form of these whatever a client asked for.
ALIASES = {"email": EMAIL, "profile": PROFILE}
SIGN_IN = frozenset({OPENID, EMAIL, PROFILE})
PREFIX = "https://www.googleapis.com/auth/"

WORDS = {
    gmail.READONLY: "View your email messages and settings",
    gmail.SEND: "Send email on your behalf",
    gmail.MODIFY: "Read, compose, and send emails from your Gmail account",
    gmail.METADATA: "View your email message metadata such as labels and headers, but not the email body",
    gmail.COMPOSE: "Manage drafts and send emails",
    gmail.LABELS: "See and edit your email labels",
    gmail.FULL: "Read, compose, send, and permanently delete all your email from Gmail",
    PREFIX + "calendar": "See, edit, share, and permanently delete all the calendars you can access",
    PREFIX + "calendar.events": "View and edit events on all your calendars",
    PREFIX + "calendar.events.owned": "See, create, change, and delete events on Google calendars you own",
    PREFIX + "calendar.readonly": "See and download any calendar you can access",
}


def normalized(text: str) -> list[str]:
    """The scopes of a request in their order, in long form, each once."""
    return list(dict.fromkeys(ALIASES.get(scope, scope) for scope in text.split()))


def unknown(scopes: list[str]) -> list[str]:
    """Those that Google would refuse to know."""
    return [s for s in scopes if s not in SIGN_IN and s not in WORDS and not s.startswith(PREFIX)]


def described(scope: str) -> str:
    """What the consent page says."""
    return WORDS.get(scope, f"Use {scope.removeprefix(PREFIX)} on your behalf")
