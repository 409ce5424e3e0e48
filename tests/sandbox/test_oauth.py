"""Sign-in: the whole way of a web app with PKCE, and each way in which Google lets it fail."""

import base64
import hashlib
import secrets
from typing import Any

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN
from tests.sandbox.person import Person, Returned

CALLBACK = "http://localhost:8000/signin/callback"
READ = "https://www.googleapis.com/auth/gmail.readonly"
SEND = "https://www.googleapis.com/auth/gmail.send"
SCOPES = f"openid email profile {READ} {SEND}"


class App:
    """An app that signs people in with Authlib."""

    def __init__(self, sandbox: SandboxControl, scope: str = SCOPES) -> None:
        self.url = sandbox.url
        self.person = Person(sandbox.url)
        configuration = f"{sandbox.url}/.well-known/openid-configuration"
        self.found: dict[str, Any] = requests.get(configuration, timeout=10).json()
        self.verifier = secrets.token_urlsafe(48)
        self.client = OAuth2Session(
            "sandbox-client",
            "sandbox-secret",
            scope=scope,
            redirect_uri=CALLBACK,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",
        )
        self.client.trust_env = False

    def ask(self, **parameters: str) -> requests.Response | Returned:
        """Send the person to the authorization endpoint."""
        wanted = {"access_type": "offline", "code_verifier": self.verifier} | parameters
        endpoint = self.found["authorization_endpoint"]
        url, self.state = self.client.create_authorization_url(endpoint, **wanted)
        return self.person.visit(url)

    def finish(self, page: requests.Response | Returned, address: str = ROBIN) -> dict[str, str]:
        """Do what the pages ask, and give what comes back to the app."""
        if isinstance(page, requests.Response) and 'type="email"' in page.text:
            page = self.person.choose(page, address)
        if isinstance(page, requests.Response):
            page = self.person.decide(page)
        assert isinstance(page, Returned)
        assert page.url.startswith(CALLBACK)
        return page.answer

    def trade(self, code: str) -> dict[str, Any]:
        """Trade a code for tokens."""
        found: dict[str, Any] = self.client.fetch_token(
            self.found["token_endpoint"], code=code, code_verifier=self.verifier
        )
        return found

    def token(self, **form: str) -> requests.Response:
        """Any call of the token endpoint with the right client."""
        client = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
        return requests.post(self.found["token_endpoint"], data=client | form, timeout=10)


@pytest.fixture
def app(sandbox: SandboxControl) -> App:
    sandbox.create_account(ROBIN, "Robin Sample")
    return App(sandbox)


