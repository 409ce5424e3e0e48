"""SmartRecruiters: the boards of many companies, a list in pages and each description on its own.

https://developers.smartrecruiters.com/docs/posting-api
"""

import re
from functools import partial

from hearback.boards.company_board import below, company_of, key_of
from hearback.boards.details import KEY, add_details
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay_shapes import stated
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.normal.where import place_of
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_WHERE_FIELD = re.compile(
    r"remote|hybrid|work ?place|work(?:ing)? ?(?:model|type|arrangement)", re.IGNORECASE
)
_PAGE = 100
_MOST_PAGES = 20
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_LEVELS = {
    "internship": "intern",
    "entry_level": "junior",
    "director": "director",
    "executive": "executive",
}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    address = f"{ask.url}/v1/companies/{key_of(ask)}/postings"

    def page(number: int) -> Page:
        answer = web.get_json(address, {"limit": _PAGE, "offset": number * _PAGE})
        total = part(answer, "totalFound")
        return Page(
            rows_in(answer, "content", like=("id", "name", "releasedDate")),
            last=isinstance(total, int) and total <= (number + 1) * _PAGE,
        )

    walked = walk(page, _MOST_PAGES, "id", "uuid")
    rows, notes = add_details(
        list(walked.rows),
        ask=lambda row: web.get_json(f"{address}/{row.get('id')}"),
        useful=lambda answer: "jobAd" in answer,
        needed=lambda row: "jobAd" not in row and clean(row.get("id")) is not None,
    )
    return read(Walked(tuple(rows), walked.full, (*walked.warnings, *notes)), ask)


def read(walked: Walked, ask: Ask) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, partial(_posting, ask))
    return Batch(postings, skipped, len(walked.rows), walked.full, warnings=walked.warnings)


def _posting(ask: Ask, row: dict[str, object]) -> Posting | None:
    whole = {**row, **detail} if isinstance(detail := row.get(KEY), dict) else row
    if whole.get("active") is False:
        return None
    at = whole.get("location")
    place = place_of(
        part(at, "city"), part(at, "region"), part(at, "country"), part(at, "fullLocation") or at
    )
    kind, company = whole.get("typeOfEmployment"), whole.get("company")
    company_key = part(whole, "company", "identifier") or ask.key
    sections = [part(whole, "jobAd", "sections", name) for name in _SECTIONS]
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=whole.get("id"),
            title=whole.get("name"),
            company=company_of(ask, part(company, "name"), company),
            url=whole.get("postingUrl")
            or below(f"https://jobs.smartrecruiters.com/{company_key}", whole.get("id")),
            description=joined(*((clean(part(one, "title")), part(one, "text")) for one in sections)),
            places=(place,) if place else (),
            remote=(
                "hybrid" if part(at, "hybrid") is True else None,
                part(at, "remote"),
                *_own_fields(whole),
            ),
            salary=stated(whole.get("compensation")),
            employment=[part(kind, "id"), part(kind, "label"), kind],
            posted_at=whole.get("releasedDate") or whole.get("createdOn"),
            apply_url=whole.get("applyUrl"),
            requisition=whole.get("refNumber"),
            level=_LEVELS.get(str(part(whole, "experienceLevel", "id"))),
        ),
    )


def _own_fields(row: dict[str, object]) -> list[object]:
    """What a company's own fields say of where the work is done."""
    fields = [
        one for one in listed(row.get("customField")) if _WHERE_FIELD.search(str(part(one, "fieldLabel")))
    ]
    return [part(one, "valueLabel") for one in fields]


SOURCE = Source(
    name="smartrecruiters",
    title="SmartRecruiters",
    url="https://api.smartrecruiters.com",
    docs="https://developers.smartrecruiters.com/docs/posting-api",
    terms="Public and made for reading, without a key; at most 10 calls a second and 8 at once.",
    scope=Scope.COMPANY,
    rank=0,
    # Its robots.txt closes the whole host to crawlers, its documentation opens this interface to programs.
    granted=True,
    fetch=fetch,
)
