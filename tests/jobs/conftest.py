"""A product without its web process: what jobs do, on real Redis and beside a real sandbox."""

from collections.abc import Iterator

import pytest

from hearback.models import database
from sandbox.client import SandboxControl
from tests.support.service import Service, service


@pytest.fixture
def made(database_url: str, redis_url: str, sandbox: SandboxControl) -> Iterator[Service]:
    """The product's jobs within this process."""
    with service(database_url, redis_url, sandbox.url, web=False) as running:
        database.connect(reuse_if_open=True)
        yield running
