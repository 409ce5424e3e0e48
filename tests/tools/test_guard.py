"""The guard ends what a killed starter left behind, and nothing else."""

import subprocess
import sys

import psutil

from tests.support.servers import ROOT
from tools.guard import groups_left

STARTER = """
import subprocess, sys
from tools.guard import Guard

guard = Guard()
sleepers = [subprocess.Popen(["sleep", "600"], start_new_session=True) for _ in range(3)]
for sleeper in sleepers:
    guard.watch(sleeper.pid)
guard.forget(sleepers[2].pid)
print(*[sleeper.pid for sleeper in sleepers], flush=True)
sys.stdin.read()
"""


def test_changes_add_up() -> None:
    assert groups_left(["+5\n", "+6\n", "-5\n", "+7\n", "-9\n"]) == {6, 7}


def test_what_a_killed_process_started_ends_with_it() -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdin=-1, stdout=-1, text=True, cwd=ROOT)
    assert starter.stdout is not None
    watched, also_watched, forgotten = (psutil.Process(int(pid)) for pid in starter.stdout.readline().split())
    try:
        starter.kill()
        starter.wait(10)
        for sleeper in (watched, also_watched):
            # A process that nobody waits for stays behind as a zombie where there is no init.
            psutil.wait_procs([sleeper], timeout=10)
            assert not sleeper.is_running() or sleeper.status() == psutil.STATUS_ZOMBIE
        assert forgotten.is_running()
    finally:
        forgotten.kill()
