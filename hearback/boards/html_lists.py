"""Boards whose lists of jobs are pages for people, with more on each job's own page for machines."""

import re
from collections.abc import Callable
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hearback.boards import ld_json, ld_posting
from hearback.boards.details import KEY, add_details
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.addresses import web as web_address
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean, readable
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask
from hearback.boards.web import Web
from hearback.boards.web_page import parsed

# "careers-acme" is Acme's.
_PORTAL = re.compile(r"^(?:careers?|jobs?|external|internal|us|uk|global)-", re.IGNORECASE)
# A row as its list shows it: the parts of a JobPosting of schema.org that stand there.
Row = dict[str, object]


def jobs_of(page: LexborHTMLParser, rows: list[Row], empty: str) -> list[object]:
    """The rows; raise BoardFault where there are none and the page does not hold what an empty list has."""
    if not rows and not page.css_first(empty):
        raise BoardFault(Fault.SHAPE, "The board's page holds no list of jobs.")
    return list(rows)


def with_pages(web: Web, rows: list[object], home: str) -> tuple[list[object], tuple[str, ...]]:
    """The rows with the JobPosting of each job's own page, asked for below `home`."""

    def ask(row: Row) -> object:
        address = str(row["url"])
        path = address.split("/", 3)[3] if address.count("/") > 2 else ""
        page = parsed(web.get_text(f"{home}/{path}"))
        return next((node for value in ld_json.held(page) for node in ld_json.postings(value)), None)

    return add_details(
        rows, ask, useful=lambda node: bool(node.get("description")), needed=lambda row: "url" in row
    )


def read(board: str, rows: list[object], notes: tuple[str, ...], full: bool, ask: Ask) -> Batch:
    """The jobs of a list."""
    postings, skipped = read_rows(rows, partial(_posting, board, ask))
    return Batch(postings, skipped, len(rows), full, warnings=notes)


def text(node: LexborNode | None) -> str | None:
    """The text of a part of a page as one line."""
    return clean(node.text(separator=" ")) if node else None


def link(node: LexborNode | None, base: str) -> str | None:
    """Where a link leads."""
    return web_address(node.attributes.get("href"), base) if node else None


def select(page: LexborHTMLParser, rows: str, read_row: Callable[[LexborNode], Row]) -> list[Row]:
    """What each part of a page that is a row holds, those without a link left out."""
    return [row for node in page.css(rows) if (row := read_row(node)).get("url")]


def _posting(board: str, ask: Ask, row: Row) -> Posting:
    """The list's identity, title and address; of the job's own page what the list does not show."""
    detail = row.get(KEY)
    own = {key: value for key, value in row.items() if key != KEY and value is not None}
    node = {**detail, **own} if isinstance(detail, dict) else own
    return ld_posting.read(
        node, board, ask.key, str(row["url"]), ask.company or readable(_PORTAL.sub("", ask.key))
    )
