"""Tokens: the whole way of a web app with PKCE, and each way in which Google lets it fail."""

import base64
import hashlib

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN
from tests.sandbox.webapp import CALLBACK, READ, SEND, App


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
