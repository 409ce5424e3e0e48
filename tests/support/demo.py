"""Starts the demo's launcher on a small product of its own, with real Redis and sandbox."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers import ROOT, START_SECONDS, process, wait_until

PROCFILE = """\
release: python release.py
web: python web.py
worker: python worker.py
scheduler: sleep 600
"""

PROGRAMS = {
    "release.py": "print('schema is up to date')",
    "web.py": """
import http.server, os

class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

http.server.HTTPServer((os.environ["BIND"], int(os.environ["PORT"])), Ready).serve_forever()
""",
    # A worker as ours is: a parent whose children do the work.
    "worker.py": """
import os, signal, sys, time
from pathlib import Path

children = []
for _ in range(2):
    child = os.fork()
    if not child:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    children.append(child)
pids = Path("worker.pids")
pids.with_suffix(".part").write_text(" ".join(map(str, [os.getpid(), *children])))
pids.with_suffix(".part").replace(pids)
print("worker at work", flush=True)
time.sleep(600)
""",
}


@dataclass
class Demo:
    """A demo under way: its folder, the launcher's process and everything that it printed."""

    folder: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        """What the user has seen so far."""
        return self.log.read_text(errors="replace")

    def wait_for(self, text: str, times: int = 1) -> None:
        """Return when the output holds `text`, that many times."""
        try:
            wait_until(lambda: self.output.count(text) >= times or self._ended(), repr(text))
        except TimeoutError as late:
            raise AssertionError(f"{late}:\n{self.output}") from late
        assert self.output.count(text) >= times, self.output

    def wait_for_end(self) -> int:
        """Return the launcher's exit code."""
        return self.process.wait(START_SECONDS)

    def worker_pids(self) -> list[int]:
        """The worker's process and its two children."""
        return [int(pid) for pid in (self.folder / "worker.pids").read_text().split()]

    def _ended(self) -> bool:
        return self.process.poll() is not None


def small_product(folder: Path) -> Path:
    """Write the small product into `folder`."""
    folder.mkdir(exist_ok=True)
    for name, code in PROGRAMS.items():
        (folder / name).write_text(code)
    (folder / "Procfile").write_text(PROCFILE)
    return folder


def environment(**settings: str) -> dict[str, str]:
    """The environment of a user who has set nothing but these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT)} | settings


@contextmanager
def running_demo(folder: Path, **settings: str) -> Iterator[Demo]:
    """A demo started in `folder` with these variables; killed on leaving if it still runs."""
    log = folder / "output.log"
    command = [sys.executable, "-m", "tools.demo"]
    with process(command, log, env=environment(**settings), cwd=folder) as started:
        yield Demo(folder, started, log)


def run_demo(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a launcher that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "tools.demo", *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
    )
