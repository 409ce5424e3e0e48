"""A posting that a user brings by its address is read, stored once, and put on their list."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hearback.models import Job, JobMark, PastedPosting, PasteState, User, database
from jobs import saved_searches_paste
from jobs.queues import queues
from jobs.refusals import BadAct
from tests.support import product

POSTING = {
    "@context": "https://schema.org/",
    "@type": "JobPosting",
    "title": "Pastry Cook",
    "hiringOrganization": {"@type": "Organization", "name": "Birch Foods"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Oslo", "addressCountry": "NO"}},
    "description": "<p>You bake bread early in the morning, and cakes later in the day.</p>",
    "datePosted": "2026-11-20",
    "identifier": "cook-1",
}
WAITER = {**POSTING, "title": "Waiter", "identifier": "waiter-1"}


def _page(*postings: object) -> str:
    blocks = (f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in postings)
    return f"<html><head><title>Jobs</title>{''.join(blocks)}</head><body>Work here.</body></html>"


PAGES = {"/one": _page(POSTING), "/many": _page(POSTING, WAITER), "/none": "<html><body>Hello.</body></html>"}


@pytest.fixture
def careers() -> Iterator[str]:
    """The career pages of a company, on this machine."""

    class Careers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = PAGES.get(self.path)
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Careers)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def user(sqlite_url: str, redis_url: str, tmp_path: Path) -> Iterator[User]:
    """Somebody who may bring pages of this machine."""
    more = {"ALLOW_PRIVATE_ADDRESSES": "1", "BOARD_CACHE": str(tmp_path / "boards")}
    with product.running(product.environment(sqlite_url, redis_url) | more):
        database.connect(reuse_if_open=True)
        yield User.create(email="robin@example.com")


def brought(user: User, address: str) -> PastedPosting:
    """Bring a posting and let a worker read it."""
    number = saved_searches_paste.bring(user.id, address)
    for queued in queues.default.get_jobs():
        queued.perform()
        queued.delete()
    return PastedPosting.get_by_id(number)


def test_a_posting_is_read_and_saved_once_for_its_user(user: User, careers: str) -> None:
    first, second = brought(user, f"{careers}/one"), brought(user, f"{careers}/one")
    assert (first.state, second.state) == (PasteState.DONE, PasteState.DONE)
    job = Job.get()
    assert (job.title, job.company, job.place_text) == ("Pastry Cook", "Birch Foods", "Oslo, Norway")
    assert first.job_id == second.job_id == job.id
    assert [mark.user_id for mark in JobMark.select().where(JobMark.saved_at.is_null(False))] == [user.id]


@pytest.mark.parametrize(
    ("path", "said"),
    [("/many", "lists 2 jobs"), ("/none", "does not describe a job"), ("/gone", "")],
)
def test_what_is_no_single_posting_is_said(user: User, careers: str, path: str, said: str) -> None:
    pasted = brought(user, f"{careers}{path}")
    assert pasted.state == PasteState.FAILED
    assert pasted.words and said in pasted.words
    assert Job.select().count() == 0


def test_a_lost_call_is_made_again(user: User, careers: str) -> None:
    number = saved_searches_paste.bring(user.id, f"{careers}/one")
    queues.default.empty()
    saved_searches_paste.read_waiting()
    (queued,) = queues.default.get_jobs()
    queued.perform()
    assert PastedPosting.get_by_id(number).state == PasteState.DONE
    saved_searches_paste.read_posting(number)
    assert Job.select().count() == 1


@pytest.mark.parametrize(
    "address", ["", "cook", "javascript:alert(1)", "file:///etc/passwd", "https://" + "a" * 3000]
)
def test_what_is_no_address_is_refused_in_words(user: User, address: str) -> None:
    with pytest.raises(BadAct, match="no web address"):
        saved_searches_paste.bring(user.id, address)
