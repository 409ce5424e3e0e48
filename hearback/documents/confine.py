"""Confines a process that reads hostile files in memory, time, network, files and programs."""

import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

# Said by the process once all is loaded and it is confined: from now on what happens is the file's doing.
READY = b"ready\n"
MEMORY_BYTES = 400 * 1024 * 1024
CPU_SECONDS = 20
# How a process that has grown too large ends itself.
TOO_LARGE = 87
_WATCH_SECONDS = 0.05
# What the interpreter and its libraries take already is part of the bound.
_BASE_BYTES = 90 * 1024 * 1024
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty."),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "shutil."),
    *("os.chmod", "os.chown", "os.kill", "ftplib.", "smtplib.", "urllib.", "http.", "webbrowser."),
)


class Refused(PermissionError):
    """Something was tried that reading a document has no need of."""


def confine() -> None:
    """Confine this process from now on. It cannot be taken back, so it is for a process of its own.

    The hook sees what Python does; code that took over a library in C would get past it. Against that stand
    the limits of the system, an environment without secrets, and the parent's clock.
    """
    _limit()
    threading.Thread(target=_watch, name="memory", daemon=True).start()
    sys.addaudithook(_hook)


def _limit() -> None:
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        # Writing to pipes is no writing to files.
        resource.RLIMIT_FSIZE: 0,
        # A core dump would be a copy of the CV.
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    if sys.platform == "linux":
        limits[resource.RLIMIT_AS] = _bytes_of(0) + MEMORY_BYTES - _BASE_BYTES
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _bytes_of(field: int) -> int:
    """The bytes of address space (0) or of memory (1) that this process has."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[field]) * resource.getpagesize()


def _watch() -> None:
    """End the process when it has become too large: not every system has a limit that works."""
    pause = threading.Event()
    while _memory() <= MEMORY_BYTES:
        pause.wait(_WATCH_SECONDS)
    os._exit(TOO_LARGE)


def _memory() -> int:
    """The bytes of memory that this process has. Linux counts in `ru_maxrss` what its parent had, too."""
    if sys.platform == "linux":
        return _bytes_of(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise Refused(f"{event} is not allowed here")
    if event == "open" and any(_is_writing(one) for one in arguments[1:]):
        raise Refused("writing is not allowed here")


def _is_writing(way: object) -> bool:
    if isinstance(way, str):
        return bool(set(way) & set("wax+"))
    return isinstance(way, int) and bool(way & _WRITING)


def environment() -> dict[str, str]:
    """What of the environment a reading process needs; no setting and no secret is among it."""
    needed = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG", "LC_ALL")
    return {name: os.environ[name] for name in needed if name in os.environ}
