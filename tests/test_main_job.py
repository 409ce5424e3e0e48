"""The whole way of one push, by the product's own processes: mail in, status on the page."""

import re
import signal
from collections.abc import Iterator

import pytest
import requests
from redis import Redis

from hearback.models import Application, Mailbox, User, database
from jobs.sweep import sweep
from sandbox.client import SandboxControl
from tests.sandbox.person import Person, Returned
from tests.support.forked import run_worker
from tests.support.servers import wait_until
from tests.support.service import ACKNOWLEDGED, ADDRESS, REJECTED, Service, service


@pytest.fixture
def live(database_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Service]:
    with service(database_url, redis_url, sandbox.url) as running:
        database.connect(reuse_if_open=True)
        yield running


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


def agree(live: Service, browser: requests.Session, leads_to: requests.Response) -> requests.Response:
    """Choose the account and agree to all on the sandbox's pages; back in the product after that."""
    person = Person(live.google.url)
    page = person.visit(leads_to.headers["Location"])
    if isinstance(page, requests.Response) and 'type="email"' in page.text:
        page = person.choose(page, ADDRESS)
    if isinstance(page, requests.Response):
        page = person.decide(page)
    assert isinstance(page, Returned)
    return browser.get(page.url, timeout=10)


def sign_in_and_connect(live: Service) -> requests.Session:
    """Go through both consents as a browser would; return the signed-in browser."""
    live.google.create_account(ADDRESS, "Robin Sample")
    browser = requests.Session()
    page = browser.get(f"{live.url}/sign-in", timeout=10)
    asked = {"csrf_token": token_of(page.text)}
    away = browser.post(f"{live.url}/sign-in/google", data=asked, timeout=10, allow_redirects=False)
    board = agree(live, browser, away)
    assert board.status_code == 200, board.text
    asked = {"csrf_token": token_of(board.text)}
    away = browser.post(f"{live.url}/connect", data=asked, timeout=10, allow_redirects=False)
    assert agree(live, browser, away).status_code == 200
    return browser


def test_a_push_changes_what_the_page_shows(live: Service) -> None:
    with live.worker():
        browser = sign_in_and_connect(live)
        wait_until(
            lambda: Mailbox.select().where(Mailbox.backfilled_at.is_null(False)).exists(), "the first reading"
        )
        live.tell("We got your application", ACKNOWLEDGED)
        wait_until(lambda: live.statuses() == [("Acme Robotics", "applied")], "the application on the board")
        page = browser.get(live.url, timeout=10).text
        assert "Acme Robotics" in page and "Backend Engineer" in page
        version = User.get().version
        assert browser.get(f"{live.url}/board/changes?version={version}", timeout=10).status_code == 204
        live.tell("Your application", REJECTED)
        wait_until(lambda: live.statuses() == [("Acme Robotics", "rejected")], "the rejection on the board")
        fresh = browser.get(f"{live.url}/board/changes?version={version}", timeout=10)
        assert fresh.status_code == 200 and "Acme Robotics" in fresh.text
        timeline = browser.get(f"{live.url}/applications/{Application.get().id}", timeout=10).text
        assert "decided not to move forward" in timeline


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
    wait_until(lambda: live.statuses() == [("Acme Robotics", "applied")], "the application after a sweep")


def requests_flush(redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.flushall()


def from_sweep(live: Service) -> None:
    sweep()
    run_worker()
