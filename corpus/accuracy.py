"""Writes docs/accuracy.md: how right Hearback is on mails of the corpus that it never learned from."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.judge import CLASSES, CONFIDENCE_THRESHOLD, Judged, bins, figures, judged, share
from corpus.mails import read, unmarked
from corpus.parts import Part, part
from corpus.plot import reliability

DOCS = Path(__file__).parent.parent / "docs"


def page(rows: Sequence[Judged], learned: int) -> str:
    """docs/accuracy.md."""
    named = "\n".join(f"| {name} | {value:.3f} |" for name, value in figures(rows).items())
    return f"""# How right Hearback is

Written by `make accuracy`. {len(rows)} mails of the corpus that the model has not seen, split off by sender
and template (`corpus/parts.py`); it learned from {learned} others. They are harder than a usual mailbox:
most were written to mislead.

| | |
|---|---:|
{named}

At the threshold ({CONFIDENCE_THRESHOLD}) a verdict changes a status by itself; below it, Hearback asks.

## What is taken for what

Rows are what a mail is, columns what it was taken for.

{_confusion(rows)}

## By language

{_by(rows, lambda row: row.template.language)}

## By who writes

{_by(rows, lambda row: "a system" if row.template.automatic else "a person")}

## How sure, and how often right

Of the mails that Hearback was so sure of, so many were right. On the line a probability keeps its word.

![Confidence against the share that was right](accuracy-calibration.svg)

{_calibration(rows)}

The mails that it gets wrong stand in [accuracy-errors.md](accuracy-errors.md).
"""


def errors_page(rows: Sequence[Judged]) -> str:
    """docs/accuracy-errors.md: every held-out mail that was taken for something else, the surest first."""
    wrong = sorted((r for r in rows if not r.right), key=lambda r: (-r.verdict.confidence, r.template.id))
    lines = [
        f"| {r.template.id} | {r.template.category} | {r.verdict.category} | {r.verdict.confidence:.2f} "
        f"| {_cell(r.filled.subject)} | {_cell(_said(r))} |"
        for r in wrong
    ]
    return "\n".join(
        [
            "# Errors that remain",
            "",
            f"Written by `make accuracy`: {len(wrong)} of {len(rows)} held-out mails, the surest first.",
            "",
            "| Mail | Is | Taken for | Sure | Subject | What decides |",
            "|---|---|---|---:|---|---|",
            *lines,
            "",
        ]
    )


def _said(row: Judged) -> str:
    words = row.template.decisive or (row.verdict.evidence or "",)
    return " … ".join(unmarked(text) for text in words)[:160]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _confusion(rows: Sequence[Judged]) -> str:
    counts = Counter((row.wanted, row.got) for row in rows)
    head = f"| | {' | '.join(CLASSES)} |\n|---|{'---:|' * len(CLASSES)}"
    lines = [
        f"| **{wanted}** | {' | '.join(str(counts[wanted, got] or '') for got in CLASSES)} |"
        for wanted in CLASSES
    ]
    return "\n".join([head, *lines])


def _by(rows: Sequence[Judged], key: Callable[[Judged], str]) -> str:
    lines = ["| | Mails | Right, of eight classes |", "|---|---:|---:|"]
    for name in sorted({key(row) for row in rows}):
        some = [row for row in rows if key(row) == name]
        lines.append(f"| {name} | {len(some)} | {share(some, lambda r: r.right):.3f} |")
    return "\n".join(lines)


def _calibration(rows: Sequence[Judged]) -> str:
    lines = ["| Sure | Right | Mails |", "|---:|---:|---:|"]
    return "\n".join(lines + [f"| {sure:.2f} | {right:.2f} | {count} |" for sure, right, count in bins(rows)])


def main() -> None:
    """Print the page, and write it with its plot and its errors."""
    rows = judged()
    learned = sum(part(template) is Part.TRAIN for template in read())
    text = page(rows, learned)
    (DOCS / "accuracy.md").write_text(text, encoding="utf-8")
    (DOCS / "accuracy-errors.md").write_text(errors_page(rows), encoding="utf-8")
    (DOCS / "accuracy-calibration.svg").write_text(reliability(bins(rows)), encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
