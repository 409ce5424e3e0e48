"""Faults on order: each kind as a client meets it, exactly as often as it was ordered."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from sandbox.client import ControlError, SandboxControl
from tests.sandbox.conftest import ROBIN, Api

EXPECTED = {
    "401": (401, "authError", "UNAUTHENTICATED"),
    "403": (403, "rateLimitExceeded", "PERMISSION_DENIED"),
    "429": (429, "rateLimitExceeded", "RESOURCE_EXHAUSTED"),
    "500": (500, "backendError", "INTERNAL"),
    "503": (503, "backendError", "UNAVAILABLE"),
    "userRateLimit": (403, "userRateLimitExceeded", "PERMISSION_DENIED"),
    "perUserQuota": (403, "rateLimitExceeded", "PERMISSION_DENIED"),
    "dailyLimit": (403, "dailyLimitExceeded", "PERMISSION_DENIED"),
    "429-until": (429, "rateLimitExceeded", "RESOURCE_EXHAUSTED"),
    "403-until": (403, "rateLimitExceeded", "PERMISSION_DENIED"),
    "domainPolicy": (403, "domainPolicy", "PERMISSION_DENIED"),
    "insufficientPermissions": (403, "insufficientPermissions", "PERMISSION_DENIED"),
    "failedPrecondition": (400, "failedPrecondition", "FAILED_PRECONDITION"),
    "badRequest": (400, "badRequest", "INVALID_ARGUMENT"),
    "watchTaken": (400, "invalidArgument", "INVALID_ARGUMENT"),
}


def statuses(api: Api, count: int, path: str = "profile") -> list[int]:
    return [api.raw("GET", path).status_code for _ in range(count)]


@pytest.mark.parametrize("kind", EXPECTED)
def test_errors_have_googles_form(sandbox: SandboxControl, api: Api, kind: str) -> None:
    sandbox.fault("getProfile", kind, count=1, seconds=7)
    answer = api.raw("GET", "profile")
    error = answer.json()["error"]
    assert (answer.status_code, error["errors"][0]["reason"], error["status"]) == EXPECTED[kind]
    assert answer.headers.get("Retry-After") == ("7" if kind == "429" else None)
    assert statuses(api, 1) == [200]


def test_by_count_endpoint_and_account(sandbox: SandboxControl, api: Api) -> None:
    kim = Api(sandbox.url, sandbox.grant("kim@example.com").access_token)
    sandbox.fault("messages.*", "503", count=2, address=ROBIN)
    assert statuses(kim, 1, "messages") == [200]
    assert statuses(api, 1, "profile") == [200]
    assert statuses(api, 3, "messages") == [503, 503, 200]
    assert sandbox.faults()[0]["hits"] == 2


def test_a_seed_gives_the_same_faults_again(sandbox: SandboxControl, api: Api) -> None:
    runs = []
    for _ in range(2):
        sandbox.fault("getProfile", "500", probability=0.4, seed=7)
        runs.append(statuses(api, 60))
        sandbox.clear_faults()
    assert runs[0] == runs[1]
    assert 10 < runs[0].count(500) < 40


@pytest.mark.parametrize("kind", ["429-until", "403-until"])
def test_a_limit_may_name_its_end_in_the_text_alone(sandbox: SandboxControl, api: Api, kind: str) -> None:
    sandbox.fault("getProfile", kind, count=1, seconds=90.5)
    asked = dt.datetime.now(dt.UTC)
    answer = api.raw("GET", "profile")
    words, _, moment = answer.json()["error"]["message"].rpartition(" ")
    assert words == "User-rate limit exceeded.  Retry after"
    assert dt.timedelta(seconds=89) < dt.datetime.fromisoformat(moment) - asked < dt.timedelta(seconds=92)
    assert "Retry-After" not in answer.headers


def test_a_page_token_that_is_too_old_is_400(sandbox: SandboxControl, api: Api) -> None:
    for _ in range(3):
        sandbox.deliver(ROBIN, from_="a@acme.example")
    first = api.get("gmail.users.messages.list", "messages", maxResults=1)
    sandbox.fault("messages.list", "badPageToken", count=1)
    assert statuses(api, 1, "messages?maxResults=1") == [200], "only calls with a token have a bad one"
    following = f"messages?maxResults=1&pageToken={first['nextPageToken']}"
    assert statuses(api, 2, following) == [400, 200]
    assert statuses(api, 1, "messages?pageToken=none") == [400]


def test_a_fault_of_one_message_leaves_the_others_alone(sandbox: SandboxControl, api: Api) -> None:
    sick, well = (sandbox.deliver(ROBIN, from_="a@acme.example").id for _ in range(2))
    sandbox.fault("messages.get", "500", message=sick)
    assert statuses(api, 2, f"messages/{sick}") == [500, 500]
    assert statuses(api, 1, f"messages/{well}") == [200]


def test_cut_ends_the_answer_in_its_middle(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("getProfile", "cut", count=1)
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        api.raw("GET", "profile")
    assert statuses(api, 1) == [200]


def test_reset_breaks_the_connection(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("getProfile", "reset", count=1)
    with pytest.raises(requests.ConnectionError):
        api.raw("GET", "profile")
    assert statuses(api, 1) == [200]


def test_hang_outlasts_the_client_and_is_let_go(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("getProfile", "hang", count=1, seconds=3000)
    with pytest.raises(requests.ReadTimeout):
        api.session.get(f"{api.base}/profile", timeout=0.2)
    sandbox.clear_faults()
    assert statuses(api, 1) == [200]


def test_hanging_calls_do_not_keep_others_out(sandbox: SandboxControl, api: Api) -> None:
    """More clients give up on a hanging call than there are threads to answer them."""
    sandbox.fault("getProfile", "hang", seconds=3000)

    def give_up(_: int) -> None:
        with pytest.raises(requests.Timeout):
            headers = {"Authorization": api.session.headers["Authorization"]}
            requests.get(f"{api.base}/profile", headers=headers, timeout=0.3)

    with ThreadPoolExecutor(40) as clients:
        list(clients.map(give_up, range(80)))
    assert statuses(api, 1, "messages") == [200]


def test_latency_delays_and_answers(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("getProfile", "latency", count=1, seconds=0.2)
    assert api.raw("GET", "profile").elapsed.total_seconds() >= 0.2


def test_after_means_that_the_work_was_done(sandbox: SandboxControl, api: Api) -> None:
    mail = sandbox.deliver(ROBIN, from_="a@acme.example").id
    sandbox.fault("messages.trash", "reset", count=1, after=True)
    with pytest.raises(requests.ConnectionError):
        api.raw("POST", f"messages/{mail}/trash")
    assert "TRASH" in sandbox.messages(ROBIN)[0]["labelIds"]


def test_sign_in_fails_in_its_own_form(sandbox: SandboxControl) -> None:
    tokens = sandbox.grant(ROBIN)
    form = {
        "client_id": "sandbox-client",
        "client_secret": "sandbox-secret",
        "grant_type": "refresh_token",
        "refresh_token": tokens.refresh_token,
    }

    def refresh() -> requests.Response:
        return requests.post(f"{sandbox.url}/token", data=form, timeout=10)

    sandbox.fault("oauth.token", "503", count=1)
    answer = refresh()
    assert (answer.status_code, answer.json()) == (503, {"error": "internal_failure"})
    sandbox.fault("oauth.*", "reset", count=1)
    with pytest.raises(requests.ConnectionError):
        refresh()
    assert refresh().status_code == 200
    assert sandbox.calls("")["calls"]["oauth.token"] == 3
    certs = f"{sandbox.url}/oauth2/v1/certs"
    sandbox.fault("oauth.certs", "500")
    assert requests.get(certs, timeout=10).status_code == 500
    sandbox.clear_faults()
    assert requests.get(certs, timeout=10).status_code == 200


def test_gmail_means_all_but_the_sign_in(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("gmail", "500")
    assert statuses(api, 1) == [500]
    assert requests.get(f"{sandbox.url}/oauth2/v3/certs", timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("field", "order"),
    [
        ("kind", {"endpoint": "*", "kind": "418"}),
        ("kind", {"endpoint": "push", "kind": "500"}),
        ("kind", {"endpoint": "*", "kind": "drop"}),
        ("probability", {"endpoint": "*", "kind": "500", "probability": 2}),
        ("count", {"endpoint": "*", "kind": "500", "count": -1}),
        ("seconds", {"endpoint": "*", "kind": "hang", "seconds": "long"}),
        ("sometimes", {"endpoint": "*", "kind": "500", "sometimes": True}),
    ],
)
def test_wrong_orders_name_their_field(sandbox: SandboxControl, field: str, order: dict[str, object]) -> None:
    answer = requests.post(f"{sandbox.url}/control/faults", json=order, timeout=10)
    assert answer.status_code == 400
    assert field in answer.json()["error"]
    assert sandbox.faults() == []


def test_one_fault_can_be_taken_back(sandbox: SandboxControl, api: Api) -> None:
    sandbox.fault("getProfile", "500")
    number = sandbox.fault("messages.list", "500")
    answer = requests.delete(f"{sandbox.url}/control/faults/{number}", timeout=10)
    assert answer.status_code == 200
    assert statuses(api, 1, "messages") == [200]
    assert statuses(api, 1) == [500]
    with pytest.raises(ControlError):
        sandbox.fault("*", "")
