"""HRMDirect (ClearCompany): the boards of many companies, each on a host of its own, as pages for people.

https://www.clearcompany.com
"""

import re

from selectolax.lexbor import LexborNode

from hearback.boards.company_board import origin
from hearback.boards.html_lists import Row, jobs_of, link, read, select, text, with_pages
from hearback.boards.posting import Batch
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.web_page import parsed

_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    home, public = origin(ask.url, ask.key), origin(SOURCE.url, ask.key)
    page = parsed(web.get_text(f"{home}/employment/job-openings.php", {"search": "true"}))
    found = select(page, "tr[data-req-id]", lambda node: _row(node, f"{public}/employment/"))
    rows, notes = with_pages(web, jobs_of(page, found, "table"), home)
    return read(SOURCE.name, rows, notes, full=True, ask=ask)


def _row(node: LexborNode, base: str) -> Row:
    cells = [words for cell in node.css("td") if (words := text(cell))]
    where = [text(node.css_first(f"td.{name}")) for name in ("cities", "city", "state", "locations")]
    anchor = node.css_first("td.posTitle a, a[href*='job-opening']")
    address = link(anchor, base)
    return {
        "url": re.sub(r"&?#.*$", "", address) if address else None,
        "identifier": node.attributes.get("data-req-id"),
        "title": text(anchor),
        "datePosted": next((cell for cell in cells if _DATE.fullmatch(cell)), None),
        "jobLocation": ", ".join(one for one in where if one) or None,
    }


SOURCE = Source(
    name="hrmdirect",
    title="HRMDirect",
    url="https://{company}.hrmdirect.com",
    docs="https://www.clearcompany.com",
    terms="The public pages of a company's careers site; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
