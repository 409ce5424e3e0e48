"""What reading one mail costs: time on one core, loading, and memory."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.report import Row, Section
from benchmarks.webs import Databases
from corpus.fill import fill
from corpus.mails import read
from corpus.parts import Part, part
from corpus.render import render

ROUNDS = 5
# Of a mailbox: the corpus has as much ordinary mail as answers to applications.
MAILS = 400
TEXT = """\
Held-out mails of the corpus (`corpus/parts.py`), as Gmail hands them over, parsed and classified one after
the other in one process on one core. Loading and memory are those of the reading model and of what runs it;
workers of one pool share them."""
# Runs apart, so that nothing is loaded or warm. It prints milliseconds and MiB.
PROGRAM = """
import json, sys, time
import psutil
from hearback.mail import rules
from hearback.mail.parse import parse
rules.rules()
mails = [bytes.fromhex(line) for line in sys.stdin.read().split()]
process = psutil.Process()
before, started = process.memory_info().rss, time.perf_counter()
from hearback.mail import encoder
encoder.load()
loaded = time.perf_counter() - started
from hearback.mail.classify import classify
def milliseconds(raw):
    started = time.perf_counter()
    mail = parse(raw)
    classify(mail, mail.date)
    return (time.perf_counter() - started) * 1000
first = [milliseconds(raw) for raw in mails]
added = (process.memory_info().rss - before) / 2**20
print(json.dumps({"loaded": loaded * 1000, "added": added, "each": [milliseconds(raw) for raw in mails]}))
"""


def measure(databases: Databases, redis_server: str) -> Section:
    """Read the held-out mails in fresh processes."""
    section = Section("Reading a mail", TEXT)
    known = read()
    held = [template for template in known if part(template) is Part.HELD][:MAILS]
    mails = [render(fill(template, 0), known) for template in held]
    runs = [_run(mails) for _ in range(ROUNDS)]
    for name, share in (("Half of the mails take at most", 0.5), ("9 of 10 take at most", 0.9)):
        figures = [sorted(run["each"])[int(len(mails) * share)] for run in runs]
        section.add(Row(name, figures, " ms", at_most=3 if share == 0.5 else None))
    section.add(Row("Loading the model", [run["loaded"] for run in runs], " ms", at_most=1500))
    section.add(Row("Memory that it adds", [run["added"] for run in runs], " MiB", at_most=120))
    return section


def _run(mails: list[bytes]) -> dict[str, Any]:
    given = "\n".join(raw.hex() for raw in mails)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=given, capture_output=True, text=True, check=True
    )
    run: dict[str, Any] = json.loads(done.stdout)
    return run
