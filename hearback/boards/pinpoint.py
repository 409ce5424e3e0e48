"""Pinpoint: the boards of many companies, each on a host of its own, all jobs in one answer.

https://developers.pinpointhq.com/docs/job-postings-json
"""

from functools import partial

from hearback.boards.company_board import company_of, origin
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import of_field, salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import place_of
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Posting, Salary
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_SECTIONS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    return read(web.get_json(f"{origin(ask.url, ask.key)}/postings.json"), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "data")
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    at = row.get("location")
    place = place_of(part(at, "city"), part(at, "province"), part(at, "country"), part(at, "name"))
    sections = [(clean(row.get(f"{name}_header")), row.get(name)) for name in _SECTIONS]
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("title"),
            company=company_of(ask),
            url=row.get("url") or row.get("path"),
            base=f"https://{ask.key}.pinpointhq.com/",
            description=joined((None, row.get("description")), *sections),
            places=(place,) if place else (),
            remote=(row.get("workplace_type"), row.get("workplace_type_text")),
            salary=_salary(row, place.country if place else None),
            employment=[row.get("employment_type"), row.get("employment_type_text")],
            posted_at=row.get("published_at") or row.get("created_at"),
            valid_through=row.get("deadline_at"),
            requisition=part(row, "job", "requisition_id"),
        ),
    )


def _salary(row: dict[str, object], country: str | None) -> Salary | None:
    """What the company lets candidates see."""
    if row.get("compensation_visible") is False:
        return None
    keys = ("minimum", "maximum", "currency", "frequency")
    stated = salary(*(row.get(f"compensation_{key}") for key in keys))
    return stated or of_field(row.get("compensation"), country)


SOURCE = Source(
    name="pinpoint",
    title="Pinpoint",
    url="https://{company}.pinpointhq.com",
    docs="https://developers.pinpointhq.com/docs/job-postings-json",
    terms="Public and made for reading, without a key or a stated limit.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
