"""`flask jobs`: look for jobs, on the boards now or among those that are stored."""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import click

from hearback.boards.faults import BoardFault
from hearback.boards.posting import Batch
from hearback.boards.registry import SOURCES
from hearback.config import REQUIRED, SettingError, Settings, from_environ
from hearback.models import Job
from jobs.find_jobs import find
from jobs.find_jobs_live import Asked, ask_boards, ranked
from jobs.find_jobs_wanted import Wanted, without_remote
from jobs.job_matches_score import score
from jobs.job_words_pay import pay
from webapp.cli.common import with_database

jobs = click.Group("jobs", help="Look for jobs.")

# Boards are told who asks; without a service there is no address to tell.
NO_SERVICE = {**dict.fromkeys(REQUIRED, "none"), "BASE_URL": "http://localhost"}
MOST_SKIPPED = 3


@jobs.command("search")
@click.argument("words", required=False, default="")
@click.option("--location", default="", help="A city, region or country, such as 'San Francisco, CA'.")
@click.option("--remote", is_flag=True, help="Only remote jobs; with a location, those open to it.")
@click.option("--board", "boards", multiple=True, help="Ask only this board; may be given again.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500))
@click.option("--stored", is_flag=True, help="Look among the stored jobs and ask no board.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def search(
    words: str, location: str, remote: bool, boards: tuple[str, ...], limit: int, stored: bool, as_json: bool
) -> None:
    """Find jobs for WORDS, all of which must stand in the posting; the best first."""
    unknown = [name for name in boards if name not in SOURCES]
    if unknown:
        known = ", ".join(sorted(SOURCES))
        raise click.BadParameter(f"{unknown[0]!r} is no board; there are {known}", param_hint="--board")
    if stored and len(boards) > 1:
        raise click.BadParameter("with --stored, name one board", param_hint="--board")
    place, away = without_remote(location)
    wanted = Wanted(words=words, place=place, remote="only" if remote or away else "")
    if stored:
        _stored(wanted, boards, limit, as_json)
    else:
        _live(wanted, boards, limit, as_json)


@with_database
def _stored(wanted: Wanted, boards: Sequence[str], limit: int, as_json: bool) -> None:
    for job in find(None, replace(wanted, board=boards[0] if boards else ""), size=limit).jobs:
        _print(job, score(wanted, job)[0], [source.board for source in job.sources], as_json, job.id)


def _live(wanted: Wanted, boards: Sequence[str], limit: int, as_json: bool) -> None:
    try:
        # Only what is asked of boards must be set: no database, no Google.
        known: Settings = from_environ({**NO_SERVICE, **os.environ})
    except SettingError as fault:
        raise click.ClickException(str(fault)) from fault
    asked = list(ask_boards(known, wanted, boards))
    if not asked:
        raise click.ClickException(
            "No board can be asked: those that BOARDS names need keys that are not set."
        )
    postings = [one for answer in asked if isinstance(answer.answer, Batch) for one in answer.answer.postings]
    for found in ranked(postings, wanted)[:limit]:
        _print(found.job, found.fit, [found.posting.board], as_json)
    _tell_failures(asked)
    if all(isinstance(one.answer, BoardFault) for one in asked):
        sys.exit(1)


def _print(job: Job, fit: int, boards: list[str], as_json: bool, number: int | None = None) -> None:
    """Print a job; `number` is what other commands know a stored one by."""
    pays = pay(job.salary_min, job.salary_max, job.salary_currency, job.salary_period)
    pays += " (read from the text)" if pays and job.salary_guessed else ""
    if not as_json:
        parts = (job.title, job.company, job.place_text or job.remote or "", pays)
        known_by = f"job {number}  " if number else ""
        click.echo(f"{fit:>3}  {' · '.join(filter(None, parts))}\n     {known_by}{job.url}")
        return
    shown = {
        "id": number,
        "title": job.title,
        "company": job.company,
        "places": [place["text"] for place in job.places],
        "remote": job.remote,
        "salary": pays or None,
        "salary_min": job.salary_min,
        "salary_max": job.salary_max,
        "salary_currency": job.salary_currency,
        "salary_period": job.salary_period,
        "employment": job.employment,
        "level": job.level,
        "posted_at": job.posted_at and job.posted_at.isoformat(),
        "url": job.url,
        "apply_url": job.apply_url,
        "boards": boards,
        "score": fit,
    }
    click.echo(json.dumps(shown, ensure_ascii=False))


def _tell_failures(asked: Sequence[Asked]) -> None:
    """One line on standard error for each board that failed or had rows that could not be read."""
    by_board: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        by_board[one.board].append(one)
    for board, answers in by_board.items():
        faults = [one for one in answers if isinstance(one.answer, BoardFault)]
        if faults:
            of = f" ({len(faults)} of {len(answers)} companies)" if len(answers) > 1 else ""
            click.echo(f"{board}{of}: {faults[0].answer}", err=True)
        for one in answers:
            if isinstance(one.answer, Batch):
                _tell_skipped(f"{board} {one.company}".strip(), one.answer)


def _tell_skipped(name: str, batch: Batch) -> None:
    if batch.stale:
        click.echo(f"{name}: did not answer; an older answer was read.", err=True)
    for skipped in batch.skipped[:MOST_SKIPPED]:
        click.echo(f"{name}: row {skipped.row} could not be read: {skipped.reason}", err=True)
