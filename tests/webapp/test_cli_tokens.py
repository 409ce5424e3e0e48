"""`flask tokens rotate` brings every token under the new key, and loses none on the way."""

import json
from collections.abc import Iterator
from importlib import import_module

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from peewee import Table

from hearback.models import Mailbox, User, database
from tests.support import product

# The package's own attribute of that name is the group of commands.
cli = import_module("webapp.cli.tokens")
OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def boxes(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Mailbox]]:
    """Three mailboxes with tokens under the old key, one of them without an access token."""
    env = product.environment(database_url, "redis://127.0.0.1:9/0") | {"TOKEN_KEYS": OLD}
    with product.running(env):
        database.connect(reuse_if_open=True)
        user = User.create(email="robin@example.com")
        made = [
            Mailbox.create(
                user=user, address=f"{n}@example.com", refresh_token=f"refresh {n}", access_token=a
            )
            for n, a in enumerate(("access 0", None, "access 2"))
        ]
        keys(monkeypatch, NEW, OLD)
        yield made


def keys(monkeypatch: pytest.MonkeyPatch, *wanted: str) -> None:
    """Be a process with these TOKEN_KEYS from now on."""
    monkeypatch.setenv("TOKEN_KEYS", ",".join(wanted))
    product.forget()


def rotate(*arguments: str) -> Result:
    """Run the command as an operator does."""
    if not database.is_closed():
        database.close()
    result = CliRunner().invoke(cli.rotate, arguments)
    database.connect(reuse_if_open=True)
    return result


def sealed() -> dict[int, tuple[str | None, str | None]]:
    """What stands in the database."""
    table = Table("mailboxes", ("id", "refresh_token", "access_token")).bind(database.obj)
    rows = table.select(table.id, table.refresh_token, table.access_token).tuples()
    return {row_id: (refresh, access) for row_id, refresh, access in rows}


def test_every_token_opens_under_the_new_key_alone(
    boxes: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = rotate()
    assert result.exit_code == 0, result.output
    assert result.output == "5 tokens encrypted anew, 0 were under the first key.\n"
    keys(monkeypatch, NEW)
    opened = [(box.refresh_token, box.access_token) for box in Mailbox.select().order_by(Mailbox.id)]
    assert opened == [("refresh 0", "access 0"), ("refresh 1", None), ("refresh 2", "access 2")]


def test_a_second_run_finds_nothing_to_do(boxes: list[Mailbox]) -> None:
    rotate()
    before = sealed()
    result = rotate("--json")
    assert json.loads(result.output) == {"rotated": 0, "current": 5, "unreadable": []}
    assert sealed() == before


def test_a_run_that_was_cut_off_is_gone_on_with(
    boxes: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "ROWS", 1)
    whole, calls = cli._rotate, 0

    def cut(*arguments: object) -> str:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(cli, "_rotate", cut)
    assert rotate().exit_code != 0
    monkeypatch.setattr(cli, "_rotate", whole)
    assert json.loads(rotate("--json").output) == {"rotated": 3, "current": 2, "unreadable": []}


def test_a_token_that_no_key_opens_is_named_and_left_alone(
    boxes: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys(monkeypatch, LOST)
    Mailbox.update(refresh_token="closed").where(Mailbox.id == boxes[1].id).execute()
    keys(monkeypatch, NEW, OLD)
    before = sealed()[boxes[1].id]
    result = rotate()
    assert result.exit_code == 1
    assert "4 tokens encrypted anew" in result.output
    said = f"mailbox {boxes[1].id}: its refresh_token opens with none of TOKEN_KEYS."
    assert said in result.output
    assert sealed()[boxes[1].id] == before
    again = rotate("--json")
    assert again.exit_code == 1
    told = json.loads(again.output.splitlines()[0])
    assert told["unreadable"] == [{"table": "Mailbox", "id": boxes[1].id, "column": "refresh_token"}]


def test_a_token_that_a_worker_renewed_meanwhile_is_not_overwritten(
    boxes: list[Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    opens, renewed = cli._opens, []

    def meanwhile(key: Fernet, token: str) -> bool:
        # A worker that was not restarted yet, and so writes under the old key.
        if not renewed and OLD and sealed()[boxes[0].id][1] == token:
            renewed.append(Fernet(OLD.encode()).encrypt(b"renewed").decode())
            table = Table("mailboxes", ("id", "access_token")).bind(database.obj)
            table.update({table.access_token: renewed[0]}).where(table.id == boxes[0].id).execute()
        return opens(key, token)

    monkeypatch.setattr(cli, "_opens", meanwhile)
    assert json.loads(rotate("--json").output)["rotated"] == 5
    assert renewed
    keys(monkeypatch, NEW)
    assert Mailbox.get_by_id(boxes[0].id).access_token == "renewed"
