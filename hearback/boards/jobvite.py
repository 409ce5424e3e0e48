"""Jobvite: the boards of many companies, as pages for people.

https://developers.jobvite.com
"""

from selectolax.lexbor import LexborNode

from hearback.boards.company_board import key_of
from hearback.boards.html_lists import Row, jobs_of, link, read, select, text, with_pages
from hearback.boards.posting import Batch
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_page import parsed

_ROWS = "tr:has(a[href*='/job/']), .jv-job-list li:has(a[href*='/job/'])"


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    page = parsed(web.get_text(f"{ask.url}/{key_of(ask)}/jobs"))
    listed = jobs_of(page, select(page, _ROWS, _row), "[class*=jv-]")
    rows, notes = with_pages(web, listed, ask.url)
    return read(SOURCE.name, rows, notes, full=True, ask=ask)


def _row(node: LexborNode) -> Row:
    anchor = node.css_first("a[href*='/job/']")
    address = link(anchor, SOURCE.url)
    return {
        "url": address,
        "identifier": address.rstrip("/").rsplit("/", 1)[-1].partition("?")[0] if address else None,
        "title": text(anchor),
        "jobLocation": text(node.css_first("[class*=job-list-location]")),
    }


SOURCE = Source(
    name="jobvite",
    title="Jobvite",
    url="https://jobs.jobvite.com",
    docs="https://developers.jobvite.com",
    terms="The public pages of a company's careers site; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
