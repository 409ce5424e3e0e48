"""`flask mail`: read mail from standard input or a file."""

import json
import sys
from pathlib import Path

import click

from hearback.mail import lines
from hearback.models import User
from jobs.import_mail import import_file
from webapp.cli.common import with_database

# Commands work without a Flask application context: `mail classify` runs without any setting.
mail = click.Group("mail", help="Read mail.")


@mail.command("classify")
def classify() -> None:
    """Read JSON lines with mails on standard input, print one verdict a line, in order."""
    # Bytes that are no UTF-8 become marks, so that one such line does not end the others.
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace")
        if text.strip():
            click.echo(json.dumps(lines.answer(text), ensure_ascii=False))


@mail.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--user", "email", required=True, help="Whose mail it is; made if not known yet.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_database
def import_mail(file: Path, email: str, as_json: bool) -> None:
    """Take in FILE, an mbox. Broken messages are named and the rest comes in."""
    address = email.strip().lower()
    if "@" not in address:
        raise click.BadParameter(f"{email!r} is no mail address", param_hint="--user")
    user, _ = User.get_or_create(email=address)
    result = import_file(file, user)
    if as_json:
        click.echo(json.dumps({"read": result.read, "failed": result.failed}))
        return
    click.echo(f"{result.read} messages read, {len(result.failed)} could not be.")
    for failure in result.failed:
        click.echo(f"  {failure}", err=True)
