"""Jobs in a real browser: saved and hidden in place, by keys, and nothing wider than the phone."""

import pytest
from playwright.sync_api import ViewportSize, expect

from hearback.models import Job, JobMark, PastedPosting, PasteState, database
from jobs import saved_searches
from jobs.find_jobs_wanted import Wanted
from jobs.saved_searches import Manners
from tests.support.openings import job, stands
from tests.webapp.browsing import DESK, PHONE, Opened, Site

LONG = "Senior Backend Engineer, Payments-Platform-and-Merchant-Onboarding (all genders) " * 2


def _stock() -> list[Job]:
    jobs = [
        job(
            LONG, company="Donaudampfschifffahrtsgesellschaftskapitaen" * 2, pays=170_000, salary_guessed=True
        ),
        job("Backend Engineer", text="word " * 400, remote="remote", remote_from=["US", "CA", "Europe"]),
        job("Backend Developer", skills=["Python", "Kubernetes"] * 12),
    ]
    stands(jobs[0], "remotive")
    return jobs


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_page_of_jobs_is_wider_than_the_window(site: Site, opened: Opened, size: ViewportSize) -> None:
    jobs = _stock()
    number = saved_searches.add(site.user.id, Wanted(words="backend", place="San Francisco"), Manners())
    paths = ("/jobs?words=backend&pay=90k", "/jobs/saved", "/jobs/searches", f"/jobs/searches/{number}")
    page = opened("/jobs", viewport=size)
    for path in (*paths, *(f"/jobs/{one.id}" for one in jobs)):
        page.goto(site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    # What a board asks to be shown is shown, also on a phone.
    page.goto(f"{site.url}/jobs/{jobs[0].id}")
    expect(page.get_by_role("link", name="Remotive")).to_be_visible()


def test_save_and_hide_change_the_line_where_it_stands(site: Site, opened: Opened) -> None:
    _stock()
    page = opened("/jobs?words=backend+engineer")
    line = page.locator(".job", has=page.get_by_role("link", name="Backend Engineer", exact=True))
    line.get_by_role("button", name="Save").click()
    expect(line.get_by_role("button", name="Saved")).to_be_visible()
    number = (line.get_attribute("id") or "").removeprefix("job-")
    line.get_by_role("button", name="Hide").click()
    hidden = page.locator(f"#job-{number}")
    expect(hidden).to_contain_text("Hidden: Backend Engineer")
    assert page.url.endswith("/jobs?words=backend+engineer")
    hidden.get_by_role("button", name="Undo").click()
    expect(hidden.get_by_role("link", name="Backend Engineer")).to_be_visible()


def test_keys_walk_save_and_hide(site: Site, opened: Opened) -> None:
    _stock()
    page = opened("/jobs?words=backend")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator(".job").first.get_by_role("button", name="Saved")).to_be_visible()
    with database.connection_context():
        assert JobMark.select().where(JobMark.saved_at.is_null(False)).count() == 1


def test_a_search_needs_no_script(site: Site, opened: Opened) -> None:
    _stock()
    page = opened("/jobs", java_script_enabled=False)
    page.get_by_label("What").fill("python")
    page.get_by_role("button", name="Find jobs").first.click()
    expect(page.locator("h1")).to_have_text("1 job fits.")
    page.get_by_role("button", name="Hide").click()
    expect(page.locator("h1")).to_have_text("No job fits all of this.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("1 job fits.")
    page.get_by_text("More filters").click()
    page.get_by_label("Pays at least, a year").fill("90k")
    page.get_by_label("Only jobs that name their pay").check()
    page.get_by_role("button", name="Find jobs").first.click()
    expect(page.locator("h1")).to_have_text("No job fits all of this.")


def test_the_page_shows_by_itself_what_became_of_a_pasted_posting(site: Site, opened: Opened) -> None:
    one = _stock()[1]
    page = opened("/jobs/searches")
    page.get_by_label("Address of the posting").fill("birch.example/jobs/1")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#pasted")).to_contain_text("Reading the page at birch.example")
    with database.connection_context():
        PastedPosting.get().end(PasteState.DONE, job_id=one.id)
    expect(page.locator("#pasted")).to_contain_text("On your list.")
    page.get_by_role("link", name="Backend Engineer at Harborline Robotics").click()
    expect(page.locator("h1")).to_have_text("Backend Engineer")
