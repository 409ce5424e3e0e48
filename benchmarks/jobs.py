"""The table of jobs with a hundred thousand in it: what taking in, searching and matching cost."""

from contextlib import ExitStack

from benchmarks import jobs_find, jobs_take
from benchmarks.report import Section
from benchmarks.webs import Databases
from hearback.models import database
from tests.support import product

JOBS = 100_000
TEXT = """\
100,000 invented jobs of some 30,000 companies with texts of 300 words, in the table with its full-text index.
*Taken in* are answers of a board with 1,000 rows: read, held against all jobs, written in transactions of
100 rows. A copy is the same job by another board, which must be found by company, title and place.
*A search* is a page of 20 with its count and order, of 42 kinds from a common word to a rare company."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Run all on both databases; about a quarter of an hour, most of it filling the table."""
    section = Section("Jobs", TEXT)
    for number, kind in enumerate(("SQLite", "Postgres")):
        with ExitStack() as stack:
            url = stack.enter_context(databases.fresh(kind))
            stack.enter_context(product.running(product.environment(url, f"{redis_server}/{22 + number}")))
            stack.enter_context(database.connection_context())
            jobs_take.fill(JOBS)
            database.execute_sql("ANALYZE")
            jobs_find.measure(section, kind)
            jobs_take.measure(section, kind)
    return section
