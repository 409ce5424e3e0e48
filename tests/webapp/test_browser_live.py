"""In a real browser: open pages change by themselves, and nothing moves under the hand."""

import re

from playwright.sync_api import Page, expect

from tests.webapp import story
from tests.webapp.browsing import DAY, HOUR, Opened, Site, card


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
    expect(card(page, "Acme Robotics")).to_be_visible()


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
