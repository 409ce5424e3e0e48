"""The way to Google's consent and back, shared by signing in and by connecting a mailbox."""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, flash, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from hearback.config import settings
from hearback.gmail import oauth as google
from hearback.gmail.errors import Transient

SIGN_IN = "google"
GMAIL = "gmail"
READ_SCOPES = f"openid email {google.READONLY}"
SEND_SCOPES = f"openid email {google.SEND}"

ASK_AGAIN_SECONDS = 60
# The session is a cookie, and a browser drops one that has grown too large: so many consents of a kind
# can be under way in several windows, and the oldest gives way.
CONSENTS_UNDER_WAY = 3

IS_AWAY = "Google did not answer. Nothing was changed. Wait a moment, then try once more."
NOT_AGREED = "You did not agree, so nothing was changed. You can do so whenever you like."
UNKNOWN = (
    "Nothing was changed: this was begun in another window, or took longer than an hour. Please start again."
)
USED = (
    "Google's answer was used already, or came too late. If what you wanted is not done yet, please start "
    "again."
)
REPEATED = "That was taken in already; nothing was done twice."


class NoAnswer(RuntimeError):
    """Google gave us nothing; the message says why, for the user. `repeated`: because we had it before."""

    def __init__(self, words: str, repeated: bool = False) -> None:
        super().__init__(words)
        self.repeated = repeated

    def tell(self) -> None:
        """Say it on the next page."""
        flash(str(self), "done" if self.repeated else "problem")


@dataclass(frozen=True)
class Answer:
    """What came back from a consent, and what the user had meant when it began."""

    token: dict[str, Any]
    meant: dict[str, Any]

    @property
    def scopes(self) -> frozenset[str]:
        """What Google says the user allowed."""
        return frozenset(str(self.token.get("scope", "")).split())

    @property
    def address(self) -> str:
        """The account that was chosen, empty where Google does not say."""
        return str((self.token.get("userinfo") or {}).get("email", "")).lower()


def init_app(app: Flask) -> None:
    """Register Google twice: to know who someone is, and to read one mailbox of theirs."""
    known = settings()
    # One registry for each application: it keeps what it once made by a name.
    oauth = OAuth(app)
    for name, scope in ((SIGN_IN, google.SIGN_IN_SCOPES), (GMAIL, READ_SCOPES)):
        oauth.register(
            name,
            client_id=known.google_client_id,
            client_secret=known.google_client_secret,
            server_metadata_url=known.google_discovery_url,
            client_kwargs={
                "scope": scope,
                "code_challenge_method": "S256",
                "timeout": google.TIMEOUT_SECONDS,
            },
        )


def content_security_policy() -> str:
    """What a page may load and where its forms may lead: only here, and to Google's consent."""
    consent = _consent_address(int(time.monotonic() // ASK_AGAIN_SECONDS))
    parts = urlsplit(consent)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self' {parts.scheme}://{parts.netloc}"
    )


@lru_cache(maxsize=1)
def _consent_address(_: int) -> str:
    """Where Google asks for consent, looked up once a minute at most, whether it answers or not."""
    try:
        return str(google.endpoints(settings().google_discovery_url)["authorization_endpoint"])
    except (Transient, KeyError):
        # Without Google nobody can sign in now anyway; the page shall still be shown.
        return "https://accounts.google.com"


def to_google(name: str, endpoint: str, back: str, meant: dict[str, Any], **options: str | None) -> Response:
    """Off to Google's consent, and from there to `endpoint`; what the user means by it is kept until then.

    Where Google cannot be asked, back to the page `back` with the words that say so.
    """
    client = _client(name)
    callback = settings().base_url + url_for(endpoint)
    wanted = {key: value for key, value in options.items() if value}
    try:
        made = client.create_authorization_url(callback, **wanted)
    except RequestException:
        flash(IS_AWAY, "problem")
        return redirect(url_for(back))
    address = made.pop("url")
    _make_room(name)
    client.save_authorize_data(redirect_uri=callback, meant=meant, **made)
    return redirect(address)


def ask_for_mailbox(back: str, meant: dict[str, Any], hint: str, **options: str) -> Response:
    """Off to Google, to ask what we may do with a mailbox also while the user is away."""
    return to_google(
        GMAIL,
        "connect.finish",
        back,
        meant,
        access_type="offline",
        # What was allowed before stays allowed: Google adds it to what we ask for now.
        include_granted_scopes="true",
        login_hint=hint,
        **options,
    )


def from_google(name: str) -> Answer:
    """What a finished consent brought; raise NoAnswer with the words that say why there is nothing."""
    client, state = _client(name), request.args.get("state", "")
    begun = client.framework.get_state_data(session, state)
    if begun is None and state and session.get(_done(name)) == state:
        # The page after the consent was loaded anew.
        raise NoAnswer(REPEATED, repeated=True)
    if "error" in request.args:
        client.framework.clear_state_data(session, state)
        raise NoAnswer(NOT_AGREED if request.args["error"] == "access_denied" else UNKNOWN)
    try:
        token = client.authorize_access_token()
    except (AuthlibBaseError, JoseError) as fault:
        # A state that we did not give is another window's, an expired one or somebody else's link; a code
        # that Google does not take is one of a second click.
        raise NoAnswer(UNKNOWN if begun is None else USED) from fault
    except RequestException as fault:
        raise NoAnswer(IS_AWAY) from fault
    session[_done(name)] = state
    return Answer(token, begun.get("meant") or {})


def _client(name: str) -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(name)


def _make_room(name: str) -> None:
    begun = [key for key in session if key.startswith(f"_state_{name}_")]
    begun.sort(key=lambda key: float(session[key].get("exp") or 0))
    for key in begun[: max(0, len(begun) - CONSENTS_UNDER_WAY + 1)]:
        session.pop(key)


def _done(name: str) -> str:
    return f"_done_{name}"
