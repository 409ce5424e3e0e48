"""Eightfold: the boards of many large companies, each on a host of its own, in pages.

The key is the company's host and the domain that it is known by there: "acme/acme.com".
https://docs.eightfold.ai
"""

from functools import partial

from hearback.boards.company_board import below, origin
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import readable
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_request import Params

_PAGE = 10
_MOST_PAGES = 100
_WHERE = {"onsite": "on_site", "hybrid": "hybrid", "remote": "remote", "remote_local": "remote"}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    host, _, domain = ask.key.partition("/")
    address = f"{origin(ask.url, ask.key)}/api/apply/v2/jobs"

    def page(number: int) -> Page:
        question: Params = {"domain": domain or f"{host}.com", "start": number * _PAGE, "num": _PAGE}
        answer = web.get_json(address, question)
        rows, count = rows_in(answer, "positions"), part(answer, "count")
        return Page(rows, last=isinstance(count, int) and count <= number * _PAGE + len(rows))

    return read(walk(page, _MOST_PAGES, "id"), ask)


def read(walked: Walked, ask: Ask) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, partial(_posting, ask))
    return Batch(postings, skipped, len(walked.rows), walked.full, warnings=walked.warnings)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    host = ask.key.partition("/")[0]
    number = row.get("id")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=number,
            title=row.get("name") or row.get("posting_name"),
            company=ask.company or readable(host),
            url=row.get("canonicalPositionUrl") or below(f"https://{host}.eightfold.ai/careers/job", number),
            description=row.get("job_description"),
            places=places([row.get("location"), *listed(row.get("locations"))]),
            remote=(_WHERE.get(str(row.get("work_location_option"))), row.get("location")),
            employment=row.get("type"),
            posted_at=row.get("t_create") or row.get("t_update"),
            requisition=row.get("display_job_id") or row.get("ats_job_id"),
        ),
    )


SOURCE = Source(
    name="eightfold",
    title="Eightfold",
    url="https://{company}.eightfold.ai",
    docs="https://docs.eightfold.ai",
    terms="The public answers behind a company's careers page, without a key; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
