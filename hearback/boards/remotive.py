"""Remotive: remote jobs of all kinds, one feed without pages.

https://github.com/remotive-com/remote-jobs-api
"""

from hearback.boards.lands import lands, only_country
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import read_rows
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of the feed, in one call."""
    return read(web.get_json(f"{ask.url}/api/remote-jobs"))


def read(answer: object) -> Batch:
    """The jobs of an answer; it says itself how many there are in all."""
    rows = rows_in(answer, "jobs", like=("title", "company_name", "url"))
    postings, skipped = read_rows(rows, _posting)
    total = part(answer, "total-job-count")
    full = not isinstance(total, int) or total <= len(rows)
    return Batch(postings, skipped, rows=len(rows), full=full)


def _posting(row: dict[str, object]) -> Posting:
    where = row.get("candidate_required_location")
    at = lands(where)
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id"),
            title=row.get("title"),
            company=row.get("company_name"),
            url=row.get("url"),
            description=row.get("description"),
            places=at,
            remote=(True,),
            remote_from=(where,),
            salary=of_field(row.get("salary"), only_country(at)),
            employment=row.get("job_type"),
            posted_at=row.get("publication_date"),
        ),
    )


SOURCE = Source(
    name="remotive",
    title="Remotive",
    url="https://remotive.com",
    docs="https://github.com/remotive-com/remote-jobs-api",
    terms="At most 4 calls a day. Link to the job's page on Remotive and name Remotive as the source. "
    "Do not pass jobs on to other job boards.",
    attribution="Found on Remotive",
    scope=Scope.FEED,
    rank=1,
    a_day=4,
    # Its robots.txt closes /api/ to crawlers, its documentation and each answer open it to developers.
    granted=True,
    fetch=fetch,
)
