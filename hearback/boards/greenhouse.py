"""Greenhouse: the boards of many companies, all jobs of one in one answer.

https://developers.greenhouse.io/job-board.html
"""

import re
from functools import partial

from hearback.boards.company_board import below, company_of, key_of, slug_of
from hearback.boards.greenhouse_pay import pay
from hearback.boards.normal.addresses import web as web_address
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import places
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# Fields that companies add themselves, known by what companies call them.
_WHERE_FIELD = re.compile(
    r"work ?place|work ?model|remote|hybrid|location type|work(?:ing)? (?:type|arrangement)", re.I
)
_KIND_FIELD = re.compile(
    r"employment|contract|job type|time type|position type|work(?:er)? type|commitment", re.I
)
_NO_PLACE = re.compile(r"n/?a|none|tbd|multiple locations?|various(?: locations?)?", re.I)


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    address = f"{ask.url}/v1/boards/{key_of(ask)}/jobs"
    return read(web.get_json(address, {"content": "true", "pay_transparency": "true"}), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer; it says itself how many there are."""
    rows = rows_in(answer, "jobs", like=("id", "title", "absolute_url"))
    postings, skipped = read_rows(rows, partial(_posting, ask))
    total = part(answer, "meta", "total")
    return Batch(postings, skipped, len(rows), full=not isinstance(total, int) or total <= len(rows))


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    company = clean(row.get("company_name")) or _company(ask, row.get("absolute_url"))
    content = row.get("content")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("title"),
            company=company,
            url=row.get("absolute_url")
            or below(f"https://job-boards.greenhouse.io/{ask.key}/jobs", row.get("id")),
            description=content,
            places=_places(row),
            remote=(*_where(row), _shown(row)),
            salary=pay(row.get("pay_input_ranges"), row.get("metadata"), content),
            employment=_own_fields(row, _KIND_FIELD),
            posted_at=row.get("first_published") or row.get("updated_at"),
            valid_through=row.get("application_deadline"),
            requisition=row.get("requisition_id"),
        ),
    )


def _places(row: dict[str, object]) -> tuple[Place, ...]:
    """The place that is shown, else those of the offices."""
    shown = _shown(row)
    if isinstance(shown, str) and shown.strip() and not _NO_PLACE.fullmatch(shown.strip()):
        return places(shown)
    offices = listed(row.get("offices"))
    return places([part(office, "location") or part(office, "name") for office in offices])


def _shown(row: dict[str, object]) -> object:
    shown = row.get("location")
    return shown if isinstance(shown, str) else part(shown, "name")


def _company(ask: Ask, address: object) -> str:
    """The company's name out of the address of its job, where Greenhouse shows it, else as we know it."""
    host, _, path = (web_address(address) or "").partition("//")[2].partition("/")
    return (
        slug_of(ask, address) if host.endswith(".greenhouse.io") and path[:6] != "embed/" else company_of(ask)
    )


def _where(row: dict[str, object]) -> list[object]:
    """What a company's own fields say of remote work: in words, or as a yes to "Remote" or to "Hybrid"."""
    said: list[object] = []
    for field in listed(row.get("metadata")):
        name, value = str(part(field, "name")), part(field, "value")
        yes = value is True or (isinstance(value, str) and value.strip().lower() in {"yes", "true", "y"})
        if _WHERE_FIELD.search(name):
            said += [name] if yes else listed(value)
    return said


def _own_fields(row: dict[str, object], name: re.Pattern[str]) -> list[object]:
    found = []
    for field in listed(row.get("metadata")):
        if name.search(str(part(field, "name"))):
            found += listed(part(field, "value"))
    return found


SOURCE = Source(
    name="greenhouse",
    title="Greenhouse",
    url="https://boards-api.greenhouse.io",
    docs="https://developers.greenhouse.io/job-board.html",
    terms="Public and made for reading, without a key or a stated limit; answers are cached for minutes.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
