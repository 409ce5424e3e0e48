"""In a real browser, with a real worker: a CV goes in, is checked, is tailored, approved and taken home."""

import os
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from hearback.documents.asks import asked
from hearback.documents.render import Format, Look, Paper, render
from hearback.models import DocumentVersion, Job, Tailoring, database
from jobs import documents, tailor
from tests.support import openings, product, servers
from tests.webapp.browsing import DESK, PHONE, Opened, Site
from tests.webapp.test_pages_jobs_cv import NURSE, give
from webapp import create_app

POSTING = "Requirements\n- Triage\n- Wound care\n- 3 years of experience as a nurse"
CV = {**NURSE, "basics": {"name": "Anna Hofer", "email": "anna.hofer@example.com", "phone": "+43 316 123456"}}
LONG = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenpension" * 4


@pytest.fixture
def app(sqlite_url: str, redis_url: str) -> Iterator[Flask]:
    """The application beside a Redis that workers listen to."""
    with product.running(product.environment(sqlite_url, redis_url)):
        yield create_app()


@pytest.fixture
def worker(app: Flask, tmp_path: Path) -> Iterator[None]:
    """The worker pool as the Procfile starts it, on the same database and Redis."""
    env = {**os.environ, "PROCESSES": "1"}
    with servers.process([sys.executable, "-m", "jobs.worker"], tmp_path / "worker.log", env=env):
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A CV as a PDF."""
    path = tmp_path / "Anna Hofer CV.pdf"
    path.write_bytes(render(CV, Look(Format.PDF, "plain", Paper.A4)))
    return path


def posting() -> Job:
    return openings.job(
        "Ward Nurse",
        company="Blue Heron Clinic",
        text=POSTING,
        asks=asked("Ward Nurse", POSTING).to_json(),
    )


def test_a_cv_goes_in_and_comes_out_right_for_a_job(
    site: Site, opened: Opened, worker: None, file: Path, tmp_path: Path
) -> None:
    job = posting()
    page = opened("/documents")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Add", exact=True).click()
    page.evaluate("window.mark = 'still here'")
    shelf = page.locator("#shelf")
    expect(shelf).to_contain_text("Read: 1 job", timeout=60_000)
    assert page.evaluate("window.mark") == "still here", "no reload was needed"
    # As if a value had been hard to read.
    with database.connection_context():
        version = DocumentVersion.get()
        marks = [{**m, "sure": 0.3} if m["path"] == "work[0].position" else m for m in version.marks]
        DocumentVersion.update(marks=marks).execute()
    page.reload()
    shelf.get_by_role("link", name="Check 1 value").click()
    expect(page.locator(".check-this")).to_have_count(1)
    field = page.get_by_label("Title").first
    expect(field).to_have_value("Ward Nurse")
    expect(page.get_by_alt_text("Page 1 of Anna Hofer CV.pdf")).to_be_visible()
    field.fill("Senior Ward Nurse")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator(".notice")).to_contain_text("Saved as version 2.")

    page.goto(f"{site.url}/jobs/{job.id}")
    expect(page.get_by_role("heading", name="How your CV answers it")).to_be_visible()
    page.get_by_label("Tone").select_option("Warm")
    page.get_by_role("button", name="Tailor your CV to it").click()
    expect(page.get_by_role("textbox", name="Letter", exact=True)).to_contain_text(
        "Blue Heron Clinic", timeout=60_000
    )
    page.get_by_label("Subject").fill("Ward Nurse, as of January")
    page.get_by_role("button", name="Approve the letter and the CV").click()
    expect(page.locator(".headline")).to_contain_text("You approved it")
    with database.connection_context():
        assert Tailoring.get().subject == "Ward Nurse, as of January", "what was typed is what was approved"
    for button, start in (("Download the CV", b"%PDF-"), ("Download the letter", b"%PDF-")):
        with page.expect_download() as found:
            page.get_by_role("button", name=button).click()
        found.value.save_as(tmp_path / "out")
        assert (tmp_path / "out").read_bytes().startswith(start)
        assert "Blue Heron Clinic" in found.value.suggested_filename


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what bears that name has the focus, as somebody without a mouse does."""
    for _ in range(150):
        page.keyboard.press("Tab")
        told = "e => e ? (e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.innerText || '') : ''"
        if name in page.evaluate(f"({told})(document.activeElement)"):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_all_of_it_by_keyboard_alone(site: Site, opened: Opened, worker: None) -> None:
    job = posting()
    with database.connection_context():
        version = give(site.user, CV)
    page = opened(f"/documents/{version.document_id}/edit")
    tab_to(page, "Headline")
    page.keyboard.type("Ward Nurse")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("Saved as version 2.")
    page.goto(f"{site.url}/jobs/{job.id}")
    tab_to(page, "Tailor your CV to it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Letter", exact=True)).to_contain_text(
        "Blue Heron Clinic", timeout=60_000
    )
    tab_to(page, "Letter")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nI would be glad to talk.")
    tab_to(page, "Approve the letter and the CV")
    page.keyboard.press("Enter")
    expect(page.locator(".headline")).to_contain_text("You approved it")


def test_what_was_typed_is_not_taken_away_when_something_else_changes(site: Site, opened: Opened) -> None:
    with database.connection_context():
        give(site.user, CV)
        row = tailor.begin(site.user.id, posting().id, "plain")
        tailor.make_tailoring(row.id)
    page = opened(f"/tailored/{row.id}")
    page.get_by_label("Subject").fill("Typed and not saved")
    page.locator("h1").click()
    with database.connection_context():
        documents.upload(site.user.id, "other.txt", b"Anna Hofer\nNurse")
        Tailoring.update(summary="Another summary").execute()
    expect(page.get_by_role("button", name="Show what is new")).to_be_visible()
    expect(page.get_by_label("Subject")).to_have_value("Typed and not saved")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_page_of_documents_is_wider_than_the_window(
    site: Site, opened: Opened, size: ViewportSize
) -> None:
    with database.connection_context():
        work = [{**NURSE["work"][0], "name": LONG, "position": LONG, "highlights": [LONG, "Short"]}]  # type: ignore[index]
        cv = {**CV, "work": work, "skills": [{"name": LONG, "keywords": [LONG] * 3}]}
        version = give(site.user, cv, name=LONG)
        row = tailor.begin(site.user.id, posting().id, "plain")
        tailor.make_tailoring(row.id)
    page = opened("/documents", viewport=size)
    edit = f"/documents/{version.document_id}/edit"
    for path in ("/documents", f"/documents/{version.document_id}", edit, f"/tailored/{row.id}"):
        page.goto(site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), textarea, select')]"
            ".filter(f => !f.labels?.length && !f.ariaLabel).map(f => f.name)"
        )
        assert unnamed == [], path
        levels = [
            int(tag[1])
            for tag in page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName)")
        ]
        assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels)), path
