"""How long a search takes in a table that is full, and a new job against all saved searches."""

import itertools
import random
import time

from benchmarks.jobs_made import FIRST, PLACES, ROLES, TEAMS, WORDS
from benchmarks.report import Row, Section, quantile
from hearback.chunks import chunks
from hearback.models import Job, JobMatch, SavedSearch, User, now
from jobs.find_jobs import find
from jobs.find_jobs_wanted import Order, Wanted
from jobs.job_matches import match_new

SEARCHES = 10_000
ROUNDS = 5
# Milliseconds of a page that feels immediate, and seconds for a job that 10,000 people might wait for.
SLOWEST_SEARCH = 100
SLOWEST_MATCH = 1.0


def measure(section: Section, kind: str) -> None:
    """Searches of every kind, then matching; the table of jobs is full already."""
    user = User.create(email="searcher@example.com")
    took = []
    for wanted in (*_searches(), *_searches()):
        started = time.perf_counter()
        find(user.id, wanted)
        took.append((time.perf_counter() - started) * 1000)
    # The first time reads from the disk what a service in use has in memory.
    warm = took[len(took) // 2 :]
    slowest = quantile(warm, 0.95)
    section.add(Row(f"{kind}: a search, 95 of 100 within", [slowest], " ms", at_most=SLOWEST_SEARCH))
    section.add(Row(f"{kind}: a search, half of them within", [quantile(warm, 0.5)], " ms"))
    _match(section, kind, user)


def _searches() -> list[Wanted]:
    """What people ask for: common and rare words, places, pay, levels, nothing at all."""
    words = ["", "engineer", "software engineer", "registered nurse", "python kubernetes", "manager -sales",
             '"machine learning"', "electrician berlin", "nosuchword", FIRST[3], TEAMS[0]]  # fmt: skip
    plain = [Wanted(words=text) for text in words]
    placed = [Wanted(words=text, place=city) for text in words[:4] for city, *_ in PLACES[:5]]
    narrow = [
        Wanted(words="engineer", place="San Francisco", near=True, remote="too"),
        Wanted(words="manager", remote="only"),
        Wanted(remote="only", place="Germany", levels=("staff",)),
        Wanted(words="designer", salary_min=200_000, salary_unnamed=False),
        Wanted(salary_min=230_000, salary_unnamed=False, order=Order.SALARY),
        Wanted(words="analyst", employments=("contract",), levels=("senior", "mid")),
        Wanted(companies=("Kestrel Labs",)),
        Wanted(words="engineer", companies=("Kestrel",)),
        Wanted(words="data", days=3, order=Order.NEWEST),
        Wanted(words="accountant", without="senior lead", place="London"),
        Wanted(words="engineer", board="arbeitnow"),
    ]
    return [*plain, *placed, *narrow]


def _match(section: Section, kind: str, user: User) -> None:
    chance = random.Random(7)
    rows = (
        {
            "user": user.id,
            "name": "A search",
            "words": chance.choice((chance.choice(ROLES).lower(), " ".join(chance.sample(WORDS, 2)))),
            "place": chance.choice(("", *(city for city, *_ in PLACES))),
            "remote": chance.choice(("", "too", "only")),
            "salary_min": chance.choice((None, 80_000.0, 120_000.0)),
            "levels": chance.choice(([], ["senior", "mid"])),
        }
        for _ in range(SEARCHES)
    )
    for some in chunks(rows, 500):
        SavedSearch.insert_many(some).execute()
    SavedSearch.update(created_at=now()).execute()
    took = []
    for job_id, *_ in itertools.islice(Job.select(Job.id).order_by(Job.id.desc()).tuples(), ROUNDS):
        started = time.perf_counter()
        match_new([job_id])
        took.append(time.perf_counter() - started)
    if not JobMatch.select().exists():
        raise RuntimeError("no search fits any job; nothing was measured")
    section.add(Row(f"{kind}: one new job against {SEARCHES:,} searches", took, " s", at_most=SLOWEST_MATCH))
