"""Scopes and tokens: each method opens to exactly the scopes that Google names for it."""

import pytest

from sandbox.client import SandboxControl
from sandbox.gmail import scopes
from sandbox.gmail.dispatch import ENDPOINTS, Endpoint
from tests.sandbox import gmail_schema
from tests.sandbox.conftest import ROBIN, Api


def discovered(endpoint: Endpoint) -> dict[str, object]:
    """The method of the discovery document with this path."""
    wanted = f"gmail/v1/users/{{userId}}/{endpoint.path.replace('<', '{').replace('>', '}')}"
    for method in gmail_schema.methods().values():
        if (method["flatPath"], method["httpMethod"]) == (wanted, endpoint.method):
            return method
    raise AssertionError(f"Google has no {endpoint.method} {wanted}")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_scopes_are_googles(endpoint: Endpoint) -> None:
    named = discovered(endpoint)["scopes"]
    assert isinstance(named, list)
    assert endpoint.scopes == {scope for scope in named if ".addons." not in scope}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_sign_in_alone_opens_nothing(sandbox: SandboxControl, endpoint: Endpoint) -> None:
    api = Api(sandbox.url, sandbox.grant(ROBIN, "openid email profile").access_token)
    path = endpoint.path.replace("<id>", "1").replace("<messageId>", "1")
    answer = api.raw(endpoint.method, path)
    assert answer.status_code == 403
    error = answer.json()["error"]
    assert (error["status"], error["errors"][0]["reason"]) == (
        "PERMISSION_DENIED",
        "insufficientPermissions",
    )
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_metadata_sees_headers_but_no_bodies_and_no_search(sandbox: SandboxControl) -> None:
    mail = sandbox.deliver(ROBIN, from_="a@acme.example", subject="Hi", text="secret").id
    api = Api(sandbox.url, sandbox.grant(ROBIN, scopes.METADATA).access_token)
    assert api.message(mail, format="metadata")["payload"]["headers"]
    assert api.search() == [mail]
    for path in (f"messages/{mail}", f"messages/{mail}?format=raw", "messages?q=secret"):
        answer = api.raw("GET", path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, 403)


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer nonsense", "Basic nonsense"])
def test_no_good_token_is_401(sandbox: SandboxControl, authorization: str) -> None:
    api = Api(sandbox.url, "")
    answer = api.raw("GET", "profile", headers={"Authorization": authorization})
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (401, "UNAUTHENTICATED")
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_tokens_expire_and_are_revoked(sandbox: SandboxControl) -> None:
    sandbox.settings(token_lifetime=100)
    first = Api(sandbox.url, sandbox.grant(ROBIN).access_token)
    assert first.raw("GET", "profile").status_code == 200
    sandbox.advance_clock(101)
    assert first.raw("GET", "profile").status_code == 401
    second = Api(sandbox.url, sandbox.grant(ROBIN).access_token)
    assert sandbox.expire_tokens(ROBIN) >= 1
    assert second.raw("GET", "profile").status_code == 401
    third = Api(sandbox.url, sandbox.grant(ROBIN).access_token)
    assert sandbox.revoke(ROBIN) == 1
    assert third.raw("GET", "profile").status_code == 401


def test_nobody_reads_the_mailbox_of_another(sandbox: SandboxControl, api: Api) -> None:
    theirs = sandbox.deliver("kim@example.com", from_="a@acme.example", text="private").id
    assert api.raw("GET", f"messages/{theirs}").status_code == 404
    for path in ("profile", f"messages/{theirs}"):
        url = f"{sandbox.url}/gmail/v1/users/kim@example.com/{path}"
        assert api.session.get(url, timeout=10).status_code == 403
    own = f"{sandbox.url}/gmail/v1/users/{ROBIN}/profile"
    assert api.session.get(own, timeout=10).json()["emailAddress"] == ROBIN


def test_units_are_counted_per_account(sandbox: SandboxControl, api: Api) -> None:
    mail = sandbox.deliver(ROBIN, from_="a@acme.example").id
    sandbox.clear_calls()
    api.message(mail)
    api.search("x")
    api.history(sandbox.account(ROBIN)["historyId"])
    api.get("gmail.users.getProfile", "profile")
    calls = sandbox.calls(ROBIN)
    assert calls["units"] == 20 + 5 + 2 + 1
    assert calls["calls"] == {
        "messages.get": 1,
        "messages.list": 1,
        "history.list": 1,
        "getProfile": 1,
    }
    assert calls["statuses"] == {"200": 4}
    assert sandbox.calls("kim@example.com")["units"] == 0
