"""The Procfile starts the whole product, as a platform would."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import requests

from sandbox.client import SandboxControl
from tests.support.servers import ROOT, await_start, process
from tools.demo.environment import Ports, process_settings, product_settings
from tools.demo.folder import DemoFolder
from tools.demo.programs import procfile
from tools.ports import any_free

PROCESSES = ("web", "worker", "scheduler")


@pytest.fixture
def settings(tmp_path: Path, redis_url: str, database_url: str, sandbox: SandboxControl) -> dict[str, str]:
    """An operator's environment, with the sandbox in the place of Google."""
    google = int(sandbox.url.rpartition(":")[2])
    ports = Ports(web=any_free(), sandbox=google, redis=0)
    fixed = product_settings(DemoFolder(tmp_path / "secrets"), ports)
    own = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    return fixed | own | process_settings({"PATH": "/usr/bin:/bin"}, ports)


@pytest.fixture
def honcho(settings: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The processes of the Procfile, started once the release has run and ready for visitors."""
    release = procfile(ROOT / "Procfile")["release"]
    subprocess.run(["sh", "-c", release], env=settings, cwd=ROOT, check=True, timeout=60)
    command = [sys.executable, "-m", "honcho", "start", "-p", settings["PORT"], *PROCESSES]
    log = tmp_path / "honcho.log"
    with process(command, log, env=settings) as started:
        url = f"http://127.0.0.1:{settings['PORT']}/readyz"
        await_start(started, log, lambda: _answers(url), "/readyz answers")
        yield started


def test_the_processes_start_together_and_stop_together(
    honcho: subprocess.Popen[bytes],
) -> None:
    family = psutil.Process(honcho.pid).children(recursive=True)
    running = " ".join(" ".join(child.cmdline()) for child in family)
    for program in ("gunicorn", "jobs.worker", "scheduler.py"):
        assert program in running
    honcho.send_signal(signal.SIGTERM)
    honcho.wait(30)
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


def test_a_missing_setting_stops_the_start_with_its_name(settings: dict[str, str]) -> None:
    del settings["TOKEN_KEYS"]
    ended = subprocess.run(
        ["sh", "-c", procfile(ROOT / "Procfile")["worker"]],
        env=settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode != 0
    assert "TOKEN_KEYS" in ended.stderr


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == requests.codes.ok
    except requests.ConnectionError:
        return False
