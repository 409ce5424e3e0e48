"""Lever: the boards of many companies in two regions, all jobs of one in one answer.

https://github.com/lever/postings-api
"""

from functools import partial

from hearback.boards.company_board import below, key_of, slug_of
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined, safe_html
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay_shapes import stated
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places, within
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_EUROPE = "https://api.eu.lever.co"


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, wherever Lever keeps it."""
    path = f"/v0/postings/{key_of(ask)}"
    try:
        answer = web.get_json(f"{ask.url}{path}", {"mode": "json"})
    except BoardFault as fault:
        if fault.kind is not Fault.GONE or ask.url != SOURCE.url:
            raise
        answer = web.get_json(f"{_EUROPE}{path}", {"mode": "json"})
    return read(answer, ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "postings", "data", "jobs", like=("id", "text", "hostedUrl"))
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    kinds = row.get("categories")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("text"),
            company=slug_of(ask, row.get("hostedUrl")),
            url=row.get("hostedUrl") or below(f"https://jobs.lever.co/{ask.key}", row.get("id")),
            description=_description(row),
            places=_places(row),
            remote=(row.get("workplaceType"), part(kinds, "location")),
            salary=stated(row.get("salaryRange")),
            employment=part(kinds, "commitment"),
            posted_at=row.get("createdAt"),
            apply_url=row.get("applyUrl"),
        ),
    )


def _description(row: dict[str, object]) -> str:
    """Its opening and body, its lists with their headings, what is said of pay, and its end."""
    lists = [
        (clean(part(one, "text")), f"<ul>{part(one, 'content') or ''}</ul>")
        for one in listed(row.get("lists"))
    ]
    whole = row.get("description")
    opening = (
        whole if safe_html(whole) else joined((None, row.get("opening")), (None, row.get("descriptionBody")))
    )
    plain = row.get("descriptionPlain")
    return joined(
        (None, opening or plain), *lists, (None, row.get("salaryDescription")), (None, row.get("additional"))
    )


def _places(row: dict[str, object]) -> tuple[Place, ...]:
    """All its places; the country is told of the first alone."""
    first = part(row, "categories", "location")
    others = listed(part(row, "categories", "allLocations"))
    return places([first, *others]) if not row.get("country") else within(row["country"], first, others)


SOURCE = Source(
    name="lever",
    title="Lever",
    url="https://api.lever.co",
    docs="https://github.com/lever/postings-api",
    terms="Public and made for reading, without a key; no limit is stated for reading.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
