"""The pages on a fresh database, and people who are signed in to them, also in a real browser."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from hearback.models import User
from tests.support import product
from tests.webapp import story
from tests.webapp.browsing import DESK, QUIET, Opened, Site
from tests.webapp.reader import Reader
from webapp import create_app

# Pages and the acts on them ring nobody, so no Redis listens here.
NO_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture
def app(sqlite_url: str) -> Iterator[Flask]:
    """The application on an empty database."""
    with product.running(product.environment(sqlite_url, NO_REDIS)):
        yield create_app()


@pytest.fixture
def robin_everywhere(database_url: str) -> Iterator[Reader]:
    """Robin on each of the databases in turn."""
    with product.running(product.environment(database_url, NO_REDIS)):
        user = User.create(email="robin@example.com", name="Robin", google_sub="1")
        yield Reader(create_app(), user)


@pytest.fixture
def robin(app: Flask) -> Reader:
    """Somebody who is signed in and uses the product."""
    return Reader(app, User.create(email="robin@example.com", name="Robin", google_sub="1"))


@pytest.fixture
def mallory(app: Flask) -> Reader:
    """Somebody else who is signed in."""
    return Reader(app, User.create(email="mallory@example.com", name="Mallory", google_sub="2"))


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    """The pages on a port of this machine, and Robin with a connected mailbox."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    user = User.create(email="robin@example.com", name="Robin", google_sub="1")
    try:
        yield Site(app, f"http://127.0.0.1:{server.port}", user, story.mailbox(user))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless browser; where none is installed the test reports itself as skipped."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opened]:
    """Opens a page; in the end no page may have complained or called anyone but the site."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(path: str = "/", **options: object) -> Page:
        options = {"viewport": DESK, "timezone_id": "UTC", **options}
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_cookies([site.cookie()])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("request", lambda sent: complaints.append(sent.url) if foreign(sent.url) else None)
        page.goto(site.url + path)
        return page

    def foreign(url: str) -> bool:
        return not url.startswith((site.url, "data:"))

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
