"""In a real browser without JavaScript: two applications become one, one becomes two, and back."""

from playwright.sync_api import expect

from hearback.models import Application
from tests.webapp import story
from tests.webapp.browsing import DAY, PHONE, Opened, Site


def test_merge_and_split_need_no_javascript_and_fit_a_phone(site: Site, opened: Opened) -> None:
    first = story.mail(site.box, "acknowledgment", 2 * DAY, company="Umbrella", role="Engineer")
    second = story.mail(site.box, "offer", DAY, company="Parasol", role=None)
    page = opened(f"/applications/{first.application_id}", java_script_enabled=False, viewport=PHONE)
    page.get_by_label("This is the same as").select_option(str(second.application_id))
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".notice")).to_contain_text("Merged.")
    expect(page.locator(".headline .chip")).to_have_text("Offer received")
    page.get_by_role("link", name="Some of it belongs to another application").click()
    page.get_by_text("offers you the job").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Split off what is checked").click()
    expect(page.locator(".headline .chip")).to_have_text("Applied")
    page.get_by_role("link", name="Open the other one").click()
    expect(page.locator(".headline .chip")).to_have_text("Offer received")
    page.locator(".entry", has_text="You split this off").get_by_role("button", name="Undo").click()
    page.goto(f"{site.url}/applications/{first.application_id}")
    expect(page.locator(".headline .chip")).to_have_text("Offer received")
    assert Application.select().count() == 1
