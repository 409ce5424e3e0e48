"""`flask tokens`: bring every stored token under the first of TOKEN_KEYS, so that older keys can go."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from peewee import Table

from hearback.config import settings
from hearback.models import TABLES, database
from hearback.models.base import Row, SecretField
from webapp.cli.common import with_database

tokens = click.Group("tokens", help="Look after stored tokens.")

# So many rows are one transaction: short, so that nobody waits, and what was done stays done.
ROWS = 100


@tokens.command("rotate")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_database
def rotate(as_json: bool) -> None:
    """Encrypt every stored token anew, under the first of TOKEN_KEYS.

    Put the new key first, restart web and workers, run this, then take the old key out. Run it as often
    as you like: what is under the first key already is left alone.
    """
    found: Counter[str] = Counter(rotated=0, current=0)
    lost: list[dict[str, Any]] = []
    for table, column in _secrets():
        for row_id, outcome in _rotated(table, column):
            if outcome == "unreadable":
                lost.append({"table": table.__name__, "id": row_id, "column": column})
            else:
                found[outcome] += 1
    if as_json:
        click.echo(json.dumps({**found, "unreadable": lost}))
    else:
        click.echo(f"{found['rotated']} tokens encrypted anew, {found['current']} were under the first key.")
    for one in lost:
        words = f"{one['table'].lower()} {one['id']}: its {one['column']} opens with none of TOKEN_KEYS."
        click.echo(f"{words} Put its key back, or let the user connect again.", err=True)
    if lost:
        sys.exit(1)


def _secrets() -> list[tuple[type[Row], str]]:
    """Every column that holds secrets, wherever one is added."""
    return [
        (table, field.column_name)
        for table in TABLES
        for field in table._meta.sorted_fields
        if isinstance(field, SecretField)
    ]


def _rotated(model: type[Row], column: str) -> Iterator[tuple[int, str]]:
    """Go through a column in the order of ids, a transaction at a time; give what became of each token."""
    # The table as the database has it: the model would open what it reads and seal what it writes.
    table = Table(model._meta.table_name, ("id", column)).bind(database.obj)
    field, last = getattr(table, column), 0
    while True:
        with database.atomic():
            rows = list(
                table.select(table.id, field)
                .where((table.id > last) & field.is_null(False))
                .order_by(table.id)
                .limit(ROWS)
                .tuples()
            )
            done = [(row_id, _rotate(table, column, row_id, sealed)) for row_id, sealed in rows]
        yield from done
        if len(rows) < ROWS:
            return
        last = rows[-1][0]


def _rotate(table: Table, column: str, row_id: int, sealed: str) -> str:
    """Rotate one token unless a worker writes another meanwhile: then look at that one."""
    keys = [Fernet(key) for key in settings().token_keys]
    field = getattr(table, column)
    while True:
        if _opens(keys[0], sealed):
            return "current"
        try:
            fresh = MultiFernet(keys).rotate(sealed.encode()).decode()
        except InvalidToken:
            return "unreadable"
        same = (table.id == row_id) & (field == sealed)
        if table.update({field: fresh}).where(same).execute():
            return "rotated"
        now_sealed = table.select(field).where(table.id == row_id).scalar()
        if now_sealed is None:
            return "gone"
        sealed = now_sealed


def _opens(key: Fernet, sealed: str) -> bool:
    try:
        key.decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True
