"""What documents cost: setting CVs as PDF and Word."""

from benchmarks import documents_render
from benchmarks.report import Section
from benchmarks.webs import Databases

TEXT = """\
The sample CVs of the tests, one and two pages long, in every design and on both papers, one after the other
in one process on one core, with other words in each round."""


def measure(databases: Databases, redis_server: str) -> Section:
    """Set every sample in every design."""
    section = Section("Documents", TEXT)
    for row in documents_render.rows():
        section.add(row)
    return section
