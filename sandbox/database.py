"""The SQLite connection beneath the store: writes are collected, and committed together."""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, history_id INTEGER NOT NULL, history_floor INTEGER NOT NULL,
  watch TEXT NOT NULL, labels TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages (account_id INTEGER NOT NULL, id TEXT NOT NULL,
  thread_id TEXT NOT NULL, internal_date INTEGER NOT NULL, arrived INTEGER NOT NULL,
  labels TEXT NOT NULL, history_id INTEGER NOT NULL, facts TEXT NOT NULL,
  PRIMARY KEY (account_id, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contents (account_id INTEGER NOT NULL, id TEXT NOT NULL,
  raw BLOB NOT NULL, text TEXT NOT NULL, PRIMARY KEY (account_id, id));
CREATE TABLE IF NOT EXISTS history (account_id INTEGER NOT NULL, id INTEGER NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (account_id, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grants (account_id INTEGER NOT NULL, client_id TEXT NOT NULL,
  scopes TEXT NOT NULL, refresh_tokens TEXT NOT NULL, PRIMARY KEY (account_id, client_id));
CREATE TABLE IF NOT EXISTS access_tokens (token TEXT PRIMARY KEY, account_id INTEGER NOT NULL,
  client_id TEXT NOT NULL, scopes TEXT NOT NULL, expires REAL NOT NULL);
CREATE TABLE IF NOT EXISTS pushes (message_id TEXT PRIMARY KEY, address TEXT NOT NULL,
  history_id INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS calendar_events (account_id INTEGER NOT NULL, id TEXT NOT NULL,
  body TEXT NOT NULL, PRIMARY KEY (account_id, id));
"""
TABLES = ("accounts", "messages", "contents", "history", "grants", "access_tokens", "pushes",
          "calendar_events")  # fmt: skip

Statement = tuple[str, Sequence[Any]]


class Database:
    """Collects writes and commits them together.

    `flush` is called before a changing request is answered, so what a client was told survives a
    SIGKILL; requests that wait for it at the same time share one transaction. Without a folder the
    same tables live in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        path = folder / "sandbox.sqlite3" if folder else ":memory:"
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # A killed process loses nothing with this; only a crash of the machine could.
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        self._db_lock = threading.Lock()
        self._pending: list[Statement] = []
        self._pending_lock = threading.Lock()

    def write(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Put a statement into the next transaction."""
        with self._pending_lock:
            self._pending.append((sql, parameters))

    def flush(self) -> None:
        """Commit all that was written so far, by whichever thread."""
        with self._db_lock:
            self._flush()

    def _flush(self) -> None:
        with self._pending_lock:
            statements, self._pending = self._pending, []
        if not statements:
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for sql, parameters in statements:
                self._db.execute(sql, parameters)
            self._db.execute("COMMIT")
        finally:
            # One statement that cannot be carried out must not block all that come later.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows, pending writes included."""
        with self._db_lock:
            self._flush()
            return self._db.execute(sql, parameters).fetchall()

    def clear(self) -> None:
        """Forget everything but the keys."""
        with self._db_lock:
            self._flush()
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above.

    def close(self) -> None:
        """Commit and close."""
        self.flush()
        self._db.close()
