"""Commands for operators, by Flask's own command line: `flask --app webapp ...`."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from flask import Flask

from hearback.config import SettingError, settings
from hearback.gmail.errors import GmailError
from hearback.mail import lines
from hearback.models import (
    Application,
    HistoryGap,
    Mailbox,
    MailboxState,
    Message,
    MessageState,
    User,
    connect,
    database,
    migrate,
)
from jobs.connect_mailbox import connect_mailbox
from jobs.import_mail import import_file
from jobs.sync_mailbox import sync_mailbox

P = ParamSpec("P")
R = TypeVar("R")

# Commands work without a Flask application context: `mail classify` runs without any setting.
mail = click.Group("mail", help="Read mail.")
applications = click.Group("applications", help="Look at applications.")
gmail = click.Group("gmail", help="Look after Gmail mailboxes.")
users = click.Group("users", help="Look after users.")
db = click.Group("db", help="Look after the database.")


def init_app(app: Flask) -> None:
    """Give the application its commands."""
    for group in (mail, applications, gmail, users, db):
        app.cli.add_command(group)


def with_database(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command with the database open; a missing setting is said by its name."""

    @wraps(command)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            connect(settings().database_url)
        except (SettingError, ValueError) as fault:
            raise click.ClickException(str(fault)) from fault
        with database.connection_context():
            return command(*args, **kwargs)

    return opened


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


@applications.command("list")
@click.option("--user", "email", required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def list_applications(email: str, as_json: bool) -> None:
    """List a user's applications, those with the latest news first."""
    user = _user(email)
    query = Application.select().where(Application.user == user)
    for row in query.order_by(Application.last_event_at.desc()):
        shown = {
            "id": row.id,
            "company": row.company,
            "role": row.role,
            "status": row.status,
            "began_at": row.began_at.isoformat(),
            "last_event_at": row.last_event_at.isoformat(),
        }
        _print(shown, as_json, "{status:<20} {company} · {role}")


@gmail.command("status")
@click.option("--user", "email")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def gmail_status(email: str | None, as_json: bool) -> None:
    """Show how each mailbox is."""
    for box in _mailboxes(email):
        quarantined = Message.select().where(
            (Message.mailbox == box) & (Message.state == MessageState.QUARANTINED)
        )
        shown = {
            "mailbox": box.id,
            "address": box.address,
            "state": box.state,
            "cursor": box.history_id,
            "announced": box.notified_history_id,
            "watch_until": box.watch_expires_at and box.watch_expires_at.isoformat(),
            "last_sync": box.last_sync_at and box.last_sync_at.isoformat(),
            "first_reading_done": box.backfilled_at is not None,
            "quarantined": quarantined.count(),
            "gaps": HistoryGap.select().where(HistoryGap.mailbox == box).count(),
            "last_error": box.last_error,
        }
        _print(shown, as_json, "{mailbox:>5} {address} {state}, watched until {watch_until}")


@gmail.command("watch")
@click.option("--user", "email")
@with_database
def gmail_watch(email: str | None) -> None:
    """Ask Gmail to watch each connected mailbox, now."""
    _each(email, connect_mailbox, "watched")


@gmail.command("sync")
@click.option("--user", "email")
@with_database
def gmail_sync(email: str | None) -> None:
    """Read what is new in each connected mailbox, now."""
    _each(email, sync_mailbox, "read")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@with_database
def list_users(as_json: bool) -> None:
    """List the users."""
    for user in User.select().order_by(User.id):
        shown = {"id": user.id, "email": user.email, "created_at": user.created_at.isoformat()}
        _print(shown, as_json, "{id:>5} {email}")


@db.command("upgrade")
@with_database
def upgrade() -> None:
    """Bring the schema up to date; the release process runs this."""
    names = migrate()
    click.echo(f"Ran {', '.join(names)}." if names else "The schema is up to date.")


def _user(email: str) -> User:
    user = User.get_or_none(User.email == email.strip().lower())
    if user is None:
        raise click.ClickException(f"No user has the address {email}. `flask users list` shows all.")
    return user


def _mailboxes(email: str | None) -> list[Mailbox]:
    query = Mailbox.select().where(Mailbox.state != MailboxState.FILE).order_by(Mailbox.id)
    return list(query.where(Mailbox.user == _user(email)) if email else query)


def _each(email: str | None, job: Callable[[int], None], word: str) -> None:
    failed = 0
    for box in _mailboxes(email):
        try:
            job(box.id)
        except GmailError as fault:
            failed += 1
            click.echo(f"{box.address}: not {word}: {fault}", err=True)
            continue
        reason = Mailbox.get_by_id(box.id).last_error
        failed += reason is not None
        click.echo(f"{box.address}: {f'not {word}: {reason}' if reason else word}")
    if failed:
        sys.exit(1)


def _print(shown: dict[str, Any], as_json: bool, form: str) -> None:
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else form.format(**shown))
