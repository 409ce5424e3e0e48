"""What setting a CV costs: the first time, every other time, and against reading it by pdfplumber."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from benchmarks.report import Row, quantile, ratios
from hearback.documents.render import DESIGNS, Format, Look, Paper, render

ROUNDS = 5
SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "documents" / "samples"
# Runs apart, so that nothing is loaded or warm. It prints milliseconds.
FIRST = """
import json, sys, time
started = time.perf_counter()
from hearback.documents.render import Look, render
loaded = time.perf_counter()
render(json.load(sys.stdin), Look())
print(json.dumps([(loaded - started) * 1000, (time.perf_counter() - loaded) * 1000]))
"""


def rows() -> Iterator[Row]:
    """Each sample in each design and on each paper, as PDF and as Word document."""
    cvs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))]
    looks = [Look(Format.PDF, design, paper) for design in DESIGNS for paper in Paper]
    firsts = [_first(json.dumps(cvs[0])) for _ in range(ROUNDS)]
    yield Row("Loading what sets a CV", [loaded for loaded, _ in firsts], " ms")
    yield Row("Setting the first PDF of a process", [first for _, first in firsts], " ms", at_most=500)
    # typst remembers what it has set, and people come with new texts.
    rounds = [[_varied(cv, number) for cv in cvs] for number in range(ROUNDS)]
    ours, theirs = [], []
    for varied in rounds:
        pairs = [_pair(cv, look) for cv in varied for look in looks]
        ours.append([mine for mine, _ in pairs])
        theirs.append([other for _, other in pairs])
    halves = [quantile(each, 0.5) for each in ours]
    yield Row("Half of the PDFs are set in at most", halves, " ms", at_most=100)
    yield Row("9 of 10 PDFs are set in at most", [quantile(each, 0.9) for each in ours], " ms", at_most=100)
    yield Row(
        "Setting a PDF, against its text by pdfplumber alone",
        ratios([sum(each) for each in ours], [sum(each) for each in theirs]),
        at_most=1,
    )
    documents = [Look(Format.DOCX, design) for design in DESIGNS]
    words = [[ms(render, cv, look) for cv in varied for look in documents] for varied in rounds]
    yield Row("Half of the Word documents are set in at most", [quantile(each, 0.5) for each in words], " ms")


def _varied(value: Any, number: int, name: str = "") -> Any:
    """The same CV in other words of the same length, more or less."""
    if isinstance(value, dict):
        return {key: _varied(inner, number, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_varied(inner, number, name) for inner in value]
    return value if name.endswith(("Date", "date", "url", "email", "phone")) else f"{value} {number}"


def _first(cv: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", FIRST], input=cv, capture_output=True, text=True, check=True)
    loaded, first = json.loads(done.stdout)
    return loaded, first


def _pair(cv: Any, look: Look) -> tuple[float, float]:
    """How long it takes to set a CV, and then to read its pages by pdfplumber, in milliseconds."""
    started = time.perf_counter()
    data = render(cv, look)
    return (time.perf_counter() - started) * 1000, ms(plumb, data)


def plumb(data: bytes) -> None:
    """Take the text of every page out by pdfplumber."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()


def ms(work: Callable[..., object], *values: object) -> float:
    """How many milliseconds a piece of work takes."""
    started = time.perf_counter()
    work(*values)
    return (time.perf_counter() - started) * 1000
