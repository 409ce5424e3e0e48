"""In a real browser: everything can be done by keyboard."""

from playwright.sync_api import expect

from hearback.models import Application
from tests.webapp import story
from tests.webapp.browsing import DAY, HOUR, Opened, Site


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
