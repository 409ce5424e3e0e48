"""Workday: the boards of many large companies, a search in pages of twenty and each job on its own.

The key is the company's host and site: "acme.wd5/External".
https://community.workday.com/api
"""

import datetime as dt
import re
from functools import partial

from hearback.boards.company_board import no_key, origin
from hearback.boards.details import KEY, add_details
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.moments import posted
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.rows import Unreadable, read_rows
from hearback.boards.normal.text import clean, readable
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# What the site itself asks for; it refuses more.
_PAGE = 20
_MOST_PAGES = 100
_COUNT = re.compile(r"\d+ (?:locations|standorte|sites|ubicaciones|lieux)", re.IGNORECASE)
_SITE = re.compile(r"[\w-]{1,100}")


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    host, _, site = ask.key.partition("/")
    tenant = host.partition(".")[0]
    # Many sites are called as their company is.
    if not _SITE.fullmatch(site or tenant):
        raise no_key()
    address = f"{origin(ask.url, ask.key)}/wday/cxs/{tenant}/{site or tenant}"

    def page(number: int) -> Page:
        question = {"appliedFacets": {}, "limit": _PAGE, "offset": number * _PAGE, "searchText": ""}
        rows = rows_in(web.post_json(f"{address}/jobs", question), "jobPostings")
        return Page(rows, last=len(rows) < _PAGE)

    walked = walk(page, _MOST_PAGES, "externalPath")
    rows, notes = add_details(
        list(walked.rows),
        ask=lambda row: part(web.get_json(f"{address}{row.get('externalPath')}"), "jobPostingInfo"),
        useful=lambda answer: "jobDescription" in answer,
        needed=lambda row: str(row.get("externalPath")).startswith("/"),
    )
    return read(Walked(tuple(rows), walked.full, (*walked.warnings, *notes)), ask)


def read(walked: Walked, ask: Ask, now: dt.datetime | None = None) -> Batch:
    """The jobs of all pages; `now` is what "Posted 8 Days Ago" counts from."""
    postings, skipped = read_rows(walked.rows, partial(_posting, ask, now))
    return Batch(postings, skipped, len(walked.rows), walked.full, warnings=walked.warnings)


def _posting(ask: Ask, now: dt.datetime | None, row: dict[str, object]) -> Posting:
    path = clean(row.get("externalPath"))
    if path is None:
        raise Unreadable("has no address that can be read")
    detail = row.get(KEY)
    host, _, site = ask.key.partition("/")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            # A requisition may stand in several postings, which the end of the path tells apart.
            external_id=path.rsplit("_", 1)[-1] if "_" in path else path,
            title=row.get("title"),
            company=ask.company or readable(host.partition(".")[0]),
            url=part(detail, "externalUrl")
            or f"https://{host}.myworkdayjobs.com/{site or host.partition('.')[0]}{path}",
            description=part(detail, "jobDescription"),
            places=_places(row, path),
            remote=(row.get("remoteType"), part(detail, "remoteType")),
            employment=row.get("timeType") or part(detail, "timeType"),
            posted_at=posted(part(detail, "startDate"), now) or posted(row.get("postedOn"), now),
            valid_through=part(detail, "endDate"),
            requisition=part(detail, "jobReqId") or next(iter(listed(row.get("bulletFields"))), None),
        ),
        now,
    )


def _places(row: dict[str, object], path: str) -> tuple[Place, ...]:
    """The places of the job's own page, else of the list; where that only counts them, of the address."""
    detail = row.get(KEY)
    own = [part(detail, "location"), *listed(part(detail, "additionalLocations"))]
    shown = row.get("locationsText")
    if isinstance(shown, str) and not _COUNT.fullmatch(shown.strip()):
        own = own if own[0] else [shown]
    elif not own[0]:
        # /job/Illinois---Chicago/Title_R1
        steps = path.split("/")
        own = [steps[2].replace("---", ", ").replace("-", " ")] if len(steps) > 3 else []
    return places([one for one in own if one])


SOURCE = Source(
    name="workday",
    title="Workday",
    url="https://{company}.myworkdayjobs.com",
    docs="https://community.workday.com/api",
    terms="The public answers behind a company's careers page, without a key; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
