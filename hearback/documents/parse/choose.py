"""Which piece of a job's head is the title and which the company, decided for the whole document."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hearback.documents.parse.dates import months, now_like
from hearback.documents.parse.entry import Entry
from hearback.documents.parse.evidence import company_score, sentence_like, title_score
from hearback.documents.parse.pieces import Piece
from hearback.documents.parse.sides import OWN


@dataclass
class Job:
    """One job on its way into the CV."""

    entry: Entry
    title: Piece | None = None
    company: Piece | None = None
    place: Piece | None = None
    others: list[Piece] = field(default_factory=list)
    sure: float = 0.9
    own_company: bool = True


def plausible(text: str) -> bool:
    """Whether a text can be a title or a company at all: words, but no sentence, and not too many."""
    worded = re.search(r"[^\W\d_]{3}|[A-Z]{2}|\d[A-Z]|[A-Z]&[A-Z]", text) is not None
    sentences = re.search(r"[^\W\d_]{4}\.\s+[A-ZÀ-Þ]", text) is not None
    if not worded or sentences or text.startswith(("(", "[")) or re.search(r"://|@", text):
        return False
    broken = text[:1].islower() and text.endswith(".")
    if broken or text.lower().strip(".") in months():
        return False
    return len(text.split()) <= 14 and not sentence_like(text) and not now_like(text)


def _lean(text: str) -> float:
    """Towards a title above 0, towards a company below."""
    return title_score(text) - company_score(text)


def votes_of(jobs: list[Job]) -> dict[Any, float]:
    """How the pieces at each place, and in each style, lean in this document."""
    leans: dict[Any, list[float]] = defaultdict(list)
    for job in jobs:
        bolds = {piece.bold for piece in job.others}
        for piece in job.others:
            leans[piece.key, len(job.others)].append(_lean(piece.text))
            if len(bolds) > 1:
                leans[piece.bold].append(_lean(piece.text))
    return {key: sum(values) / len(values) for key, values in leans.items()}


def assign(job: Job, votes: dict[Any, float]) -> None:
    """Choose the title and the company among the pieces of the head."""
    pieces = job.others
    if not pieces:
        return
    totals = _totals(job, votes)
    if len(pieces) == 1:
        score = totals[0]
        job.title, job.company = (pieces[0], None) if score >= 0 else (None, pieces[0])
        job.sure = 0.45 + min(abs(score), 1.0) * 0.4
    else:
        # Of equals the first is the title and the next the company: the most usual order.
        order = range(len(pieces))
        title = max(order, key=lambda at: (totals[at], -at))
        rest = [at for at in order if at != title]
        company = min(rest, key=lambda at: (round(totals[at], 2), pieces[at].row is pieces[title].row, at))
        job.title, job.company = pieces[title], pieces[company]
        job.sure = 0.5 + min(abs(totals[title] - totals[company]), 1.5) * 0.32
    job.others = [piece for piece in pieces if piece not in (job.title, job.company)]
    _set_right(job)
    titled = job.title and plausible(job.title.text) and not _told(job.title, title_score)
    named = job.company and plausible(job.company.text) and not _told(job.company, company_score)
    job.title, job.company = job.title if titled else None, job.company if named else None


def _set_right(job: Job) -> None:
    """Take an employer for no title and a title for no employer where nothing but their place says so."""
    title, company = job.title, job.company
    if title is None or company is None or title.bold != company.bold:
        return
    if title_score(title.text) == 0 and company_score(title.text) >= 0.4:
        job.title = None
        if company_score(title.text) > company_score(company.text):
            job.company = title
        job.sure = min(job.sure, 0.55)
    elif (
        company_score(company.text) == 0 and title_score(company.text) >= 0.8 and not OWN.match(company.text)
    ):
        job.company = None
        if title_score(company.text) > title_score(title.text):
            job.title = company
        job.sure = min(job.sure, 0.55)


def _told(piece: Piece, score: Callable[[str], float]) -> bool:
    """Whether a piece in plain letters has many words and none that a name of its kind has."""
    plain = not (piece.bold or piece.row.line.size or piece.row.line.heading)
    # What stands in brackets at the end explains a name.
    bare = re.sub(r"\s*\([^()]*\)$", "", piece.text)
    return plain and len(bare.split()) >= 6 and score(piece.text) == 0


def _totals(job: Job, votes: dict[Any, float]) -> list[float]:
    """How much each piece of a head is the title, above 0, or the company, below."""
    pieces = job.others
    mixed = len({piece.bold for piece in pieces}) > 1
    rows = list(dict.fromkeys(id(piece.row) for piece in pieces))
    totals = []
    for piece in pieces:
        total = _lean(piece.text) + 0.6 * votes.get((piece.key, len(pieces)), 0.0)
        total += 0.3 * votes.get(piece.bold, 0.0) if mixed else 0.0
        if job.place is not None and job.place.row is piece.row and piece.key[1] + 1 == job.place.key[1]:
            # A place stands beside the employer that is there.
            total -= 0.3
        if OWN.match(piece.text):
            total -= 1.0
        # In the third row stands what the employer does, if anything.
        totals.append(total * (0.4 if rows.index(id(piece.row)) > 1 else 1.0))
    return totals
