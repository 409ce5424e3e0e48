"""How fast a mailbox file comes in, and that memory does not grow with the file."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mails import ADDRESS, write_mbox
from benchmarks.report import Row, Section, ratios
from benchmarks.webs import Databases
from hearback.models import Application, database
from tests.support import product, servers

ROUNDS = 3
FEW, MANY = 500, 5000
TEXT = """\
`flask mail import` of a mailbox file into an empty SQLite database: one process that reads, classifies,
matches and stores. A third of the mails concern applications; the rest is private mail and long newsletters.
Seconds are those of the whole command. Peak memory is the largest resident set that the operating system saw
of the process, its libraries included."""


@dataclass(frozen=True)
class Run:
    """One import: how long it took, and its largest resident set."""

    seconds: float
    bytes: int


def measure(databases: Databases, redis_server: str) -> Section:
    """Import both files in turn, ROUNDS times; about three minutes."""
    section = Section("Import of a file", TEXT)
    runs: dict[int, list[Run]] = {FEW: [], MANY: []}
    for count in runs:
        write_mbox(databases.folder / f"{count}.mbox", count)
    for _ in range(ROUNDS):
        for count, done in runs.items():
            with databases.fresh("SQLite") as url:
                done.append(_import(databases.folder, url, redis_server, count))
    section.add(Row(f"{MANY:,} mails", [MANY / run.seconds for run in runs[MANY]], "/s"))
    few, many = ([run.bytes / 2**20 for run in runs[count]] for count in (FEW, MANY))
    section.add(Row(f"Peak memory, {FEW} mails", few, " MiB"))
    section.add(Row(f"Peak memory, {MANY:,} mails", many, " MiB"))
    section.add(Row(f"Peak memory, {MANY:,} / {FEW} mails", ratios(many, few), at_most=1.3))
    return section


def _import(folder: Path, url: str, redis_server: str, count: int) -> Run:
    env = product.environment(url, f"{redis_server}/5")
    with product.running(env):
        flask = [sys.executable, "-m", "flask", "--app", "webapp", "mail", "import", "--json"]
        command = [*flask, "--user", ADDRESS, str(folder / f"{count}.mbox")]
        started = time.perf_counter()
        with (folder / "import.log").open("wb") as log:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, env={**os.environ, **env}, cwd=servers.ROOT
            )
        assert process.stdout is not None
        answer = process.stdout.read()
        process.stdout.close()
        # `wait4` alone tells the memory of this one child; `subprocess` must not have waited before.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or json.loads(answer) != {"read": count, "failed": []}:
            raise RuntimeError(f"the import ended with {process.returncode}: {answer.decode()}")
        with database.connection_context():
            if not Application.select().exists():
                raise RuntimeError("the import found no application")
        # Linux counts in KiB, macOS in bytes.
        return Run(seconds, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
