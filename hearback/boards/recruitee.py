"""Recruitee: the boards of many companies, each on a host of its own, all jobs in one answer.

https://docs.recruitee.com/reference/intro-to-careers-site-api
"""

from functools import partial

from hearback.boards.company_board import below, company_of, origin
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay_shapes import stated
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import place_of, unique
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_LEVELS = {
    "student_college": "intern",
    "student_high_school": "intern",
    "student_school": "intern",
    "entry_level": "junior",
    "mid_level": "mid",
    "manager": "manager",
    "senior_manager": "director",
    "executive": "executive",
    "senior_executive": "executive",
}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    return read(web.get_json(f"{origin(ask.url, ask.key)}/api/offers/"), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "offers", like=("id", "title", "slug"))
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True)


def _posting(ask: Ask, row: dict[str, object]) -> Posting | None:
    if row.get("status") not in (None, "published"):
        return None
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id") or row.get("guid"),
            title=_said(row, "title"),
            company=company_of(ask, row.get("company_name")),
            url=row.get("careers_url") or below(f"https://{ask.key}.recruitee.com/o", row.get("slug")),
            description=joined((None, _said(row, "description")), (None, _said(row, "requirements"))),
            places=_places(row),
            remote=(_where(row),),
            salary=stated(row.get("salary")),
            employment=row.get("employment_type_code"),
            posted_at=row.get("published_at") or row.get("created_at"),
            valid_through=row.get("close_at"),
            apply_url=row.get("careers_apply_url"),
            apply_email=row.get("mailbox_email"),
            level=_LEVELS.get(str(row.get("experience_code"))),
        ),
    )


def _said(row: dict[str, object], name: str) -> object:
    """A text in the board's own language, else in the first that has it."""
    others = row.get("translations")
    texts = [part(one, name) for one in others.values()] if isinstance(others, dict) else []
    return row.get(name) or next((text for text in texts if text), None)


def _where(row: dict[str, object]) -> str | None:
    """The freest of those that are offered: one job may be all three."""
    return next((word for word in ("remote", "hybrid", "on_site") if row.get(word) is True), None)


def _places(row: dict[str, object]) -> tuple[Place, ...]:
    found = [
        place_of(
            part(at, "city"),
            part(at, "state") or part(at, "state_name"),
            part(at, "country_code") or part(at, "country"),
        )
        if isinstance(at, dict)
        else place_of(text=at)
        for at in listed(row.get("locations")) or [row]
    ]
    # Some write the place in one line alone.
    whole = unique([place for place in found if place is not None])
    alone = place_of(text=row.get("location"))
    return whole or ((alone,) if alone else ())


SOURCE = Source(
    name="recruitee",
    title="Recruitee",
    url="https://{company}.recruitee.com",
    docs="https://docs.recruitee.com/reference/intro-to-careers-site-api",
    terms="Public and made for reading, without a key or a stated limit.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
