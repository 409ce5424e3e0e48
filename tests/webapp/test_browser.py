"""In a real browser: pages change by themselves, obey the keyboard, and call nobody else."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from hearback.models import Application, Mailbox, User, now
from tests.support import product
from tests.webapp import story
from tests.webapp.conftest import NO_REDIS
from webapp import create_app

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

expect.set_options(timeout=20_000)


@dataclass
class Site:
    """The pages on a port of this machine, and somebody who is signed in to them."""

    app: Flask
    url: str
    user: User
    box: Mailbox

    def cookie(self) -> dict[str, str]:
        """The session cookie of the signed-in user."""
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        value = signer.dumps({"_user_id": str(self.user.id), "_fresh": True})
        return {"name": self.app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.url}


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    with product.running(product.environment(sqlite_url, NO_REDIS)):
        app = create_app()
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


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opened]:
    """Opens a page; in the end no page may have complained or called anyone but the site."""
    complaints: list[str] = []
    contexts = []

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


def _card(page: Page, company: str) -> object:
    return page.locator(".card", has_text=company)


def _stays(page: Page) -> None:
    """Leave a mark that a reload would wipe away."""
    page.evaluate("window.mark = 'still here'")


def _stayed(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 'still here'"))


def test_the_board_changes_by_itself_and_says_so(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    page = opened()
    page.mouse.move(5, 5)
    expect(page.locator(".column[data-stage=applied] .card")).to_contain_text("Acme Robotics")
    _stays(page)
    story.mail(site.box, "rejection", HOUR)
    moved = page.locator(".column[data-stage=closed] .card")
    expect(moved).to_contain_text("Rejected")
    expect(moved).to_contain_text("Changed just now")
    expect(page.locator(".column[data-stage=applied] .card")).to_have_count(0)
    expect(page.locator("#said")).to_have_text("Acme Robotics, Backend Engineer: Rejected")
    expect(page.locator("h1")).to_contain_text("1 answer")
    expect(page).to_have_title(re.compile("^● "))
    expect(page.locator("#favicon")).to_have_attribute("href", re.compile("favicon-dot"))
    assert _stayed(page)
    page.mouse.move(9, 9)  # Whoever moves has seen it.
    expect(page).to_have_title("Board · Hearback")


def test_a_new_application_appears_by_itself_on_an_empty_board(site: Site, opened: Opened) -> None:
    page = opened()
    expect(page.locator(".empty")).to_contain_text("When an employer writes")
    story.mail(site.box, "acknowledgment", HOUR)
    expect(_card(page, "Acme Robotics")).to_be_visible()  # type: ignore[arg-type]


def test_nothing_moves_under_the_hand_until_asked(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    page = opened()
    column = page.locator(".column[data-stage=applied]")
    column.locator(".card").hover()
    story.mail(site.box, "offer", HOUR)
    expect(column.locator(".card")).to_contain_text("Offer received")
    expect(column.locator(".card")).to_contain_text("Changed just now")
    page.get_by_role("button", name="Show the new order").click()
    expect(page.locator(".column[data-stage=offer] .card")).to_contain_text("Acme Robotics")
    expect(column.locator(".card")).to_have_count(0)
    expect(page.get_by_role("button", name="Show the new order")).to_be_hidden()


def test_focus_stays_where_it_is_when_its_card_changes(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    page = opened()
    link = page.locator(".card a")
    link.focus()
    story.mail(site.box, "offer", HOUR)
    expect(page.locator(".card")).to_contain_text("Offer received")
    expect(page.locator(".card a")).to_be_focused()


def test_an_open_timeline_changes_by_itself(site: Site, opened: Opened) -> None:
    first = story.mail(site.box, "acknowledgment", DAY)
    page = opened(f"/applications/{first.application_id}")
    _stays(page)
    story.mail(site.box, "offer", HOUR, evidence="We are glad to offer you the job.")
    expect(page.locator(".headline .chip")).to_have_text("Offer received")
    expect(page.locator(".entry").first).to_contain_text("We are glad to offer you the job.")
    assert _stayed(page)


def test_an_open_correction_is_not_taken_from_under_the_hand(site: Site, opened: Opened) -> None:
    first = story.mail(site.box, "acknowledgment", DAY)
    page = opened(f"/applications/{first.application_id}")
    page.get_by_text("Not right?").click()
    page.get_by_label("Company").fill("Acme Robots")
    story.mail(site.box, "offer", HOUR)
    expect(page.get_by_role("button", name="Show what is new")).to_be_visible()
    expect(page.get_by_label("Company")).to_have_value("Acme Robots")


def test_the_way_from_board_to_correction_by_keyboard_alone(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    story.mail(site.box, "acknowledgment", 2 * DAY, company="Birch", role="Analyst")
    page = opened()
    page.keyboard.press("j")
    expect(page.locator(".card a").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".card a").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Acme Robotics")
    page.get_by_text("Not right?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("It is really")).to_be_focused()
    page.keyboard.type("an offer")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("Corrected: an offer from Acme Robotics.")
    page.wait_for_load_state()
    page.keyboard.press("u")
    expect(page.locator(".notice")).to_contain_text("Taken back.")
    assert {row.status for row in Application.select()} == {"applied"}


def test_each_question_takes_one_key(site: Site, opened: Opened) -> None:
    for number, company in enumerate(("Alder", "Birch", "Cedar"), start=1):
        story.mail(site.box, "offer", number * HOUR, company=company, role=None, confidence=0.6)
    page = opened("/review")
    page.keyboard.press("y")
    expect(page.locator(".notice")).to_contain_text("Confirmed: an offer from Alder.")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.locator(".notice")).to_contain_text("not about a job")
    expect(page.locator("h1")).to_contain_text("One mail needs a word from you.")
    expect(page.locator(".question")).to_contain_text("Birch")


def test_keys_are_listed_and_can_be_switched_off(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    page = opened()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Do not use single keys").check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.reload()
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator(".card a")).not_to_be_focused()


def test_letters_that_are_typed_stay_letters(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    page = opened()
    page.keyboard.press("a")
    company = page.locator("#add").get_by_label("Company")
    expect(company).to_be_focused()
    page.keyboard.type("jkynurb?")
    expect(company).to_have_value("jkynurb?")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("jkynurb?")


def test_on_a_phone_the_stages_are_tabs_that_stay_chosen(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    story.mail(site.box, "offer", 2 * HOUR, company="Birch", role="Analyst")
    page = opened(viewport=PHONE, has_touch=True, is_mobile=True)
    expect(_card(page, "Acme Robotics")).to_be_visible()  # type: ignore[arg-type]
    expect(_card(page, "Birch")).to_be_hidden()  # type: ignore[arg-type]
    page.locator(".tabs").get_by_text("Offer").tap()
    expect(_card(page, "Birch")).to_be_visible()  # type: ignore[arg-type]
    expect(_card(page, "Acme Robotics")).to_be_hidden()  # type: ignore[arg-type]
    story.mail(site.box, "offer", HOUR)
    expect(_card(page, "Acme Robotics")).to_be_visible()  # type: ignore[arg-type]
    page.reload()
    expect(_card(page, "Birch")).to_be_visible()  # type: ignore[arg-type]


def test_the_browser_tells_its_time_zone_once(site: Site, opened: Opened) -> None:
    start = (now() + 20 * DAY).replace(hour=5, minute=0, second=0, microsecond=0)
    first = story.mail(site.box, "interview_invitation", DAY, dates=[story.span(start)])
    page = opened(f"/applications/{first.application_id}", timezone_id="Asia/Tokyo")
    expect(page.locator("#meetings")).to_contain_text("14:00 to 15:00")
    assert User.get_by_id(site.user.id).timezone == "Asia/Tokyo"


def test_everything_can_be_done_without_javascript(site: Site, opened: Opened) -> None:
    story.mail(site.box, "rejection", HOUR, confidence=0.6)
    page = opened(java_script_enabled=False)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".notice")).to_contain_text("Confirmed: a rejection")
    page.locator("#add summary").click()
    page.locator("#add").get_by_label("Company").fill("Birch")
    page.locator("#add").get_by_role("button", name="Add").click()
    expect(page.locator("h1")).to_have_text("Birch")
    page.get_by_label("Status").select_option("withdrawn")
    page.get_by_role("button", name="Change").click()
    expect(page.locator(".headline .chip")).to_have_text("Withdrawn")
    page.locator(".notice").get_by_role("button", name="Undo").click()
    expect(page.locator(".headline .chip")).to_have_text("Applied")


def test_the_theme_switch_holds_against_the_system(site: Site, opened: Opened) -> None:
    page = opened(color_scheme="light")
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_complains_or_scrolls_sideways(
    site: Site, opened: Opened, scheme: str, size: dict[str, int], tmp_path: Path
) -> None:
    long = "Verwaltungsgenossenschaftsbuchhaltungssystemverwaltung" * 2
    box = site.box
    first = story.mail(box, "acknowledgment", DAY, company=long, role=long, subject=long)
    story.mail(box, "offer", HOUR, company="Birch", role="Analyst", evidence=long, confidence=0.6)
    page = opened(viewport=size, color_scheme=scheme)
    application = f"/applications/{first.application_id}"
    for path in ("/", "/review", "/mailboxes", application, "/sign-in"):
        page.goto(site.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], path
