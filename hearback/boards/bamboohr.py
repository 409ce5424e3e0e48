"""BambooHR: the boards of many companies, each on a host of its own, each description on its own.

https://documentation.bamboohr.com/docs
"""

from functools import partial

from hearback.boards.company_board import below, company_of, origin
from hearback.boards.details import KEY, add_details
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import of_field
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import place_of
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_WHERE = {"0": "on_site", "1": "remote", "2": "hybrid"}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    home = origin(ask.url, ask.key)
    rows, notes = add_details(
        rows_in(web.get_json(f"{home}/careers/list"), "result"),
        ask=lambda row: part(web.get_json(f"{home}/careers/{row.get('id')}/detail"), "result", "jobOpening"),
        useful=lambda answer: "description" in answer,
        needed=lambda row: clean(row.get("id")) is not None,
    )
    return read(rows, notes, ask)


def read(rows: list[object], notes: tuple[str, ...], ask: Ask) -> Batch:
    """The jobs of a list."""
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True, warnings=notes)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    detail = row.get(KEY)
    places = _places(row)
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("jobOpeningName"),
            company=company_of(ask),
            url=part(detail, "jobOpeningShareUrl")
            or below(f"https://{ask.key}.bamboohr.com/careers", row.get("id")),
            description=part(detail, "description"),
            places=places,
            remote=(_WHERE.get(str(row.get("locationType"))), row.get("isRemote")),
            salary=of_field(part(detail, "compensation"), places[0].country if places else None),
            employment=row.get("employmentStatusLabel"),
            posted_at=part(detail, "datePosted"),
        ),
    )


def _places(row: dict[str, object]) -> tuple[Place, ...]:
    """The place as the company wrote it, else as the board's own fields have it."""
    own, board = row.get("location"), row.get("atsLocation")
    at = own if part(own, "city") or part(own, "state") else board
    country = part(own, "addressCountry") or part(board, "country")
    place = place_of(part(at, "city"), part(at, "state") or part(at, "province"), country)
    return (place,) if place else ()


SOURCE = Source(
    name="bamboohr",
    title="BambooHR",
    url="https://{company}.bamboohr.com",
    docs="https://documentation.bamboohr.com/docs",
    terms="The public list behind a company's careers page, without a key; no limit is stated.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
