"""The servers that tests stand on are real, and empty for every test."""

import psycopg
import pytest
from redis import Redis

from sandbox.client import SandboxControl
from tests.support.servers import Postgres


@pytest.mark.parametrize("round_", [1, 2])
def test_redis_is_empty_for_every_test(redis_url: str, round_: int) -> None:
    with Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left behind", round_)


@pytest.mark.parametrize("round_", [1, 2])
def test_postgres_is_empty_for_every_test(postgres_url: str, round_: int) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE left_behind (id int)")


def test_a_postgres_database_can_be_copied_with_its_rows(
    postgres_server: Postgres, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE rows AS SELECT 7 AS id")
    with (
        postgres_server.database(template=postgres_url) as copy,
        psycopg.connect(copy) as connection,
    ):
        assert connection.execute("SELECT id FROM rows").fetchone() == (7,)


@pytest.mark.parametrize("round_", [1, 2])
def test_the_sandbox_is_empty_for_every_test(sandbox: SandboxControl, round_: int) -> None:
    address = "left.behind@example.com"
    sandbox.create_account(address)
    sandbox.deliver(address, from_="hr@example.org", subject="Hello", text="Hello")
    assert len(sandbox.messages(address)) == 1
