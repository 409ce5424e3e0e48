"""Teamtailor: the boards of many companies, each on a host of its own, all jobs in a JSON feed.

https://www.jsonfeed.org/version/1.1/
"""

from functools import partial

from hearback.boards import ld_posting
from hearback.boards.company_board import company_of, origin
from hearback.boards.normal.addresses import web as web_address
from hearback.boards.normal.parts import part
from hearback.boards.normal.rows import read_rows
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_MOST_PAGES = 30


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    address = f"{origin(ask.url, ask.key)}/jobs.json"
    titles: list[object] = []

    def page(number: int) -> Page:
        answer = web.get_json(address, {"page": number + 1} if number else None)
        titles.append(part(answer, "title"))
        return Page(rows_in(answer, "items"), last=not part(answer, "next_url"))

    return read(walk(page, _MOST_PAGES, "id"), company_of(ask, titles[0]), ask)


def read(walked: Walked, company: str, ask: Ask) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, partial(_posting, ask, company))
    return Batch(postings, skipped, len(walked.rows), walked.full, warnings=walked.warnings)


def _posting(ask: Ask, company: str, row: dict[str, object]) -> Posting:
    """Each item holds the job as schema.org has it; the item's own fields stand in for what that lacks."""
    held = row.get("_jobposting")
    node = held if isinstance(held, dict) else {}
    page = web_address(row.get("url")) or f"https://{ask.key}.teamtailor.com/jobs/{row.get('id')}"
    own = {
        "title": row.get("title"),
        "datePosted": row.get("date_published"),
        "identifier": row.get("id"),
        "description": row.get("content_html") or row.get("content_text"),
        "url": page,
    }
    whole = {**own, **{key: value for key, value in node.items() if value not in (None, "", [])}}
    return ld_posting.read(whole, SOURCE.name, ask.key, page, company)


SOURCE = Source(
    name="teamtailor",
    title="Teamtailor",
    url="https://{company}.teamtailor.com",
    docs="https://www.jsonfeed.org/version/1.1/",
    terms="A public feed of a company's careers page, without a key; no limit is stated.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
