"""Breezy HR: the boards of many companies, each on a host of its own, all jobs in one answer.

https://developer.breezy.hr/reference
"""

from functools import partial

from hearback.boards.company_board import below, company_of, origin
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean, named
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    return read(web.get_json(f"{origin(ask.url, ask.key)}/json"), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "positions")
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    at = [row.get("location"), *listed(row.get("locations"))]
    where = unique([place for one in at for place in _places(one)])
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("name"),
            company=company_of(ask, part(row, "company", "name")),
            url=row.get("url")
            or below(f"https://{ask.key}.breezy.hr/p", row.get("friendly_id") or row.get("id")),
            description=row.get("description"),
            places=where,
            remote=(
                named(part(row, "location", "remote_details"), "label", "value"),
                any(part(one, "is_remote") is True for one in at),
            ),
            salary=of_field(row.get("salary"), where[0].country if where else None),
            employment=[part(row, "type", key) for key in ("id", "name")],
            posted_at=row.get("published_date") or row.get("creation_date"),
        ),
    )


def _places(at: object) -> tuple[Place, ...]:
    """The name that is shown where it is a known place, else its parts."""
    shown = places(part(at, "name"))
    if any(place.country for place in shown):
        return shown
    country = part(at, "country", "id") or named(part(at, "country"))
    whole = place_of(
        part(at, "city"), named(part(at, "state"), "name", "id"), country, clean(part(at, "name"))
    )
    return (whole,) if whole else shown


SOURCE = Source(
    name="breezy",
    title="Breezy HR",
    url="https://{company}.breezy.hr",
    docs="https://developer.breezy.hr/reference",
    terms="The public answer behind a company's careers page, without a key; no limit is stated.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