def test_the_whole_way(app: App, sandbox: SandboxControl) -> None:
    answer = app.finish(app.ask(nonce="n-1"))
    assert answer["state"] == app.state
    tokens = app.trade(answer["code"])
    assert set(tokens["scope"].split()) == {
        "openid",
        "https://www.googleapis.com/auth/userinfo.email",
        "https://www.googleapis.com/auth/userinfo.profile",
        READ,
        SEND,
    }
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3599)
    keys = KeySet.import_key_set(requests.get(app.found["jwks_uri"], timeout=10).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    digest = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert claims["iss"] == app.found["issuer"] == app.url
    assert (claims["aud"], claims["nonce"]) == ("sandbox-client", "n-1")
    assert (claims["email"], claims["email_verified"]) == (ROBIN, True)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    who = requests.get(app.found["userinfo_endpoint"], headers=headers, timeout=10).json()
    assert (who["sub"], who["given_name"], who["email"]) == (claims["sub"], "Robin", ROBIN)
    profile = requests.get(f"{app.url}/gmail/v1/users/me/profile", headers=headers, timeout=10)
    assert profile.json()["emailAddress"] == ROBIN


def test_refresh_tokens_come_with_consent_alone(app: App, sandbox: SandboxControl) -> None:
    first = app.trade(app.finish(app.ask())["code"])
    assert first["refresh_token"]
    again = app.trade(app.finish(app.ask())["code"])
    assert "refresh_token" not in again, "all of it was granted before, so nobody was asked"
    asked = app.trade(app.finish(app.ask(prompt="consent"))["code"])
    assert asked["refresh_token"]
    online = App(sandbox)
    online_answer = online.finish(online.ask(access_type="online", prompt="consent"))
    assert "refresh_token" not in online.trade(online_answer["code"])


def test_refreshing_and_revoking(app: App) -> None:
    tokens = app.trade(app.finish(app.ask())["code"])
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    fresh = app.token(**refresh).json()
    assert fresh["access_token"] != tokens["access_token"]
    assert "refresh_token" not in fresh
    assert app.token(**refresh, scope=READ).json()["scope"] == READ
    revoked = requests.post(
        app.found["revocation_endpoint"], data={"token": fresh["access_token"]}, timeout=10
    )
    assert revoked.status_code == 200
    answer = app.token(**refresh)
    assert (answer.status_code, answer.json()) == (
        400,
        {
            "error": "invalid_grant",
            "error_description": "Token has been expired or revoked.",
        },
    )
    for token in (tokens["access_token"], fresh["access_token"]):
        headers = {"Authorization": f"Bearer {token}"}
        profile = requests.get(f"{app.url}/gmail/v1/users/me/profile", headers=headers, timeout=10)
        assert profile.status_code == 401
    again = requests.post(app.found["revocation_endpoint"], data={"token": fresh["access_token"]}, timeout=10)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_token")


def test_scopes_are_ticked_singly(app: App) -> None:
    page = app.person.choose(app.ask(), ROBIN)  # type: ignore[arg-type]
    assert isinstance(page, requests.Response)
    assert "View your email messages and settings" in page.text
    returned = app.person.decide(page, untick="gmail.send")
    assert isinstance(returned, Returned)
    tokens = app.trade(returned.answer["code"])
    assert READ in tokens["scope"]
    assert SEND not in tokens["scope"]
    # What was not ticked is asked for again, what was is kept.
    page = app.ask(include_granted_scopes="true")
    assert isinstance(page, requests.Response)
    assert "Send email on your behalf" in page.text


def test_granted_scopes_are_included_on_wish(app: App, sandbox: SandboxControl) -> None:
    app.trade(app.finish(app.ask())["code"])
    for wish, expected in (("true", True), ("false", False)):
        small = App(sandbox, scope="openid")
        small.person = app.person
        tokens = small.trade(small.finish(small.ask(include_granted_scopes=wish))["code"])
        assert (READ in tokens["scope"]) is expected


def test_refusing(app: App) -> None:
    page = app.person.choose(app.ask(), ROBIN)  # type: ignore[arg-type]
    assert isinstance(page, requests.Response)
    returned = app.person.decide(page, decision="refuse")
    assert isinstance(returned, Returned)
    assert returned.answer == {"error": "access_denied", "state": app.state}


def test_prompt_none_never_shows_a_page(app: App) -> None:
    returned = app.ask(prompt="none")
    assert isinstance(returned, Returned)
    assert returned.answer["error"] == "interaction_required"
    app.finish(app.ask())
    assert "code" in app.finish(app.ask(prompt="none"))


def test_login_hint_and_account_choice(app: App, sandbox: SandboxControl) -> None:
    app.finish(app.ask(), ROBIN)
    assert isinstance(app.ask(), Returned)
    for parameters in ({"prompt": "select_account"}, {"login_hint": "kim@example.com"}):
        page = app.ask(**parameters)
        assert isinstance(page, requests.Response)
        assert "Choose an account" in page.text
    tokens = app.trade(app.finish(app.ask(login_hint="kim@example.com"), "kim@example.com")["code"])
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    who = requests.get(app.found["userinfo_endpoint"], headers=headers, timeout=10).json()
    assert who["email"] == "kim@example.com"


def test_a_code_works_once_and_only_for_its_own_app(app: App) -> None:
    def code() -> str:
        return app.finish(app.ask(prompt="consent"))["code"]

    good = {"grant_type": "authorization_code", "redirect_uri": CALLBACK}
    proof = {"code_verifier": app.verifier}
    used = code()
    assert app.token(**good, **proof, code=used).status_code == 200
    failures = {
        "used": app.token(**good, **proof, code=used),
        "unknown": app.token(**good, **proof, code="4/0Anothing"),
        "no verifier": app.token(**good, code=code()),
        "wrong verifier": app.token(**good, code_verifier="x" * 43, code=code()),
    }
    for name, answer in failures.items():
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant"), name
    elsewhere = good | {"redirect_uri": "http://localhost:8000/else"}
    answer = app.token(**elsewhere, **proof, code=code())
    assert (answer.status_code, answer.json()["error"]) == (400, "redirect_uri_mismatch")
    late = code()
    SandboxControl(app.url).advance_clock(601)
    assert app.token(**good, **proof, code=late).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "1//0x"}, 400, "invalid_grant"),
        ({"grant_type": "authorization_code"}, 400, "invalid_request"),
    ],
)
def test_token_errors(app: App, form: dict[str, str], status: int, error: str) -> None:
    answer = app.token(**{"grant_type": "refresh_token"} | form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"redirect_uri": "http://evil.example/cb"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "https://localhost:8000/cb"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://localhost@evil.example/cb"}, "redirect_uri_mismatch"),
        ({"redirect_uri": ""}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": ""}, "invalid_request"),
        ({"scope": "openid everything"}, "invalid_scope"),
        ({"prompt": "none consent"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
    ],
)
def test_wrong_requests_stop_at_a_page(sandbox: SandboxControl, wrong: dict[str, str], error: str) -> None:
    """Nothing is told to an address that may not be the app's."""
    good = {
        "client_id": "sandbox-client",
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid",
    }
    page = requests.get(
        f"{sandbox.url}/o/oauth2/v2/auth", params=good | wrong, allow_redirects=False, timeout=10
    )
    assert page.status_code in {400, 401}
    assert error in page.text


def test_consent_pages_hold_no_scripts_and_allow_the_apps_address(app: App) -> None:
    page = app.ask()
    assert isinstance(page, requests.Response)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' http://localhost:8000" in policy
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "sandbox_session" in {cookie.name for cookie in _cookies(app)}


def _cookies(app: App) -> Any:
    app.finish(app.ask())
    return app.person.session.cookies


def test_consent_cannot_be_given_by_another_site(app: App) -> None:
    page = app.person.choose(app.ask(), ROBIN)  # type: ignore[arg-type]
    assert isinstance(page, requests.Response)
    answer = app.person.session.post(
        f"{app.url}/signin/consent",
        data={"decision": "allow"},
        headers={"Origin": "http://localhost:8000"},
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code == 403


def test_keys_rotate(app: App, sandbox: SandboxControl) -> None:
    first = app.trade(app.finish(app.ask())["code"])["id_token"]
    new = sandbox.rotate_keys()
    second = app.trade(app.finish(app.ask())["code"])["id_token"]
    published = requests.get(app.found["jwks_uri"], timeout=10)
    keys = KeySet.import_key_set(published.json())
    assert "max-age=21600" in published.headers["Cache-Control"]
    for token in (first, second):
        assert jwt.decode(token, keys, algorithms=["RS256"]).claims["email"] == ROBIN
    sandbox.rotate_keys(retire=True)
    left = requests.get(f"{app.url}/oauth2/v1/certs", timeout=10).json()
    assert new not in left
    assert len(left) == 1
