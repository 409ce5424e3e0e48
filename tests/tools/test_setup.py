"""The first command on a fresh machine finds a Python that is new enough, or says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers import ROOT

SETUP = ROOT / "tools" / "setup.sh"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder that holds nothing but the script."""
    tools = tmp_path / "a clone" / "tools"
    tools.mkdir(parents=True)
    (tools / "setup.sh").write_text(SETUP.read_text())
    return tools.parent


def _python(folder: Path, name: str, *, usable: bool) -> None:
    """Put a command on a PATH of its own: this Python, or one that is too old for us."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    real = Path(sys.base_prefix) / "bin" / "python3"
    script = (
        f'exec "{real}" "$@"' if usable else 'case "$1" in --version) echo Python 3.9.6;; *) exit 1;; esac'
    )
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def _setup(clone: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The shell itself and `dirname` are wanted, any other Python is not.
    for tool in ("dirname", "sh"):
        target = next(p for p in (Path("/usr/bin") / tool, Path("/bin") / tool) if p.exists())
        if not (path / tool).exists():
            (path / tool).symlink_to(target)
    return subprocess.run(
        [path / "sh", clone / "tools" / "setup.sh", *arguments],
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_an_old_python_alone_gives_a_message_with_the_command(clone: Path, tmp_path: Path) -> None:
    _python(tmp_path / "bin", "python3", usable=False)
    refused = _setup(clone, tmp_path / "bin", "venv")
    assert refused.returncode == 1
    assert "needs Python 3.11 or newer" in refused.stderr
    assert "found: Python 3.9.6" in refused.stderr
    assert not (clone / ".venv").exists()


def test_a_newer_python_beside_the_old_one_is_taken(clone: Path, tmp_path: Path) -> None:
    _python(tmp_path / "bin", "python3", usable=False)
    _python(tmp_path / "bin", "python3.11", usable=True)
    made = _setup(clone, tmp_path / "bin", "venv")
    assert made.returncode == 0, made.stderr
    assert (clone / ".venv" / "bin" / "python").exists()

    again = _setup(clone, tmp_path / "bin", "venv")
    assert (again.returncode, again.stdout) == (0, "")
