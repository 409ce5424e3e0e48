"""A worker in a process of its own that can be killed at an exact step of its work."""

import functools
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hearback.gmail import client
from hearback.models import database
from jobs.worker import work


@dataclass(frozen=True)
class Point:
    """A step: before or after the `nth` call of `owner.name`."""

    owner: Any
    name: str
    after: bool = False
    nth: int = 1

    def __str__(self) -> str:
        owner = getattr(self.owner, "__name__", "").split(".")[-1]
        return f"{'after' if self.after else 'before'}-{owner}.{self.name}-{self.nth}"


def run_worker(point: Point | None = None, prepare: Callable[[], None] = lambda: None) -> int:
    """Work the queues until they are empty, in a forked process; return its wait status.

    At `point` the process kills itself with SIGKILL: nothing of it is cleaned up.
    """
    # A connection must not be shared with a child; this process opens its own anew.
    database.obj.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            # Nor a connection to Google: what a killed child left unread, this process would read.
            client._kept.__dict__.clear()
            prepare()
            if point is not None:
                _kill_at(point)
            work(0, os.getppid(), burst=True)
        except BaseException:  # noqa: BLE001 - the child must end here whatever happened
            traceback.print_exc()
            os._exit(1)
        sys.stderr.flush()
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    database.connect(reuse_if_open=True)
    return status


def was_killed(status: int) -> bool:
    """Whether a wait status tells of SIGKILL."""
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _kill_at(point: Point) -> None:
    original = getattr(point.owner, point.name)
    calls = 0

    @functools.wraps(original)
    def deadly(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == point.nth and not point.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if calls == point.nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(point.owner, point.name, deadly)
