"""What commands share: a database that is open, whose mailboxes are meant, and how lines are printed."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from hearback.config import SettingError, settings
from hearback.models import Mailbox, MailboxState, User, connect, database

P = ParamSpec("P")
R = TypeVar("R")


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


def user_of(email: str) -> User:
    """The user of this address, or an error that says how to find them."""
    user = User.get_or_none(User.email == email.strip().lower())
    if user is None:
        raise click.ClickException(f"No user has the address {email}. `flask users list` shows all.")
    return user


def mailboxes_of(email: str | None) -> list[Mailbox]:
    """The Gmail mailboxes of one user, or all of them."""
    query = Mailbox.select().where(Mailbox.state != MailboxState.FILE).order_by(Mailbox.id)
    return list(query.where(Mailbox.user == user_of(email)) if email else query)


def say(shown: dict[str, Any], as_json: bool, form: str) -> None:
    """Print one row, as JSON or by its form."""
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else form.format(**shown))
