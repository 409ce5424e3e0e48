"""Oracle Recruiting: the boards of many large companies, each on a host of its own, in pages.

The key is the company's host and site: "abcd.fa.us2/CX_1".
https://docs.oracle.com/en/cloud/saas/human-resources/farws/
"""

import re
from functools import partial

from hearback.boards.company_board import below, origin
from hearback.boards.details import KEY, add_details
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import readable
from hearback.boards.normal.where import places
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_PAGE = 25
_MOST_PAGES = 40
_SITE = re.compile(r"[\w-]{1,60}")
_REST = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
_SECTIONS = (
    (None, "ExternalDescriptionStr"),
    ("Responsibilities", "ExternalResponsibilitiesStr"),
    ("Qualifications", "ExternalQualificationsStr"),
    (None, "CorporateDescriptionStr"),
)


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company, with the descriptions of as many as one visit bears."""
    home, site = origin(ask.url, ask.key), _site(ask)

    def page(number: int) -> Page:
        finder = f"findReqs;siteNumber={site},limit={_PAGE},offset={number * _PAGE},sortBy=POSTING_DATES_DESC"
        expand = "requisitionList.secondaryLocations"
        answer = web.get_json(f"{home}{_REST}s", {"onlyData": "true", "expand": expand, "finder": finder})
        rows = [row for item in rows_in(answer, "items") for row in listed(part(item, "requisitionList"))]
        return Page(rows, last=len(rows) < _PAGE)

    def detail(row: dict[str, object]) -> object:
        finder = f'ById;Id="{row.get("Id")}",siteNumber={site}'
        answer = web.get_json(
            f"{home}{_REST}Details", {"expand": "all", "onlyData": "true", "finder": finder}
        )
        return next(iter(listed(part(answer, "items"))), answer)

    walked = walk(page, _MOST_PAGES, "Id")
    rows, notes = add_details(
        list(walked.rows),
        ask=detail,
        useful=lambda answer: "ExternalDescriptionStr" in answer,
        needed=lambda row: str(row.get("Id")).isalnum(),
    )
    return read(Walked(tuple(rows), walked.full, (*walked.warnings, *notes)), ask)


def read(walked: Walked, ask: Ask) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, partial(_posting, ask))
    return Batch(postings, skipped, len(walked.rows), walked.full, warnings=walked.warnings)


def _posting(ask: Ask, row: dict[str, object]) -> Posting:
    whole = {**row, **detail} if isinstance(detail := row.get(KEY), dict) else row
    host = ask.key.partition("/")[0]
    number = row.get("Id")
    others = [part(one, "Name") for one in listed(row.get("secondaryLocations"))]
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=number,
            title=row.get("Title"),
            company=ask.company or readable(host.partition(".")[0]),
            url=below(
                f"https://{host}.oraclecloud.com/hcmUI/CandidateExperience/en/sites/{_site(ask)}/job", number
            ),
            description=joined(*((heading, whole.get(name)) for heading, name in _SECTIONS))
            or whole.get("ShortDescriptionStr"),
            places=places([row.get("PrimaryLocation"), *others]),
            remote=(whole.get("WorkplaceType"), row.get("PrimaryLocation")),
            employment=whole.get("JobSchedule") or whole.get("ContractType") or whole.get("WorkerType"),
            posted_at=row.get("PostedDate") or whole.get("ExternalPostedStartDate"),
            valid_through=whole.get("ExternalPostedEndDate"),
        ),
    )


def _site(ask: Ask) -> str:
    site = ask.key.partition("/")[2]
    return site if _SITE.fullmatch(site) else "CX_1"


SOURCE = Source(
    name="oracle",
    title="Oracle Recruiting",
    url="https://{company}.oraclecloud.com",
    docs="https://docs.oracle.com/en/cloud/saas/human-resources/farws/",
    terms="The public answers behind a company's careers page, without a key; its robots.txt is obeyed.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
