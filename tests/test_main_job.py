"""The whole way of one push, by the product's own processes: mail in, status on the page."""

import json
import re
import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from hearback.models import Application, Mailbox, User, database
from sandbox.client import SandboxControl
from tests.support.forked import run_worker
from tests.support.servers import wait_until
from tests.support.service import ACKNOWLEDGED, ADDRESS, REJECTED, Service, body, service


@pytest.fixture
def live(database_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Service]:
    with service(database_url, redis_url, sandbox.url) as running:
        database.connect(reuse_if_open=True)
        yield running


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


def consent(browser: requests.Session, answer: requests.Response) -> requests.Response:
    """Agree to all on the sandbox's consent page, as a person would by its form."""
    while urlsplit(answer.url).path.startswith("/o/oauth2"):
        form = re.search(r"<form[^>]*action=\"([^\"]*)\"(.*?)</form>", answer.text, re.S)
        assert form, answer.text
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[2]))
        scopes = re.findall(r'<input[^>]*name="scope"[^>]*value="([^"]*)"', form[2])
        buttons = re.findall(r'<button[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[2])
        data = [(k, v) for k, v in fields.items() if k != "scope"] + [("scope", s) for s in scopes]
        data += [b for b in buttons if b[1] not in {"deny", "cancel", "refuse"}][:1]
        target = requests.compat.urljoin(answer.url, form[1].replace("&amp;", "&"))
        answer = browser.post(target, data=data, timeout=10)
    return answer


def sign_in_and_connect(live: Service) -> requests.Session:
    """Go through both consents as a browser would; return the signed-in browser."""
    live.google.create_account(ADDRESS, "Robin Sample")
    browser = requests.Session()
    page = browser.get(f"{live.url}/sign-in", timeout=10)
    away = browser.post(f"{live.url}/sign-in/google", data={"csrf_token": token_of(page.text)}, timeout=10)
    board = consent(browser, away)
    assert board.status_code == 200, board.text
    away = browser.post(f"{live.url}/connect", data={"csrf_token": token_of(board.text)}, timeout=10)
    assert consent(browser, away).status_code == 200
    return browser


def test_a_push_changes_what_the_page_shows(live: Service) -> None:
    with live.worker():
        browser = sign_in_and_connect(live)
        wait_until(
            lambda: Mailbox.select().where(Mailbox.backfilled_at.is_null(False)).exists(), "the first reading"
        )
        live.tell("We got your application", ACKNOWLEDGED)
        wait_until(lambda: made_of(live) == [("Acme Robotics", "applied")], "the application on the board")
        page = browser.get(live.url, timeout=10).text
        assert "Acme Robotics" in page and "Backend Engineer" in page
        version = User.get().version
        assert browser.get(f"{live.url}/board/changes?version={version}", timeout=10).status_code == 204
        live.tell("Your application", REJECTED)
        wait_until(lambda: made_of(live) == [("Acme Robotics", "rejected")], "the rejection on the board")
        fresh = browser.get(f"{live.url}/board/changes?version={version}", timeout=10)
        assert fresh.status_code == 200 and "Acme Robotics" in fresh.text
        timeline = browser.get(f"{live.url}/applications/{Application.get().id}", timeout=10).text
        assert "decided not to move forward" in timeline


def made_of(live: Service) -> list[tuple[str | None, str]]:
    return live.statuses()


@pytest.mark.parametrize("killed", ["worker", "redis"])
def test_what_dies_after_the_push_was_accepted_is_made_good(
    live: Service, killed: str, redis_url: str
) -> None:
    with live.worker():
        sign_in_and_connect(live)
        wait_until(
            lambda: Mailbox.select().where(Mailbox.backfilled_at.is_null(False)).exists(), "the first reading"
        )
    # No worker runs: the push is accepted and waits.
    live.tell("We got your application", ACKNOWLEDGED)
    assert live.google.wait_idle()
    assert live.google.pushes(ADDRESS)[-1]["status"] == 204
    if killed == "redis":
        requests_flush(redis_url)
    else:
        with live.worker() as started:
            started.send_signal(signal.SIGKILL)  # type: ignore[attr-defined]
    from_sweep(live)
    wait_until(lambda: made_of(live) == [("Acme Robotics", "applied")], "the application after a sweep")


def requests_flush(redis_url: str) -> None:
    from redis import Redis

    with Redis.from_url(redis_url) as client:
        client.flushall()


def from_sweep(live: Service) -> None:
    from jobs.sweep import sweep

    sweep()
    run_worker()


BAD_BODIES = {
    "not JSON": b"hello",
    "no message": b"{}",
    "data is not base64": b'{"message": {"data": "%%%"}}',
    "data is not JSON": b'{"message": {"data": "aGVsbG8="}}',
    "unknown address": body("nobody@example.com", 5),
    "negative": body(ADDRESS, -5),
    "text": body(ADDRESS, "many"),
    "enormous": body(ADDRESS, 10**40),
}


def test_bad_pushes_get_an_answer_and_change_nothing(live: Service) -> None:
    url = f"{live.url}/push/gmail"
    live.google.create_account(ADDRESS)
    from tests.support.service import connect

    mailbox = connect(live)
    genuine = live.google.push_token() if hasattr(live.google, "push_token") else None
    for headers in ({}, {"Authorization": "Bearer x.y.z"}):
        answer = requests.post(url, data=body(ADDRESS, 10**6), headers=headers, timeout=10)
        assert answer.status_code == 401
    if genuine:
        good = {"Authorization": f"Bearer {genuine}"}
        for name, data in BAD_BODIES.items():
            assert requests.post(url, data=data, headers=good, timeout=10).status_code == 204, name
        assert requests.post(url, data=b"x" * 1_100_000, headers=good, timeout=10).status_code == 413
    assert Mailbox.get_by_id(mailbox.id).notified_history_id == 0
    assert json.loads(requests.get(f"{live.url}/readyz", timeout=10).text)["database"] == "ready"
