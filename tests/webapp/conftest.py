"""The pages in this process, on a fresh database, and a person who is signed in to them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from hearback.models import User
from tests.support import product
from tests.webapp.reader import Reader
from webapp import create_app

# Pages and the acts on them ring nobody, so no Redis listens here.
NO_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """The application on an empty database."""
    with product.running(product.environment(database_url, NO_REDIS)):
        made = create_app()
        yield made


@pytest.fixture
def robin(app: Flask) -> Reader:
    """Somebody who is signed in and uses the product."""
    return Reader(app, User.create(email="robin@example.com", name="Robin", google_sub="1"))


@pytest.fixture
def mallory(app: Flask) -> Reader:
    """Somebody else who is signed in."""
    return Reader(app, User.create(email="mallory@example.com", name="Mallory", google_sub="2"))
