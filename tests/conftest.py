"""Servers that a test may ask for: started at the first wish, ended with the session."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from redis import Redis

from sandbox.client import SandboxControl
from tests.support import servers
from tests.support.browser import find_chromium


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a running Redis, without a database number."""
    with servers.redis_server() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of an empty Redis database."""
    with Redis.from_url(redis_server) as client:
        client.flushall()
    return f"{redis_server}/0"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Postgres]:
    """A running Postgres that does not wait for the disk."""
    with servers.postgres_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: servers.Postgres) -> Iterator[str]:
    """The URL of an empty Postgres database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{quote(str(tmp_path / 'hearback.db'))}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database: the test runs once on SQLite and once on Postgres."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sandbox_server() -> Iterator[SandboxControl]:
    """A running sandbox Google; tests take `sandbox`, which is empty at their start."""
    with servers.sandbox_server() as url:
        control = SandboxControl(url)
        yield control
        control.close()


@pytest.fixture
def sandbox(sandbox_server: SandboxControl) -> SandboxControl:
    """The control of an empty sandbox Google, with the settings that it starts with."""
    sandbox_server.reset()
    return sandbox_server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; where there is none, the test reports itself as skipped."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium or Chrome on this machine")
    return found
