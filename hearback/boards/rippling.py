"""Rippling: the boards of many companies, one row for each place of a job, each description on its own.

https://developer.rippling.com/documentation/job-board-api
"""

from functools import partial

from hearback.boards.company_board import below, company_of, key_of
from hearback.boards.details import KEY, add_details
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import salary, span
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import named
from hearback.boards.normal.where import places
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Posting, Salary
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    address = f"{ask.url}/platform/api/ats/v1/board/{key_of(ask)}/jobs"
    asked: dict[object, object] = {}

    def detail(row: dict[str, object]) -> object:
        uuid = row.get("uuid")
        if uuid not in asked:
            asked[uuid] = web.get_json(f"{address}/{uuid}")
        return asked[uuid]

    rows, notes = add_details(
        rows_in(web.get_json(address), "items", "jobs"),
        ask=detail,
        useful=lambda answer: "description" in answer,
        needed=lambda row: isinstance(row.get("uuid"), str),
    )
    return read(rows, notes, ask)


def read(rows: list[object], notes: tuple[str, ...], ask: Ask) -> Batch:
    """The jobs of a list."""
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True, warnings=notes)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    detail = row.get(KEY)
    words = part(detail, "description")
    shown = named(row.get("workLocation"), "label", "id")
    others = [named(one, "label", "name") for one in listed(part(detail, "workLocations"))]
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("uuid") or row.get("id"),
            title=row.get("name"),
            company=company_of(ask, part(detail, "companyName")),
            url=row.get("url") or below(f"https://ats.rippling.com/{ask.key}/jobs", row.get("uuid")),
            description=joined((None, part(words, "company")), (None, part(words, "role"))) or words,
            places=places([shown, *others]),
            remote=(shown,),
            salary=_salary(part(detail, "payRangeDetails")),
            employment=named(part(detail, "employmentType"), "id", "label"),
            posted_at=part(detail, "createdOn"),
        ),
    )


def _salary(ranges: object) -> Salary | None:
    keys = ("rangeStart", "rangeEnd", "currency", "frequency")
    stated = [salary(*(part(one, key) for key in keys)) for one in listed(ranges)]
    return span([one for one in stated if one is not None])


SOURCE = Source(
    name="rippling",
    title="Rippling",
    url="https://api.rippling.com",
    docs="https://developer.rippling.com/documentation/job-board-api",
    terms="Public and made for reading, without a key or a stated limit.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
