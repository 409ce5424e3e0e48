"""The pages a person sees: choose an account, tick what the client may do, allow or refuse."""

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from sandbox.account import Account
from sandbox.compose import ComposeError, checked_address
from sandbox.context import world
from sandbox.oauth import scopes
from sandbox.oauth.authorization import Authorization, PageError, read
from sandbox.oauth.codes import Code

blueprint = Blueprint("signin", __name__)
SHOWN_ACCOUNTS = 20
REQUEST_LIFETIME = 3600


@blueprint.errorhandler(PageError)
def show_error(error: PageError) -> Response:
    """Google's way: the person reads what is wrong; the client hears nothing."""
    page = render_template("error.html", code=error.code, error=error.error, text=error.text)
    return make_response(page, error.code)


@blueprint.get("/o/oauth2/v2/auth")
def authorize() -> BaseResponse:
    """The authorization endpoint."""
    asked = read(request.args, world().settings)
    account = _present(asked)
    if account is None or "select_account" in asked.prompt:
        if "none" in asked.prompt:
            return redirect(asked.redirect(error="interaction_required"))
        return _page("account.html", asked, accounts=_offered(asked))
    return _proceed(asked, account)


@blueprint.post("/signin/account")
def choose_account() -> BaseResponse:
    """A person says who they are; there are no passwords here."""
    asked = _carried()
    try:
        address = checked_address(request.form.get("address"))
    except ComposeError as error:
        return _page("account.html", asked, accounts=_offered(asked), error=str(error))
    account = world().create(address)
    world().store.flush()
    session["accounts"] = [address, *(a for a in _signed_in() if a != address)][:10]
    session.permanent = True
    return _proceed(asked, account)


@blueprint.post("/signin/consent")
def decide() -> BaseResponse:
    """A person allows some or all of it, or refuses."""
    asked = _carried()
    account = world().find(request.form.get("account", ""))
    if account is None or account.address not in _signed_in():
        return _page("account.html", asked, accounts=_offered(asked))
    if request.form.get("decision") != "allow":
        return redirect(asked.redirect(error="access_denied"))
    ticked = set(request.form.getlist("scope"))
    allowed = [s for s in asked.scopes if s in scopes.SIGN_IN or s in ticked]
    if not allowed:
        return redirect(asked.redirect(error="access_denied"))
    return _answer(asked, account, allowed, consented=True)


def _proceed(asked: Authorization, account: Account) -> BaseResponse:
    """Ask for consent, or answer at once when all of it was given before."""
    grant = world().grants.find(account.id, asked.client_id)
    missing = set(asked.scopes) - (grant.scopes if grant else set())
    if not missing and "consent" not in asked.prompt:
        return _answer(asked, account, asked.scopes, consented=False)
    if "none" in asked.prompt:
        return redirect(asked.redirect(error="interaction_required"))
    choices = [(s, scopes.described(s)) for s in asked.scopes if s not in scopes.SIGN_IN]
    return _page("consent.html", asked, account=account, choices=choices)


def _answer(asked: Authorization, account: Account, allowed: list[str], *, consented: bool) -> BaseResponse:
    """Send the person back with a code."""
    grant = world().grants.allow(account.id, asked.client_id, allowed)
    given = grant.scopes if asked.include_granted else set(allowed)
    world().store.flush()
    code = world().codes.issue(
        Code(
            account_id=account.id,
            client_id=asked.client_id,
            redirect_uri=asked.redirect_uri,
            scopes=frozenset(given),
            # A refresh token comes only when the person has just been asked.
            offline=asked.offline and consented,
            nonce=asked.nonce,
            challenge=asked.challenge,
            challenge_method=asked.challenge_method,
        )
    )
    scope = " ".join(sorted(given))
    prompt = "consent" if consented else "none"
    return redirect(asked.redirect(code=code, scope=scope, authuser="0", prompt=prompt))


def _present(asked: Authorization) -> Account | None:
    """Who is signed in here, if that is clear."""
    known = [a for a in map(world().find, _signed_in()) if a is not None]
    if asked.login_hint:
        known = [a for a in known if asked.login_hint in {a.address, a.sub}]
    return known[0] if len(known) == 1 else None


def _signed_in() -> list[str]:
    return list(session.get("accounts", []))


def _offered(asked: Authorization) -> list[Account]:
    """The accounts to choose from, the hinted one first."""
    hinted = world().find(asked.login_hint) if asked.login_hint else None
    others = [a for a in world().accounts()[:SHOWN_ACCOUNTS] if a is not hinted]
    return [hinted, *others] if hinted else others


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="authorization")


def _carried() -> Authorization:
    """The request that the posted form belongs to."""
    try:
        values = _serializer().loads(request.form.get("request", ""), max_age=REQUEST_LIFETIME)
    except BadData as error:
        text = "This page has expired. Go back to the app and connect again."
        raise PageError(400, "invalid_request", text) from error
    return Authorization(**values)


def _page(template: str, asked: Authorization, **values: object) -> Response:
    # Chrome holds redirects after a form to form-action as well, so the client must stand in it.
    g.form_action = asked.origin()
    return make_response(
        render_template(
            template,
            asked=asked,
            carried=_serializer().dumps(asked.plain()),
            account_url=url_for("signin.choose_account"),
            consent_url=url_for("signin.decide"),
            **values,
        )
    )
