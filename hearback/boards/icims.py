"""iCIMS: the boards of many large companies, each on a host of its own, as pages for people.

The key is the company's host: "careers-acme".
https://developer.icims.com
"""

import re

from selectolax.lexbor import LexborNode

from hearback.boards.company_board import origin
from hearback.boards.html_lists import Row, jobs_of, link, read, select, text, with_pages
from hearback.boards.paging import Page, walk
from hearback.boards.posting import Batch
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_page import parsed

_MOST_PAGES = 30
_ROWS = "li.iCIMS_JobCardItem, .iCIMS_JobsTable .row"
# "US-TX-Dallas" is a place as the board's own lists have it.
_OF_LIST = re.compile(r"^([A-Z]{2})-([A-Z]{2,3})-(.+)$")


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    home = origin(ask.url, ask.key)
    public = origin(SOURCE.url, ask.key)

    def page(number: int) -> Page:
        found = parsed(web.get_text(f"{home}/jobs/search", {"pr": number, "in_iframe": 1}))
        return Page(jobs_of(found, select(found, _ROWS, lambda node: _row(node, public)), "[class*=iCIMS]"))

    walked = walk(page, _MOST_PAGES, "url")
    rows, notes = with_pages(web, list(walked.rows), home)
    return read(SOURCE.name, rows, (*walked.warnings, *notes), walked.full, ask)


def _row(node: LexborNode, base: str) -> Row:
    anchor = node.css_first("a[href*='/jobs/']")
    address = link(anchor, base)
    number = re.search(r"/jobs/(\d+)/", address or "")
    heading = node.css_first("a h1, a h2, a h3, a h4")
    labels = node.css(".header.left span:not(.sr-only)")
    places = [_OF_LIST.sub(r"\3, \2, \1", place) for one in labels if (place := text(one))]
    return {
        "url": address.partition("?")[0] if address else None,
        "identifier": number[1] if number else None,
        "title": text(heading) or text(anchor),
        "jobLocation": places or None,
    }


SOURCE = Source(
    name="icims",
    title="iCIMS",
    url="https://{company}.icims.com",
    docs="https://developer.icims.com",
    terms="The public pages of a company's careers site; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
