"""Arbeitnow: jobs in Germany and remote ones, a feed in pages of a hundred.

https://www.arbeitnow.com/blog/job-board-api
"""

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

MOST_PAGES = 40


def fetch(web: Web, ask: Ask) -> Batch:
    """Every page until none follows."""

    def page(number: int) -> Page:
        answer = web.get_json(f"{ask.url}/api/job-board-api", {"page": number + 1})
        rows = rows_in(answer, "data", like=("title", "company_name", "url"))
        return Page(rows, last=not part(answer, "links", "next"))

    return read(walk(page, MOST_PAGES, "slug"))


def read(walked: Walked) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, _posting)
    return Batch(postings, skipped, rows=len(walked.rows), full=walked.full, warnings=walked.warnings)


def _posting(row: dict[str, object]) -> Posting:
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("slug"),
            title=row.get("title"),
            company=row.get("company_name"),
            url=row.get("url"),
            description=row.get("description"),
            places=places(row.get("location")),
            remote=(row.get("remote") in (True, "true", "1"),),
            employment=row.get("job_types"),
            posted_at=row.get("created_at"),
        ),
    )


SOURCE = Source(
    name="arbeitnow",
    title="Arbeitnow",
    url="https://www.arbeitnow.com",
    docs="https://www.arbeitnow.com/blog/job-board-api",
    terms="Free to use without a key. Link to the job's page on Arbeitnow.",
    attribution="Found on Arbeitnow",
    scope=Scope.FEED,
    rank=1,
    fetch=fetch,
)
