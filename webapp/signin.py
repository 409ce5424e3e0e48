"""Signing in with Google, and letting Hearback read a mailbox: two consents, asked for apart."""

import time
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_required,
    login_user,
    logout_user,
)
from requests import RequestException
from werkzeug.wrappers import Response

from hearback.config import settings
from hearback.gmail import oauth as google
from hearback.gmail.errors import Transient
from hearback.models import Mailbox, MailboxState, User, database, now
from hearback.models.user import sign_in
from jobs import marks
from jobs.connect_mailbox import connect_mailbox
from jobs.queues import queues, tried_again

pages = Blueprint("signin", __name__)
oauth = OAuth()
login = LoginManager()

ASK_AGAIN_SECONDS = 60
GOOGLE_IS_AWAY = "Google did not answer. Wait a moment, then try once more."


class SignedIn(UserMixin):  # type: ignore[misc]
    """The user of this request."""

    def __init__(self, row: User) -> None:
        self.row = row
        self.id = row.id
        self.email = row.email
        self.name = row.name
        self.timezone = row.timezone
        self.timezone_chosen = row.timezone_chosen
        self.version = row.version
        self.seen_at = row.seen_at


def init_app(app: Flask) -> None:
    """Register Google twice: to know who someone is, and to read one mailbox of theirs."""
    known = settings()
    oauth.init_app(app)
    for name, scope in (
        ("google", google.SIGN_IN_SCOPES),
        ("gmail", f"openid email {google.READONLY}"),
    ):
        oauth.register(
            name,
            overwrite=True,
            client_id=known.google_client_id,
            client_secret=known.google_client_secret,
            server_metadata_url=known.google_discovery_url,
            client_kwargs={
                "scope": scope,
                "code_challenge_method": "S256",
                "timeout": google.TIMEOUT_SECONDS,
            },
        )
    login.init_app(app)
    login.login_view = "signin.page"
    login.login_message = None
    app.register_blueprint(pages)


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


@login.user_loader  # type: ignore[untyped-decorator]
def _load(user_id: str) -> SignedIn | None:
    row = User.get_or_none(User.id == int(user_id)) if user_id.isdecimal() else None
    return SignedIn(row) if row else None


@pages.get("/sign-in")
def page() -> str | Response:
    """The page that asks to sign in."""
    if current_user.is_authenticated:
        return redirect(url_for("board.show"))
    return render_template("signin.html")


@pages.post("/sign-in/google")
def start() -> Response:
    """Off to Google, to ask who this is."""
    return _to_google("google", "signin.finish", login_hint=None, prompt="select_account")


@pages.get("/sign-in/callback")
def finish() -> Response:
    """Back from Google, with the proof of who this is, or with a refusal."""
    token = _from_google("google")
    if isinstance(token, str):
        flash(token, "problem")
        return redirect(url_for("signin.page"))
    claims = token["userinfo"]
    if claims.get("email_verified") is not True:
        flash("Google has not verified this account's address. Choose another account.", "problem")
        return redirect(url_for("signin.page"))
    with database.atomic():
        user = sign_in(claims["sub"], claims["email"], claims.get("name", ""), now())
    session.clear()
    login_user(SignedIn(user), remember=True)
    return redirect(url_for("board.show"))


@pages.post("/sign-out")
@login_required  # type: ignore[untyped-decorator]
def end() -> Response:
    """Forget who this is."""
    logout_user()
    session.clear()
    return redirect(url_for("board.show"))


@pages.post("/connect")
@login_required  # type: ignore[untyped-decorator]
def connect() -> Response:
    """Off to Google, to ask whether we may read a mailbox also while the user is away."""
    return _to_google(
        "gmail",
        "signin.connected",
        access_type="offline",
        # Google gives a refresh token only when it asks anew.
        prompt="consent",
        include_granted_scopes="true",
        login_hint=request.form.get("address") or current_user.email,
    )


@pages.get("/connect/callback")
@login_required  # type: ignore[untyped-decorator]
def connected() -> Response:
    """Back from Google: keep the grant, and begin to read."""
    token = _from_google("gmail")
    if isinstance(token, str):
        flash(token, "problem")
        return redirect(url_for("mailboxes.show"))
    if google.READONLY not in str(token.get("scope", "")).split():
        flash(
            "Google was not told that we may read this mailbox. Connect again and leave the box "
            "“Read your email” ticked.",
            "problem",
        )
        return redirect(url_for("mailboxes.show"))
    if not token.get("refresh_token"):
        flash("Google gave no lasting permission. Connect once more.", "problem")
        return redirect(url_for("mailboxes.show"))
    mailbox_id = _keep(token["userinfo"]["email"].lower(), token["refresh_token"])
    queues.default.enqueue(connect_mailbox, mailbox_id, **tried_again())
    flash("Connected. We are reading your mail of the last months; what we find appears here.", "done")
    return redirect(url_for("board.show"))


def _keep(address: str, refresh_token: str) -> int:
    """Store the grant for this user's mailbox of `address`; return the mailbox's id."""
    with database.atomic():
        mailbox, made = Mailbox.get_or_create(
            user=current_user.id, address=address, defaults={"refresh_token": refresh_token}
        )
        if not made:
            mailbox.refresh_token, mailbox.access_token = refresh_token, None
            mailbox.state, mailbox.last_error = MailboxState.CONNECTED, None
            mailbox.save(
                only=[
                    Mailbox.refresh_token,
                    Mailbox.access_token,
                    Mailbox.state,
                    Mailbox.last_error,
                ]
            )
        User.touch(current_user.id)
    marks.forget(address)
    return int(mailbox.id)


def _to_google(client: str, endpoint: str, **options: str | None) -> Response:
    callback = settings().base_url + url_for(endpoint)
    wanted = {key: value for key, value in options.items() if value}
    try:
        answer: Response = getattr(oauth, client).authorize_redirect(callback, **wanted)
    except RequestException:
        flash(GOOGLE_IS_AWAY, "problem")
        return redirect(url_for("signin.page"))
    return answer


def _from_google(client: str) -> dict[str, Any] | str:
    """The token of a finished consent, or the words that say why there is none."""
    if request.args.get("error") == "access_denied":
        return "You did not agree, so nothing was connected. You can do so whenever you like."
    try:
        token: dict[str, Any] = getattr(oauth, client).authorize_access_token()
    except AuthlibBaseError:
        # A wrong or reused state, nonce or code: another tab, a reload, or somebody else's link.
        return "This sign-in was not finished, or was begun in another window. Please start again."
    except RequestException:
        return GOOGLE_IS_AWAY
    return token
