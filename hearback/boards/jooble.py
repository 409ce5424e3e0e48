"""Jooble: an aggregator of many countries, asked for each search; needs a key.

https://jooble.org/api/about
"""

from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import UNDISCLOSED, Batch, Posting
from hearback.boards.search import Search
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_adapter import Secret

PAGE = 50
MOST_PAGES = 2


def fetch(web: Web, ask: Ask) -> Batch:
    """The first pages of a search. The key stands in the address, which is why it goes apart."""
    search = ask.search or Search()
    secret = Secret(path=ask.keys["JOOBLE_KEY"])

    def page(number: int) -> Page:
        body = {"keywords": search.words, "page": str(number + 1), "ResultOnPage": str(PAGE)}
        if search.place or search.remote:
            body["location"] = search.place or "Remote"
        answer = web.post_json(f"{ask.url}/api", body, secret)
        total = part(answer, "totalCount")
        found = rows_in(answer, "jobs", like=("title", "company", "link"))
        return Page(found, last=isinstance(total, int) and (number + 1) * PAGE >= total)

    return read(walk(page, MOST_PAGES, "id", "link"))


def read(walked: Walked) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, _posting)
    return Batch(postings, skipped, rows=len(walked.rows), warnings=walked.warnings)


def _posting(row: dict[str, object]) -> Posting:
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id") or row.get("link"),
            title=row.get("title"),
            company=row.get("company") or UNDISCLOSED,
            url=row.get("link"),
            # The board gives a few sentences around the words that were asked for.
            description=row.get("snippet"),
            places=places(row.get("location")),
            remote=(row.get("location"),),
            salary=of_field(row.get("salary")),
            employment=row.get("type"),
            posted_at=row.get("updated"),
        ),
    )


SOURCE = Source(
    name="jooble",
    title="Jooble",
    url="https://jooble.org",
    docs="https://jooble.org/api/about",
    terms="Each key has a number of calls of its own. Link to the job by the address that Jooble gives.",
    attribution="Found on Jooble",
    scope=Scope.QUERY,
    rank=2,
    keys=("JOOBLE_KEY",),
    # Its robots.txt is for crawlers; who was given a key is none.
    granted=True,
    fetch=fetch,
)
