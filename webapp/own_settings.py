"""The user's own settings: what of their mail and CV may leave this machine, said in plain words."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from hearback.config import settings
from hearback.models import AskedDay, ModelAnswer, User
from jobs import acts
from webapp import layout

pages = Blueprint("settings", __name__, url_prefix="/settings")

ALLOWED = "Allowed: the language model may be asked about your mail from now on."
FORBIDDEN = "Noted: from now on nothing of your mail is sent to the language model."
LETTERS_ALLOWED = "Allowed: the language model may be asked for your letters from now on."
LETTERS_FORBIDDEN = "Noted: from now on letters are written here, and nothing of your CV is sent."


@dataclass(frozen=True)
class LanguageModel:
    """The model that the operator has set up, as the page tells of it. `exposed`: others may read along."""

    host: str
    name: str
    exposed: bool
    asked: int
    budget: int
    own: int


@pages.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """What there is to choose."""
    model = _language_model()
    allowed = model is not None and current_user.row.second_look
    letters = model is not None and current_user.row.model_letters
    return render_template("settings.html", model=model, allowed=allowed, letters=letters)


@pages.post("/second-look")
@login_required  # type: ignore[untyped-decorator]
def second_look() -> Response:
    """Allow or forbid that the language model is asked about the user's mail."""
    User.update(second_look=_allowed()).where(User.id == current_user.id).execute()
    layout.said(ALLOWED if _allowed() else FORBIDDEN)
    return redirect(url_for(".show"), 303)


@pages.post("/letters")
@login_required  # type: ignore[untyped-decorator]
def letters() -> Response:
    """Allow or forbid that the language model is asked for letters, with the user's CV."""
    User.update(model_letters=_allowed()).where(User.id == current_user.id).execute()
    layout.said(LETTERS_ALLOWED if _allowed() else LETTERS_FORBIDDEN)
    return redirect(url_for(".show"), 303)


def _allowed() -> bool:
    """Whether the form says yes. Raises BadAct where it says neither, or there is nobody to ask."""
    allow = request.form.get("allow", "")
    if allow not in {"yes", "no"}:
        raise acts.BadAct(f"allow is {allow!r}; it must be yes or no.")
    if allow == "yes" and not settings().llm_base_url:
        raise acts.BadAct("There is no language model here that could be asked.")
    return allow == "yes"


def _language_model() -> LanguageModel | None:
    known, clock = settings(), layout.clock()
    if not known.llm_base_url:
        return None
    parts = urlsplit(known.llm_base_url)
    today = clock.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return LanguageModel(
        host=parts.netloc,
        name=known.llm_model,
        exposed=parts.scheme == "http" and not _is_here(parts.hostname or ""),
        asked=AskedDay.used(clock.now),
        budget=known.llm_daily_budget,
        own=ModelAnswer.asked_since(current_user.id, today),
    )


def _is_here(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
