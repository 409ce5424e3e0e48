"""Ends the servers of a demo or a test run even if the process that started them is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Guard:
    """A process that outlives a killed starter just long enough to end what it left behind.

    It knows process groups by their leader, and reads of changes from a pipe. The kernel closes
    that pipe however its starter ends, SIGKILL included.
    """

    def __init__(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.guard"],
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=ROOT,
        )

    def watch(self, group: int) -> None:
        """End this process group if the starter dies."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """This process group has ended; its number may go to another one."""
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        """End the guard, and with it every group that it still watches."""
        self._process.communicate(timeout=10)

    def _tell(self, change: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(change)
            self._process.stdin.flush()
        except BrokenPipeError:
            # Somebody ended the guard. The work goes on without this net under it.
            return


def end_group(group: int) -> None:
    """Kill what is left of a process group.

    A worker killed from outside cannot end its children: they would go on working beside the
    children of the one that takes its place.
    """
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # Nothing is left; macOS says PermissionError of a group that holds only zombies.
        return


def groups_left(changes: Iterable[str]) -> set[int]:
    """Read `+GROUP` and `-GROUP` until the pipe closes; return the groups that are still there."""
    groups: set[int] = set()
    for change in changes:
        (groups.add if change[0] == "+" else groups.discard)(int(change[1:]))
    return groups


if __name__ == "__main__":
    for group in groups_left(sys.stdin):
        end_group(group)
