"""Sites without an open door, by python-jobspy: an optional extra that only an operator can switch on.

https://github.com/speedyapply/JobSpy
"""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import places
from hearback.boards.posting import UNDISCLOSED, Batch, Posting
from hearback.boards.search import Search
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_json import read_json

SECONDS = 240
MOST_ROWS = 100
_MOST_SIGNS = 200
# The service's own keys are no business of a library that reads other people's pages.
_PASSED = ("PATH", "HOME", "LANG", "PYTHONPATH", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest jobs of a search on all sites of the setting, read by a process of its own.

    The library raises whatever its sites make it raise, loads much, and has no limit of time: a process ends
    with all of it, and what it said on its way is told by the run.
    """
    if importlib.util.find_spec("jobspy") is None:
        raise BoardFault(Fault.DOWN, "python-jobspy is not installed: pip install python-jobspy.")
    search = ask.search or Search()
    question = {
        "site_name": [site.strip() for site in ask.keys["JOBSPY_SITES"].split(",") if site.strip()],
        "search_term": search.words,
        "location": search.place or None,
        "is_remote": search.remote,
        "results_wanted": MOST_ROWS,
        "hours_old": search.days * 24 if search.days else None,
        "description_format": "html",
        "verbose": 1,
    }
    rows, said = _ask(question)
    return read(rows, said)


def read(rows: list[object], said: tuple[str, ...] = ()) -> Batch:
    """The jobs of the library's table, row by row; `said` are its warnings and errors."""
    postings, skipped = read_rows(rows, _posting)
    return Batch(postings, skipped, rows=len(rows), warnings=said)


def _ask(question: Mapping[str, object]) -> tuple[list[object], tuple[str, ...]]:
    """What the library finds, and what it complained of; raise BoardFault where it gave no table."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hearback.boards.jobspy_run"],
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=SECONDS,
            env={name: os.environ[name] for name in _PASSED if name in os.environ},
            cwd=Path(__file__).resolve().parents[2],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BoardFault(Fault.DOWN, f"python-jobspy took longer than {SECONDS} seconds.") from None
    lines = done.stderr.decode(errors="replace").splitlines()
    said = tuple(line[:_MOST_SIGNS] for line in lines if line.strip())
    if done.returncode:
        last = said[-1] if said else f"exit code {done.returncode}"
        raise BoardFault(Fault.DOWN, f"python-jobspy failed: {last}")
    try:
        rows = read_json(done.stdout)
    except ValueError:
        rows = None
    if not isinstance(rows, list):
        raise BoardFault(Fault.SHAPE, "python-jobspy gave no table.")
    return rows, said


def _posting(row: dict[str, object]) -> Posting:
    pay = salary(row.get("min_amount"), row.get("max_amount"), row.get("currency"), row.get("interval"))
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id") or row.get("job_url"),
            title=row.get("title"),
            company=row.get("company") or UNDISCLOSED,
            url=row.get("job_url"),
            description=row.get("description"),
            places=places(row.get("location")),
            remote=(row.get("is_remote") is True,),
            # What the library read out of a description, our own reading marks as guessed.
            salary=None if row.get("salary_source") == "description" else pay,
            employment=row.get("job_type"),
            posted_at=row.get("date_posted"),
            apply_url=row.get("job_url_direct"),
            company_url=row.get("company_url_direct"),
        ),
    )


SOURCE = Source(
    name="jobspy",
    title="JobSpy",
    url="https://github.com/speedyapply/JobSpy",
    docs="https://github.com/speedyapply/JobSpy",
    terms="It reads pages of sites whose terms may forbid it; whoever switches it on answers for that.",
    scope=Scope.QUERY,
    rank=2,
    keys=("JOBSPY_SITES",),
    fetch=fetch,
)
