"""The sign-in pages: what a person may choose, and what no client and no other site may do there."""

from typing import Any

import pytest
import requests

from sandbox.client import SandboxControl
from tests.sandbox.conftest import ROBIN
from tests.sandbox.person import Returned
from tests.sandbox.webapp import CALLBACK, READ, SEND, App


@pytest.fixture
def app(sandbox: SandboxControl) -> App:
    sandbox.create_account(ROBIN, "Robin Sample")
    return App(sandbox)


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
