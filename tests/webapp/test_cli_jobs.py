"""`flask jobs search`: asks boards, says which failed, and needs no service to run."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearback.config import REQUIRED
from hearback.models import database
from tests.support import product
from tests.support.openings import job, stands

# The package's own attribute of that name is the group of commands.
cli = import_module("webapp.cli.jobs")


def _row(number: int, title: str, place: str) -> dict[str, object]:
    return {
        "id": number,
        "url": f"https://remotive.com/remote-jobs/{number}",
        "title": title,
        "company_name": "Quayside Games",
        "category": "Software Development",
        "tags": ["python"],
        "job_type": "full_time",
        "publication_date": "2026-11-20T08:00:00",
        "candidate_required_location": place,
        "salary": "$120k - $150k",
        "description": "<p>You write <b>Python</b> services.</p>",
    }


ANSWER = {
    "job-count": 3,
    "jobs": [
        _row(1, "Software Engineer", "USA"),
        _row(2, "Software Engineer, Games", "Germany"),
        _row(3, "Illustrator", "Worldwide"),
    ],
}


@pytest.fixture
def board() -> Iterator[str]:
    """A board on this machine that gives ANSWER below /good, and nothing that can be read elsewhere."""

    class Board(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            good = self.path.startswith("/good") and "robots" not in self.path
            self.send_response(200 if good else 500)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(ANSWER).encode() if good else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Board)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Be where no service is set up."""
    for name in REQUIRED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOARD_CACHE", str(tmp_path / "boards"))


def search(*arguments: str) -> Result:
    """Run the command as a person does."""
    return CliRunner().invoke(cli.search, arguments)


def test_it_asks_a_board_and_prints_what_fits(board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMOTIVE_URL", f"{board}/good")
    found = search("software engineer", "--board", "remotive", "--json")
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.exit_code == 0, found.output
    assert {row["title"] for row in rows} == {"Software Engineer", "Software Engineer, Games"}
    assert {row["company"] for row in rows} == {"Quayside Games"}
    assert all(row["url"].startswith("https://remotive.com/") and row["remote"] == "remote" for row in rows)


def test_remote_work_is_asked_for_from_a_place(board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMOTIVE_URL", f"{board}/good")
    arguments = ("software engineer", "--board", "remotive", "--remote", "--location", "San Francisco, CA")
    found = search(*arguments)
    assert "Software Engineer · Quayside Games" in found.stdout
    assert "Engineer, Games" not in found.stdout


def test_a_board_that_failed_is_said_beside_the_others(board: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMOTIVE_URL", f"{board}/good")
    monkeypatch.setenv("JOBICY_URL", f"{board}/bad")
    found = search("engineer", "--board", "remotive", "--board", "jobicy", "--limit", "1")
    assert found.exit_code == 0
    assert len([line for line in found.stdout.splitlines() if line and not line.startswith(" " * 5)]) == 1
    assert found.stderr.startswith("jobicy: ") and len(found.stderr.splitlines()) == 1
    assert search("engineer", "--board", "jobicy").exit_code == 1


def test_what_cannot_be_asked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no board; there are" in search("x", "--board", "monster").output
    for name in ("ADZUNA_APP_ID", "ADZUNA_APP_KEY"):
        monkeypatch.delenv(name, raising=False)
    told = search("x", "--board", "adzuna")
    assert "Adzuna is not asked: needs the setting ADZUNA_APP_ID and ADZUNA_APP_KEY." in told.stderr
    assert told.exit_code == 1
    monkeypatch.setenv("BOARDS", "adzuna")
    assert "No board can be asked" in search("x").output
    told = search("x", "--board", "lever")
    assert "Lever is not asked: left out by the setting BOARDS." in told.stderr
    monkeypatch.setenv("BOARDS", "remotive, monster")
    assert "BOARDS names 'monster', which is no board; there are greenhouse, " in search("x").output
    monkeypatch.delenv("BOARDS")
    monkeypatch.setenv("REMOTIVE_URL", "ftp://x")
    assert "REMOTIVE_URL must be" in search("x", "--board", "remotive").output


def test_stored_jobs_are_found_without_asking_anybody(sqlite_url: str) -> None:
    with product.running(product.environment(sqlite_url, "redis://127.0.0.1:1/0")):
        database.connect(reuse_if_open=True)
        stands(job("Pastry Cook", pays=70_000), "lever")
        job("Waiter")
        database.close()
        found = search("cook", "--location", "San Francisco", "--stored")
    assert "Pastry Cook · Harborline Robotics · San Francisco, CA · up to $70,000 a year" in found.stdout
    assert "Waiter" not in found.stdout
    assert "job 1  https://" in found.stdout, "the number that `flask cv tailor --job` wants"
    assert "one board" in search("cook", "--stored", "--board", "lever", "--board", "ashby").output
