"""Workable: the boards of many companies, by the answer made for companies' sites, else by that of its pages.

https://help.workable.com/hc/en-us/articles/115012771647
"""

from functools import partial

from hearback.boards.company_board import below, company_of, key_of
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay_shapes import stated
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_MOST_PAGES = 50
_CLOSED = frozenset({"archived", "closed", "draft"})
_STATES = _CLOSED | {"published"}
_LEVELS = {
    "internship": "intern",
    "entry level": "junior",
    "director": "director",
    "executive": "executive",
}


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    key = key_of(ask)
    try:
        answer = web.get_json(f"{ask.url}/api/v1/widget/accounts/{key}", {"details": "true"})
    except BoardFault as fault:
        if fault.kind is not Fault.GONE:
            raise
        answer = web.post_json(f"{ask.url}/api/v3/accounts/{key}/jobs", {})
    pages = [answer]
    # Only the answer of its pages goes on, with a token for the next one.
    while (token := part(pages[-1], "nextPage")) and len(pages) < _MOST_PAGES:
        following = web.post_json(f"{ask.url}/api/v3/accounts/{key}/jobs", {"token": token})
        if following in pages:
            break
        pages.append(following)
    return read(pages, ask)


def read(pages: list[object], ask: Ask) -> Batch:
    """The jobs of all pages, of either form."""
    rows = [row for page in pages for row in rows_in(page, "jobs", "results", like=("shortcode", "title"))]
    company = company_of(ask, part(pages[0], "name"))
    postings, skipped = read_rows(rows, partial(_posting, ask, company))
    return Batch(postings, skipped, len(rows), full=len(pages) < _MOST_PAGES)


def _posting(ask: Ask, company: str, row: dict[str, object]) -> Posting | None:
    if row.get("isInternal") is True or row.get("state") in _CLOSED:
        return None
    code = row.get("shortcode")
    level, own = row.get("experience"), row.get("location")
    kind = row.get("employment_type") or row.get("type")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=code or row.get("id"),
            title=row.get("title"),
            company=company,
            url=row.get("url")
            or row.get("shortlink")
            or below(f"https://apply.workable.com/{ask.key}/j", code),
            description=joined(
                (None, row.get("description") or row.get("full_description")),
                ("Requirements", row.get("requirements")),
                ("Benefits", row.get("benefits")),
            ),
            places=_places(row),
            remote=(
                row.get("workplace") or row.get("workplace_type") or part(own, "workplace_type"),
                row.get("telecommuting"),
                row.get("remote"),
                part(own, "telecommuting"),
            ),
            salary=stated(row.get("salary")),
            employment="part-time" if kind == "part" else kind,
            posted_at=row.get("published_on") or row.get("published") or row.get("created_at"),
            apply_url=row.get("application_url"),
            requisition=row.get("code"),
            level=_LEVELS.get(str(level).lower()),
        ),
    )


def _places(row: dict[str, object]) -> tuple[Place, ...]:
    """The places that are shown, else that of the row itself."""
    at = [one for one in listed(row.get("locations")) if part(one, "hidden") is not True]
    own = row.get("location")
    found = [place for one in at or ([own] if own else [row]) for place in _place(one)]
    return unique(found) or places(part(own, "location_str"))


def _place(at: object) -> tuple[Place, ...]:
    if not isinstance(at, dict):
        return places(at)
    # In some answers the state is that of the posting.
    state = at.get("state") if at.get("state") not in _STATES else None
    place = place_of(at.get("city"), at.get("region") or state, _country(at))
    return (place,) if place else ()


def _country(at: object) -> object:
    return part(at, "countryCode") or part(at, "country_code") or part(at, "country")


SOURCE = Source(
    name="workable",
    title="Workable",
    url="https://apply.workable.com",
    docs="https://help.workable.com/hc/en-us/articles/115012771647",
    terms="Public, made to show a company's jobs on its site, without a key; few calls a minute.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
