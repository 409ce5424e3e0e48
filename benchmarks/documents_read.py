"""What reading a CV costs: its text, the whole of it, the process around it, and against pdfplumber."""

import json
from collections.abc import Iterator

from benchmarks.documents_render import SAMPLES, ms, plumb
from benchmarks.report import Row, quantile, ratios
from hearback.documents.bounded import read_bounded
from hearback.documents.extract import text_of
from hearback.documents.parse.read import read
from hearback.documents.render import DESIGNS, Format, Look, render

ROUNDS = 5


def rows() -> Iterator[Row]:
    """Each sample in each design as PDF, read in this process, and then in a process of its own."""
    cvs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.json"))]
    pdfs = [render(cv, Look(Format.PDF, design)) for cv in cvs for design in DESIGNS]
    texts, wholes, plumbed = [], [], []
    for _ in range(ROUNDS):
        texts.append([ms(text_of, data) for data in pdfs])
        wholes.append([ms(lambda data: read(text_of(data)), data) for data in pdfs])
        plumbed.append([ms(plumb, data) for data in pdfs])
    yield Row("Half of the PDFs are read in at most", _halves(wholes), " ms", at_most=150)
    yield Row("9 of 10 PDFs are read in at most", [quantile(each, 0.9) for each in wholes], " ms")
    yield Row("Of this, half of the texts are taken out in at most", _halves(texts), " ms")
    sums = [sum(each) for each in plumbed]
    yield Row(
        "Reading a PDF, against its text by pdfplumber alone",
        ratios([sum(each) for each in wholes], sums),
        at_most=1,
    )
    yield Row(
        "Taking out its text, against the same", ratios([sum(each) for each in texts], sums), at_most=0.5
    )
    each_once = pdfs[:: len(DESIGNS)]
    bounded = [[ms(read_bounded, data) for data in each_once] for _ in range(ROUNDS)]
    yield Row("Half are read in a process of their own in at most", _halves(bounded), " ms")


def _halves(rounds: list[list[float]]) -> list[float]:
    return [quantile(each, 0.5) for each in rounds]
