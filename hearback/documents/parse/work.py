"""Jobs out of the entries of a section: which piece of each head is the title, which the company."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import entries_of
from hearback.documents.parse.entry import Entry, dates_of
from hearback.documents.parse.evidence import company_score, title_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.pieces import Piece, pieces_of
from hearback.documents.parse.sides import split
from hearback.documents.parse.texts import texts_of
from hearback.documents.parse.told import told_in


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


def work_in(lines: list[Line]) -> list[dict[str, Any]]:
    """The jobs of a section as JSON Resume's `work`, with `Found` at the leaves."""
    entries = entries_of(lines)
    told = told_in(entries)
    if told:
        return told
    jobs = _jobs(entries)
    _share_company(jobs)
    kept = [job for at, job in enumerate(jobs) if not _is_only_heading(job, jobs[at + 1 : at + 2])]
    return [tree for job in kept if (tree := _tree(job))]


def _jobs(entries: list[Entry]) -> list[Job]:
    jobs = []
    for entry in entries:
        _lift_role(entry, entries)
        pieces = pieces_of(entry)
        place = next((piece for piece in pieces if piece.place), None)
        jobs.append(Job(entry, place=place, others=[piece for piece in pieces if not piece.place]))
    votes = _votes(jobs)
    for job in jobs:
        _assign(job, votes)
    _split_places(jobs)
    return jobs


def _split_places(jobs: list[Job]) -> None:
    """Where most companies have a place after a comma, the last part of the others is one too."""
    if sum(job.place is not None for job in jobs) * 2 < len(jobs):
        return
    for job in jobs:
        if job.place is None and job.company is not None:
            name, _, place = job.company.text.rpartition(", ")
            if (
                name
                and re.fullmatch(r"[A-ZÀ-Þ][\w.'-]+(?: [A-ZÀ-Þ][\w.'-]+){0,2}", place)
                and company_score(place) == 0
            ):
                job.place = replace(job.company, text=place)
                job.company = replace(job.company, text=name)


def _lift_role(entry: Entry, entries: list[Entry]) -> None:
    """Under a date that heads its entry alone, the first line of the text is the role."""
    if entry.heads or not entry.dated or entry.dated.rest or not entry.body:
        return
    first = entry.body[0]
    pieces = split(first.rest or first.text)
    short = len(first.text.split()) <= 12
    if (
        short
        and (len(pieces) > 1 or title_score(first.text) >= 0.6)
        and any(title_score(piece.text) >= 0.5 for piece in pieces)
    ):
        entry.heads.append(first)
        entry.dated_at = 0
        del entry.body[0]


def _lean(text: str) -> float:
    """Towards a title above 0, towards a company below."""
    return title_score(text) - company_score(text)


def _votes(jobs: list[Job]) -> dict[Any, float]:
    """How the pieces at each place, and in each style, lean in this document."""
    leans: dict[Any, list[float]] = defaultdict(list)
    for job in jobs:
        bolds = {piece.bold for piece in job.others}
        for piece in job.others:
            leans[piece.key, len(job.others)].append(_lean(piece.text))
            if len(bolds) > 1:
                leans[piece.bold].append(_lean(piece.text))
    return {key: sum(values) / len(values) for key, values in leans.items()}


def _assign(job: Job, votes: dict[Any, float]) -> None:
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
        # In the third row stands what the employer does, if anything.
        totals.append(total * (0.4 if rows.index(id(piece.row)) > 1 else 1.0))
    return totals


def _share_company(jobs: Iterable[Job]) -> None:
    """Several roles under one company: those that name none have the one above."""
    above: Job | None = None
    for job in jobs:
        if job.company is not None:
            above = job
        elif job.title is not None and above is not None and _heads(above):
            job.company, job.own_company = above.company, False
            job.place = job.place or above.place


def _heads(job: Job) -> bool:
    """Whether the company stands above the role, so that more roles can follow under it."""
    if job.company is None:
        return False
    return job.title is None or job.company.key[0] < job.title.key[0]


def _is_only_heading(job: Job, following: list[Job]) -> bool:
    """A company with its whole time, above its roles, is no job of its own."""
    return job.title is None and not job.entry.body and bool(following) and not following[0].own_company


def _tree(job: Job) -> dict[str, Any]:
    summary, highlights = texts_of(job.entry.body, 0.9)
    if not (job.title or job.company):
        return {}
    tree: dict[str, Any] = {
        "name": _found(job.company, job.sure if job.own_company else 0.6),
        "position": _found(job.title, job.sure),
        "location": _found(job.place, 0.85),
        **dates_of(job.entry),
        "summary": summary,
        "highlights": highlights,
    }
    extra = [piece for piece in job.others if piece.row is not None]
    if extra:
        tree["description"] = found(", ".join(piece.text for piece in extra), extra[0].row.line, 0.5)
    return tree


def _found(piece: Piece | None, sure: float) -> Found | None:
    return found(piece.text, piece.row.line, sure) if piece else None
