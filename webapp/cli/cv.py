"""`flask cv`: read CVs into JSON Resume, without any setting."""

import json
from pathlib import Path

import click

from hearback.documents.extract import text_of
from hearback.documents.faults import DocumentFault
from hearback.documents.parse.found import Read
from hearback.documents.parse.read import read

SURE = 0.6
cv = click.Group("cv", help="Read CVs.")


@cv.command("parse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON Resume.")
def parse(file: Path, as_json: bool) -> None:
    """Read FILE, a CV, and print what stands in it. What should be checked goes to standard error."""
    try:
        result = read(text_of(file.read_bytes(), file.name))
    except DocumentFault as fault:
        raise click.ClickException(fault.words) from fault
    for warning in result.warnings:
        click.echo(warning, err=True)
    click.echo(json.dumps(result.cv, ensure_ascii=False, indent=2) if as_json else _told(result))


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
