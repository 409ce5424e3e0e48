"""What outlives a killed process: the rows of mailboxes, mails, history and grants."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sandbox.database import Database
from sandbox.model import AccessToken, Facts, Grant, HistoryRecord, Label, Message, Watch


class Store(Database):
    """Reads and writes the sandbox's own records."""

    # Values that exist once.

    def meta(self, name: str) -> str | None:
        """The value kept under `name`, or None."""
        rows = self.query("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def save_meta(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # Mailboxes.

    def save_account(
        self,
        account_id: int,
        address: str,
        name: str,
        numbers: tuple[int, int],
        watch: Watch | None,
        labels: list[Label],
    ) -> None:
        """Write a mailbox's own row; `numbers` are its newest and its oldest usable history id."""
        self.write(
            "INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                account_id,
                address,
                name,
                *numbers,
                json.dumps(asdict(watch) if watch else None),
                json.dumps([[label.id, label.name] for label in labels if not label.system]),
            ),
        )

    def save_history(self, account_id: int, record: HistoryRecord) -> None:
        """Write a history record and, with it, the mailbox's newest history id."""
        self.write(
            "INSERT OR REPLACE INTO history VALUES (?, ?, ?)",
            (account_id, record.id, json.dumps(asdict(record))),
        )
        self.write("UPDATE accounts SET history_id = ? WHERE id = ?", (record.id, account_id))

    def save_message(self, account_id: int, message: Message) -> None:
        """Write all of a message but its content."""
        self.write(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                account_id,
                message.id,
                message.thread_id,
                message.internal_date,
                message.arrived,
                json.dumps(message.labels),
                message.history_id,
                json.dumps(asdict(message.facts)),
            ),
        )

    def save_content(self, account_id: int, message_id: str, raw: bytes, text: str) -> None:
        """Write a message's bytes and the lower-case text that searches look through."""
        self.write(
            "INSERT OR REPLACE INTO contents VALUES (?, ?, ?, ?)",
            (account_id, message_id, zlib.compress(raw, 1), text),
        )

    def delete_message(self, account_id: int, message_id: str) -> None:
        """Remove a message; its history stays."""
        for table in ("messages", "contents"):
            self.write(
                f"DELETE FROM {table} WHERE account_id = ? AND id = ?",  # noqa: S608 - fixed names.
                (account_id, message_id),
            )

    def raw(self, account_id: int, message_id: str) -> bytes:
        """A message's bytes; KeyError if there is none."""
        rows = self.query(
            "SELECT raw FROM contents WHERE account_id = ? AND id = ?", (account_id, message_id)
        )
        if not rows:
            raise KeyError(message_id)
        return zlib.decompress(rows[0][0])

    def texts(self, account_id: int, message_ids: Sequence[str]) -> dict[str, str]:
        """The search texts of these messages."""
        marks = ",".join("?" * len(message_ids))
        rows = self.query(
            f"SELECT id, text FROM contents WHERE account_id = ? AND id IN ({marks})",  # noqa: S608
            (account_id, *message_ids),
        )
        return dict(rows)

    def accounts(self) -> Iterator[tuple[int, str, str, int, int, Watch | None, list[Label]]]:
        """All mailboxes: id, address, name, newest and oldest history id, watch, own labels."""
        for *plain, watch, labels in self.query("SELECT * FROM accounts ORDER BY id"):
            loaded = json.loads(watch)
            own = [Label(label_id, name) for label_id, name in json.loads(labels)]
            account_id, address, name, newest, oldest = plain
            yield (
                account_id,
                address,
                name,
                newest,
                oldest,
                Watch(**loaded) if loaded else None,
                own,
            )

    def messages(self) -> Iterator[tuple[int, Message]]:
        """All messages with the id of their mailbox, oldest first."""
        for account_id, *plain, labels, history_id, facts in self.query(
            "SELECT * FROM messages ORDER BY internal_date, id"
        ):
            values = (*plain, json.loads(labels), history_id, Facts(**json.loads(facts)))
            yield account_id, Message(*values)

    def history(self) -> Iterator[tuple[int, HistoryRecord]]:
        """All history with the id of its mailbox, oldest first."""
        for account_id, record in self.query("SELECT account_id, record FROM history ORDER BY id"):
            yield account_id, HistoryRecord(**json.loads(record))

    # What was allowed.

    def save_grant(self, grant: Grant) -> None:
        """Write a grant with its refresh tokens."""
        self.write(
            "INSERT OR REPLACE INTO grants VALUES (?, ?, ?, ?)",
            (
                grant.account_id,
                grant.client_id,
                json.dumps(sorted(grant.scopes)),
                json.dumps(grant.refresh_tokens),
            ),
        )

    def delete_grant(self, grant: Grant) -> None:
        """Remove a grant and the access tokens made from it."""
        for table in ("grants", "access_tokens"):
            self.write(
                f"DELETE FROM {table} WHERE account_id = ? AND client_id = ?",  # noqa: S608 - fixed.
                (grant.account_id, grant.client_id),
            )

    def grants(self) -> Iterator[Grant]:
        """All grants."""
        for account_id, client_id, scopes, tokens in self.query("SELECT * FROM grants"):
            yield Grant(account_id, client_id, set(json.loads(scopes)), json.loads(tokens))

    def save_access_token(self, token: AccessToken) -> None:
        """Write an access token."""
        self.write(
            "INSERT OR REPLACE INTO access_tokens VALUES (?, ?, ?, ?, ?)",
            (
                token.token,
                token.account_id,
                token.client_id,
                " ".join(sorted(token.scopes)),
                token.expires,
            ),
        )

    def access_tokens(self) -> Iterator[AccessToken]:
        """All access tokens, expired ones included."""
        for token, account_id, client_id, scopes, expires in self.query("SELECT * FROM access_tokens"):
            yield AccessToken(token, account_id, client_id, frozenset(scopes.split()), expires)
