"""Personio: the boards of many companies, each on a host of its own, all jobs in one XML feed.

https://developer.personio.de/docs/retrieving-open-job-positions
"""

from collections.abc import Mapping
from functools import partial

from hearback.boards.company_board import below, company_of, origin
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.xml import Tree, read_xml

_LEVELS = {"student": "intern", "entry-level": "junior", "executive": "executive"}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with descriptions in its own language, else in English."""
    home = origin(ask.url, ask.key)
    try:
        first = web.get_bytes(f"{home}/xml")
    except BoardFault as fault:
        # Companies outside Germany may have the other ending.
        if fault.kind is not Fault.GONE or not home.endswith(".personio.de"):
            raise
        home = home.removesuffix(".de") + ".com"
        first = web.get_bytes(f"{home}/xml")
    rows, whole = rows_of(first)
    if not all(_texts(row) for row in rows):
        rows = _with_english(web, home, rows)
    return read(rows, whole, home if "personio" in home else None, ask)


def rows_of(feed: bytes) -> tuple[list[Tree], bool]:
    """The positions of a feed, and whether it is whole; raise BoardFault where it is no such feed."""
    tree, whole = read_xml(feed, marked_up="value")
    rows = _positions(tree)
    if tree and not rows:
        raise BoardFault(Fault.SHAPE, "The board's feed holds no positions.")
    return [row for row in rows if isinstance(row, dict)], whole


def _positions(tree: Tree) -> list[object]:
    """The positions under the root, or under what is wrapped around it; or the root, where it is one."""
    if "position" in tree:
        return listed(tree["position"])
    inner = [one for one in tree.values() if isinstance(one, dict) and "position" in one]
    return [row for one in inner for row in listed(one["position"])] or ([tree] if "name" in tree else [])


def read(rows: list[Tree], whole: bool, home: str | None, ask: Ask) -> Batch:
    """The jobs of a feed; `home` is the origin of their pages."""
    pages = home or f"https://{ask.key}.jobs.personio.de"
    postings, skipped = read_rows(rows, partial(_posting, ask, pages))
    return Batch(postings, skipped, len(rows), full=whole)


def _posting(ask: Ask, pages: str, row: Mapping[str, object]) -> Posting:
    kinds = [row.get("employmentType"), row.get("schedule")]
    more = [part(row.get(name), "office") for name in ("additionalOffices", "offices")]
    offices = [row.get("office"), *(one for found in more for one in listed(found))]
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("name"),
            company=company_of(ask, row.get("subcompany")),
            url=below(f"{pages}/job", row.get("id")),
            description=joined(*_texts(row)),
            places=places(offices),
            employment=kinds,
            posted_at=row.get("createdAt"),
            level=_LEVELS.get(str(row.get("seniority"))),
        ),
    )


def _texts(row: Mapping[str, object]) -> list[tuple[str | None, object]]:
    sections = listed(part(row.get("jobDescriptions"), "jobDescription"))
    return [(clean(part(one, "name")), part(one, "value")) for one in sections if part(one, "value")]


def _with_english(web: Web, home: str, rows: list[Tree]) -> list[Tree]:
    """The rows with English descriptions where there are none in the company's own language."""
    try:
        others, _ = rows_of(web.get_bytes(f"{home}/xml", {"language": "en"}))
    except BoardFault:
        return rows
    english = {str(row.get("id")): row["jobDescriptions"] for row in others if _texts(row)}
    return [
        row if _texts(row) else {**row, "jobDescriptions": english.get(str(row.get("id")), "")}
        for row in rows
    ]


SOURCE = Source(
    name="personio",
    title="Personio",
    url="https://{company}.jobs.personio.de",
    docs="https://developer.personio.de/docs/retrieving-open-job-positions",
    terms="Public and made for reading, without a key or a stated limit.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
