"""Jobs out of the entries of a section: which piece of each head is the title, which the company."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hearback.documents.lines import Line
from hearback.documents.parse.blocks import entries_of
from hearback.documents.parse.choose import Job, assign, plausible, votes_of
from hearback.documents.parse.entry import GUESSED, Entry, address_of, dates_of
from hearback.documents.parse.evidence import company_score, sentence_like, title_score
from hearback.documents.parse.found import Found, found
from hearback.documents.parse.pieces import Piece, pieces_of
from hearback.documents.parse.rows import Row, first_word
from hearback.documents.parse.sides import split
from hearback.documents.parse.tables import words
from hearback.documents.parse.texts import joined, texts_of
from hearback.documents.parse.told import told_in


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
        _lift_role(entry)
        pieces = pieces_of(entry)
        place = next((piece for piece in pieces if piece.place), None)
        jobs.append(Job(entry, place=place, others=[piece for piece in pieces if not piece.place]))
    votes = votes_of(jobs)
    for job in jobs:
        assign(job, votes)
        job.sure = min(job.sure, GUESSED) if job.entry.guessed else job.sure
        _lift_title(job)
    _split_places(jobs)
    return jobs


def _lift_title(job: Job) -> None:
    """Under an employer and a line on what it does, the title stands in a line of its own."""
    if job.title is not None or job.company is None:
        return
    for at, row in enumerate(job.entry.body[:4]):
        short = len(row.text.split()) <= 8 and not row.line.bullet and not row.text.endswith(".")
        if short and title_score(row.rest) >= 0.8 and plausible(row.rest):
            job.title = Piece(row.rest, row, (at + 1, 0), row.line.bold)
            del job.entry.body[at]
            return


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


def _lift_role(entry: Entry) -> None:
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
    address = address_of(job.entry)
    about = _about(job.entry.body)
    summary, highlights = texts_of(job.entry.body[1 if about else 0 :], 0.9)
    known = [job.title and title_score(job.title.text), job.company and company_score(job.company.text)]
    least = 0.6 if job.title and job.company else 0.8
    if not (job.title or job.company) or (
        job.entry.dated is None and max(one or 0.0 for one in known) < least
    ):
        # Without a date only words that name a title or an employer make a job of a line.
        return {}
    tree: dict[str, Any] = {
        "name": _found(job.company, job.sure if job.own_company else 0.6),
        "position": _found(job.title, job.sure),
        "location": _found(job.place, 0.85),
        **dates_of(job.entry),
        "url": address,
        "summary": summary,
        "highlights": highlights,
    }
    extra = job.others
    if extra or about:
        tree["description"] = about or found(", ".join(piece.text for piece in extra), extra[0].row.line, 0.5)
    return tree


def _found(piece: Piece | None, sure: float) -> Found | None:
    return found(piece.text, piece.row.line, sure) if piece else None


def _about(body: list[Row]) -> Found | None:
    """What the employer does: a short line without an end, above the text that tells of the job."""
    bracketed = re.fullmatch(r"\((.{3,80})\)", body[0].text) if body else None
    if bracketed:
        return found(bracketed[1], body[0].line, 0.7)
    if len(body) < 2 or any(row.line.bullet for row in body[:2]):
        return None
    first, after = body[0], body[1]
    whole = joined([first.line, after.line])
    short = len(first.text.split()) <= 8 and not first.text.endswith((".", ":")) and ":" not in first.text
    told = sentence_like(after.text) and first_word(first.text) not in words("roles", "doing")
    return found(first.text, first.line, 0.6) if short and told and len(whole) == 2 else None
