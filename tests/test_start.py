"""A process that misses a setting says so in one line and ends, and does not bury it under a traceback."""

import os
import subprocess
import sys

import pytest

from tests.support.servers import ROOT

COMMANDS = {
    "web": [sys.executable, "-m", "gunicorn", "--config", "webapp/gunicorn.py", "webapp:create_app()"],
    "worker": [sys.executable, "-m", "jobs.worker"],
    "scheduler": [sys.executable, "scheduler.py"],
    "pull": [sys.executable, "-m", "jobs.pull"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_missing_setting_stops_the_start_with_its_name(name: str) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PORT": "0"}
    ended = subprocess.run(COMMANDS[name], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    said = ended.stderr + ended.stdout
    assert "Missing settings: DATABASE_URL, REDIS_URL" in said
    assert "Traceback" not in said
