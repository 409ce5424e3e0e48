"""`flask cv` reads, sets and tailors CVs, and says in words what it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hearback.models import database
from tests.support import openings, product

CV = """Ada Holm
Nurse
ada@example.com | +43 316 123456 | Graz, Austria

Work experience

Charge Nurse, Northwind Hospital, Graz
March 2019 - Present
- Led a ward of 24 beds

Education

BSc Nursing, University of Graz, 2012 - 2015

Skills
Triage, Wound care
"""


def run(*arguments: object, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run `flask cv` as its user does; without any setting of the service unless `env` has some."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "flask", "--app", "webapp", "cv", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=bare | env, timeout=120)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cv.txt"
    path.write_text(CV)
    return path


def test_a_cv_is_read_without_any_setting(file: Path) -> None:
    done = run("parse", file, "--json")
    cv = json.loads(done.stdout)
    assert cv["basics"]["name"] == "Ada Holm" and cv["basics"]["email"] == "ada@example.com"
    assert [work["name"] for work in cv["work"]] == ["Northwind Hospital"]
    assert "work[0].position: Charge Nurse" in run("parse", file).stdout


def test_a_cv_is_set_in_another_form_and_reads_back(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert run("convert", file, out, "--design", "classic", "--paper", "letter").returncode == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert json.loads(run("parse", out, "--json").stdout)["basics"]["name"] == "Ada Holm"


def test_what_cannot_be_done_is_said_in_words(file: Path, tmp_path: Path) -> None:
    done = run("convert", file, tmp_path / "out.xyz")
    assert done.returncode == 1 and "must end with one of .pdf" in done.stderr
    done = run("convert", file, tmp_path / "nowhere" / "out.pdf")
    assert done.returncode == 1 and "cannot be written" in done.stderr
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    done = run("parse", tmp_path / "broken.pdf")
    assert done.returncode == 1 and "damaged" in done.stderr and "Traceback" not in done.stderr
    done = run("tailor", file, "--job", 1)
    assert done.returncode == 1 and "DATABASE_URL" in done.stderr


def test_a_letter_is_written_for_a_stored_job(file: Path, tmp_path: Path, sqlite_url: str) -> None:
    env = product.environment(sqlite_url, "redis://127.0.0.1:1/0")
    with product.running(env), database.connection_context():
        job = openings.job("Ward Nurse", "Blue Heron Clinic", text="Requirements: wound care and a PhD.")
    out = tmp_path / "cv.docx"
    done = run("tailor", file, "--job", job.id, "--tone", "warm", "--out", out, **env)
    assert "Blue Heron Clinic" in done.stdout and "PhD" not in done.stdout
    assert out.read_bytes().startswith(b"PK")
    made = json.loads(run("tailor", file, "--job", job.id, "--json", **env).stdout)
    assert made["cv"]["basics"]["name"] == "Ada Holm" and made["letter"]
    done = run("tailor", file, "--job", 999, **env)
    assert done.returncode == 1 and "There is no job 999" in done.stderr
