"""Who someone is: signing in with Google, and out. What it may read is asked for apart, in connect.py."""

from flask import Blueprint, Flask, flash, redirect, render_template, session, url_for
from flask_login import (
    LoginManager,
    UserMixin,
    current_user,
    login_required,
    login_user,
    logout_user,
)
from werkzeug.wrappers import Response

from hearback.models import User, database, now
from hearback.models.user import sign_in
from webapp import connect, google
from webapp.google import content_security_policy

__all__ = ["content_security_policy", "init_app", "login", "pages"]

pages = Blueprint("signin", __name__)
login = LoginManager()


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
    """Make Google known to the application, and the pages that lead there and back."""
    google.init_app(app)
    login.init_app(app)
    login.login_view = "signin.page"
    login.login_message = None
    app.register_blueprint(pages)
    app.register_blueprint(connect.pages)


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
    return google.to_google(google.SIGN_IN, "signin.finish", "signin.page", {}, prompt="select_account")


@pages.get("/sign-in/callback")
def finish() -> Response:
    """Back from Google, with the proof of who this is, or with a refusal."""
    try:
        answer = google.from_google(google.SIGN_IN)
    except google.NoAnswer as why:
        why.tell()
        return redirect(url_for("signin.page"))
    claims = answer.token["userinfo"]
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
