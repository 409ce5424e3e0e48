"""The database: SQLite or Postgres by one address, and what all tables share."""

import datetime as dt
import select
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from peewee import (
    BigAutoField,
    Database,
    DatabaseProxy,
    DateTimeField,
    Model,
    SqliteDatabase,
    TextField,
)
from playhouse.migrations import Runner
from playhouse.pool import PooledPostgresqlDatabase, PooledSqliteDatabase

from hearback.config import settings

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    # In WAL mode a commit then survives a crash of the process; only a loss of power may take the
    # last commits with it, and the mailbox is read again from the cursor that went with them.
    "synchronous": "normal",
    "foreign_keys": 1,
    "cache_size": -16_000,
    # Milliseconds that a writer waits for another; a commit takes far less than one of them.
    "busy_timeout": 20_000,
}

database = DatabaseProxy()


class Row(Model):
    """What every table is: bound to the one database, named in the plural by its own Meta."""

    id = BigAutoField()

    class Meta:
        database = database
        legacy_table_names = False


class UtcField(DateTimeField):  # type: ignore[misc]
    """A moment: aware in Python, UTC without offset in both databases, so that they sort alike."""

    def db_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise ValueError(f"{self.name}: a moment needs a time zone, got {value!r}")
            # The text form always has microseconds: SQLite compares moments as text.
            value = value.astimezone(dt.UTC).replace(tzinfo=None)
            if isinstance(self.model._meta.database.obj, SqliteDatabase):
                return value.isoformat(sep=" ", timespec="microseconds")
        return value

    def python_value(self, value: Any) -> Any:
        value = super().python_value(value)
        return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value


class SecretField(TextField):  # type: ignore[misc]
    """Text encrypted at rest under the first of TOKEN_KEYS, readable under any of them."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else _cipher().encrypt(value.encode()).decode()

    def python_value(self, value: Any) -> Any:
        if value is None:
            return None
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken as fault:
            raise RuntimeError(
                "A stored token opens with none of TOKEN_KEYS. Put the old key back behind the new."
            ) from fault


class PostgresPool(PooledPostgresqlDatabase):  # type: ignore[misc]
    """Postgres connections that are looked at, and not asked, before they are used again.

    peewee sends a `SELECT 1` for each use, and its threads wait for each other meanwhile: a fifth of
    what a push costs. An idle connection has nothing to read; where there is something, it is the
    server's farewell.
    """

    def _is_closed(self, conn: Any) -> bool:
        if conn.closed:
            return True
        idle = select.poll()
        idle.register(conn.fileno(), select.POLLIN)
        return bool(idle.poll(0))


@cache
def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings().token_keys])


def connect(url: str) -> Database:
    """Bind the tables to the database at `url` (sqlite:///path or postgresql://...).

    No connection is opened yet: a process that forks binds first and connects in the child.
    """
    database.initialize(_open(url))
    return database


def _open(url: str) -> Database:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if not path:
            raise ValueError("DATABASE_URL names no file; write sqlite:///relative or sqlite:////absolute.")
        return PooledSqliteDatabase(
            path,
            max_connections=64,
            pragmas=SQLITE_PRAGMAS,
            # The pool hands a connection to one thread at a time.
            check_same_thread=False,
            lock_type="IMMEDIATE",
            returning_clause=True,
        )
    if parts.scheme in {"postgres", "postgresql"}:
        return PostgresPool(
            url, max_connections=32, stale_timeout=600, prefer_psycopg3=True, connect_timeout=5
        )
    raise ValueError(f"DATABASE_URL begins with {parts.scheme!r}; sqlite:// and postgresql:// are known.")


def release(_: BaseException | None = None) -> None:
    """Give this thread's connection back to the pool: for the end of a request, however it ended."""
    if not database.is_closed():
        database.close()


def migrate() -> list[str]:
    """Bring the schema up to date; return the names of the migrations that ran."""
    with database.connection_context():
        names: list[str] = Runner(database.obj, str(MIGRATIONS)).up()
    return names


def pending_migrations() -> list[str]:
    """Names of migrations that this code has and the database has not seen."""
    return [m.name for m in Runner(database.obj, str(MIGRATIONS)).status() if not m.applied]


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)
