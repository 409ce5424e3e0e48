"""In a real browser: phone and desk, both themes, other time zones, no JavaScript."""

import pytest
from playwright.sync_api import ViewportSize, expect

from hearback.models import User, now
from tests.webapp import story
from tests.webapp.browsing import DAY, DESK, HOUR, PHONE, Opened, Site, card


def test_on_a_phone_the_stages_are_tabs_that_stay_chosen(site: Site, opened: Opened) -> None:
    story.mail(site.box, "acknowledgment", DAY)
    story.mail(site.box, "offer", 2 * HOUR, company="Birch", role="Analyst")
    page = opened(viewport=PHONE, has_touch=True, is_mobile=True)
    expect(card(page, "Acme Robotics")).to_be_visible()
    expect(card(page, "Birch")).to_be_hidden()
    page.locator(".tabs").get_by_text("Offer").tap()
    expect(card(page, "Birch")).to_be_visible()
    expect(card(page, "Acme Robotics")).to_be_hidden()
    story.mail(site.box, "offer", HOUR)
    expect(card(page, "Acme Robotics")).to_be_visible()
    page.reload()
    expect(card(page, "Birch")).to_be_visible()


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
    site: Site, opened: Opened, scheme: str, size: ViewportSize
) -> None:
    long = "Verwaltungsgenossenschaftsbuchhaltungssystemverwaltung" * 2
    box = site.box
    first = story.mail(box, "acknowledgment", DAY, company=long, role=long, subject=long)
    story.mail(box, "offer", HOUR, company="Birch", role="Analyst", evidence=long, confidence=0.6)
    page = opened(viewport=size, color_scheme=scheme)
    application = f"/applications/{first.application_id}"
    for path in ("/", "/review", "/mailboxes", application, "/sign-in", "/settings"):
        page.goto(site.url + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], path
