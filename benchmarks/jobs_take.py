"""How fast the answer of a board becomes jobs in a table that is full of them."""

import random
import time

from benchmarks.jobs_made import postings
from benchmarks.report import Row, Section
from hearback.boards.posting import Batch, Posting
from hearback.models import Job, JobSource, now
from jobs.take_jobs import take

ROWS = 1_000
ROUNDS = 5
# A board of a slow machine still must not hold a worker for long.
AT_LEAST = 500


def fill(count: int) -> None:
    """Jobs of a hundred boards' answers, taken in as such."""
    for number in range(count // ROWS):
        take(None, Batch(tuple(postings(ROWS, number))), now())


def measure(section: Section, kind: str) -> None:
    """Take in answers of new jobs, the same again, and copies of them by another board."""
    new, again, copied = [], [], []
    for _ in range(ROUNDS):
        seed = random.randrange(10**6, 10**9)
        given = postings(ROWS, seed)
        new.append(_pace(given))
        again.append(_pace(given))
        copied.append(_pace(postings(ROWS, seed, "adzuna")))
    at_least = AT_LEAST if kind == "SQLite" else None
    stored = Job.select().count()
    section.add(Row(f"{kind}: rows taken in, all new, beside {stored:,} jobs", new, "/s", at_least=at_least))
    section.add(Row(f"{kind}: rows taken in, none new", again, "/s"))
    section.add(Row(f"{kind}: rows taken in, each a copy by another board", copied, "/s"))
    if JobSource.select().count() - stored < ROUNDS * ROWS * 0.99:
        raise RuntimeError("copies of known jobs became jobs of their own")


def _pace(given: list[Posting]) -> float:
    began = time.perf_counter()
    take(None, Batch(tuple(given)), now())
    return len(given) / (time.perf_counter() - began)
