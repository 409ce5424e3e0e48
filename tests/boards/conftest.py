"""A board, and a way to it, for the tests that ask one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.board_server import BoardServer, board_server


@pytest.fixture
def board() -> Iterator[BoardServer]:
    """A job board on this machine."""
    with board_server() as made:
        yield made


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The folder for answers of boards."""
    return tmp_path / "answers"
