"""What documents cost: reading CVs, and setting them as PDF and Word."""

from benchmarks import documents_read, documents_render
from benchmarks.report import Section
from benchmarks.webs import Databases

TEXT = """\
The sample CVs of the tests, one and two pages long, in every design and on both papers, one after the other
in one process on one core, with other words in each round."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Read and set every sample in every design."""
    section = Section("Documents", TEXT)
    for row in (*documents_read.rows(), *documents_render.rows()):
        section.add(row)
    return section
