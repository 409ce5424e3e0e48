"""The Muse: jobs at companies that it presents, a feed in pages of twenty, newest first.

https://www.themuse.com/developers/api/v2
"""

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import named, names_of
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# Five hundred jobs; the board has many thousands, and new ones come first.
MOST_PAGES = 25
_LEVELS = {
    "internship": "intern",
    "entry level": "junior",
    "mid level": "mid",
    "senior level": "senior",
    "management": "manager",
}


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest pages."""

    def page(number: int) -> Page:
        answer = web.get_json(f"{ask.url}/api/public/jobs", {"page": number, "descending": "true"})
        count = part(answer, "page_count")
        return Page(
            rows_in(answer, "results", like=("name", "company", "refs")),
            last=isinstance(count, int) and number + 1 >= count,
        )

    return read(walk(page, MOST_PAGES, "id"))


def read(walked: Walked) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, _posting)
    return Batch(postings, skipped, rows=len(walked.rows), full=walked.full, warnings=walked.warnings)


def _posting(row: dict[str, object]) -> Posting:
    where = names_of(row.get("locations"))
    levels = [_LEVELS.get(name.lower()) for name in names_of(row.get("levels"))]
    # A job for several levels is for none of them.
    level = levels[0] if len(levels) == 1 else None
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id"),
            title=row.get("name"),
            company=named(row.get("company")),
            url=part(row, "refs", "landing_page"),
            description=row.get("contents"),
            # The board writes "Flexible / Remote" where a job has no place.
            places=places([name for name in where if "remote" not in name.lower()]),
            remote=tuple("remote" for name in where if "remote" in name.lower()),
            level=level,
            employment="internship" if level == "intern" else None,
            posted_at=row.get("publication_date"),
        ),
    )


SOURCE = Source(
    name="themuse",
    title="The Muse",
    url="https://www.themuse.com",
    docs="https://www.themuse.com/developers/api/v2",
    terms="500 calls an hour without a key. Link to the job's page on The Muse and name it as the source.",
    attribution="Found on The Muse",
    scope=Scope.FEED,
    rank=1,
    fetch=fetch,
)
