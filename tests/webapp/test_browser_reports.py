"""A summary in a real browser: one drawing of each chart is seen, and nothing is wider than the phone."""

import datetime as dt

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.webapp import story
from tests.webapp.browsing import DESK, PHONE, Opened, Site


@pytest.mark.parametrize(("size", "shown", "hidden"), [(DESK, ".wide", ".slim"), (PHONE, ".slim", ".wide")])
def test_each_chart_is_drawn_for_the_width_that_there_is(
    site: Site, opened: Opened, size: ViewportSize, shown: str, hidden: str
) -> None:
    story.mail(site.box, "acknowledgment", dt.timedelta(days=9), company="Fernhill")
    story.mail(site.box, "offer", dt.timedelta(0), company="Velloria Instruments and Partners Holding")
    page = opened("/reports", viewport=size)
    page.get_by_role("link", name="This month").click()
    expect(page.locator(f"{shown} svg.chart").first).to_be_visible()
    assert page.locator(f"{hidden} svg.chart").first.is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    tone = page.locator(f"{shown} [data-tone=offer] .solid").first
    assert tone.evaluate("shape => getComputedStyle(shape).fill") != "rgb(0, 0, 0)"
