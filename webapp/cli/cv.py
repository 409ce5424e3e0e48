"""`flask cv`: read, set and tailor CVs; only a stored job needs the service's settings."""

import json
from pathlib import Path
from typing import Any

import click

from hearback.documents.bounded import read_bounded
from hearback.documents.faults import DocumentFault
from hearback.documents.parse.found import SURE, Read
from hearback.documents.render import DESIGNS, Format, Look, Paper, render
from hearback.documents.tailor.posting import Posting, Tone
from hearback.documents.tailor.tailor import tailor as tailored_to
from hearback.models import Job
from webapp.cli.common import with_database

FORMATS = {f".{format.extension}": format for format in Format} | {".htm": Format.HTML, ".text": Format.TEXT}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
cv = click.Group("cv", help="Read CVs, set them anew, tailor them to a job.")

DESIGN = click.option("--design", type=click.Choice(list(DESIGNS)), default="plain", show_default=True)
PAPER = click.option(
    "--paper", type=click.Choice([paper.value for paper in Paper]), default=Paper.A4.value, show_default=True
)


@cv.command("parse")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON Resume.")
def parse(file: Path, as_json: bool) -> None:
    """Read FILE, a CV, and print what stands in it. What should be checked goes to standard error."""
    result = _read(file)
    click.echo(json.dumps(result.cv, ensure_ascii=False, indent=2) if as_json else _told(result))


@cv.command("convert")
@click.argument("file", type=FILE)
@click.argument("out", type=OUT)
@DESIGN
@PAPER
def convert(file: Path, out: Path, design: str, paper: str) -> None:
    """Read FILE, a CV, and set it anew as OUT, which ends with .pdf, .docx, .html, .md, .txt or .json."""
    _write(out, render(_cv(file), _look(out, design, paper)))


@cv.command("tailor")
@click.argument("file", type=FILE)
@click.option("--job", "job_id", type=int, required=True, help="The number of a stored job.")
@click.option(
    "--tone", type=click.Choice([tone.value for tone in Tone]), default=Tone.PLAIN.value, show_default=True
)
@click.option("--out", type=OUT, help="Set the tailored CV as this file; the letter is printed.")
@click.option("--json", "as_json", is_flag=True, help="Print CV, letter, changes and what was kept out.")
@DESIGN
@PAPER
@with_database
def tailor(
    file: Path, job_id: int, tone: str, out: Path | None, as_json: bool, design: str, paper: str
) -> None:
    """Choose of FILE, a CV, what answers a stored job, and write a letter that says only what FILE says."""
    job = Job.get_or_none(Job.id == job_id)
    if job is None:
        raise click.ClickException(f"There is no job {job_id}. `flask jobs search --stored` shows numbers.")
    look = _look(out, design, paper) if out else None
    made = tailored_to(_cv(file), Posting(job.title, job.company, job.description_text), Tone(tone))
    if out and look:
        _write(out, render(made.cv, look))
    pairs = {name: [[one.what, one.why] for one in getattr(made, name)] for name in ("changes", "refused")}
    if as_json:
        shown = {"cv": made.cv, "subject": made.subject, "letter": made.letter, **pairs}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    click.echo(f"Subject: {made.subject}\n\n{made.letter}")
    for name, words in (("changes", "Changed"), ("refused", "Kept out")):
        for what, why in pairs[name]:
            click.echo(f"{words}: {what} {why}", err=True)


def _read(file: Path) -> Read:
    """What stands in a file; what is to be known of it goes to standard error."""
    try:
        result, _ = read_bounded(file.read_bytes(), file.name)
    except DocumentFault as fault:
        raise click.ClickException(fault.words) from fault
    for warning in result.warnings:
        click.echo(warning, err=True)
    return result


def _cv(file: Path) -> dict[str, Any]:
    found = _read(file).cv
    if not found:
        raise click.ClickException(f"Nothing of a CV was found in {file}.")
    return found


def _look(out: Path, design: str, paper: str) -> Look:
    format = FORMATS.get(out.suffix.lower())
    if format is None:
        raise click.ClickException(f"{out} must end with one of {', '.join(FORMATS)}.")
    return Look(format, design, Paper(paper))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise click.ClickException(f"{out} cannot be written: {fault.strerror}.") from fault
    click.echo(f"Wrote {out}.", err=True)


def _told(result: Read) -> str:
    """Each value in a line with its path, those that are unsure marked."""
    values = {mark.path: mark for mark in result.marks}
    lines = []
    for path, mark in values.items():
        doubt = "" if mark.sure >= SURE else "  (please check)"
        lines.append(f"{path}: {_at(result.cv, path)}{doubt}")
    return "\n".join(lines)


def _at(cv: object, path: str) -> object:
    """The value at a path such as "work[0].position"."""
    for step in path.replace("[", ".").replace("]", "").split("."):
        cv = cv[int(step)] if isinstance(cv, list) else cv[step] if isinstance(cv, dict) else cv
    return cv
