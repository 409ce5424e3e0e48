"""Ashby: the boards of many companies, all jobs of one in one answer.

https://developers.ashbyhq.com/docs/public-job-posting-api
"""

from functools import partial

from hearback.boards.company_board import below, key_of, listed, part, slug_of
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.pay import of_field, salary, span
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting, Salary
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    address = f"{ask.url}/posting-api/job-board/{key_of(ask)}"
    return read(web.get_json(address, {"includeCompensation": "true"}), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "jobs")
    postings, skipped = read_rows(rows, partial(_posting, ask))
    return Batch(postings, skipped, len(rows), full=True)


def _posting(ask: Ask, row: dict[str, object]) -> Posting | None:
    # Unlisted jobs are shown only to those who have their address.
    if row.get("isListed") is False:
        return None
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("id"),
            title=row.get("title"),
            company=slug_of(ask, row.get("jobUrl")),
            url=row.get("jobUrl") or below(f"https://jobs.ashbyhq.com/{ask.key}", row.get("id")),
            description=row.get("descriptionHtml") or row.get("descriptionPlain"),
            places=unique(
                [place for at in (row, *listed(row.get("secondaryLocations"))) for place in _places(at)]
            ),
            remote=(row.get("workplaceType"), row.get("isRemote")),
            salary=_salary(row.get("compensation")),
            employment=row.get("employmentType"),
            posted_at=row.get("publishedAt") or row.get("updatedAt"),
            apply_url=row.get("applyUrl"),
        ),
    )


def _places(at: object) -> tuple[Place, ...]:
    """The place that is shown, with the parts of its address; the text alone may name more than that."""
    shown = places(part(at, "location") or part(at, "locationName"))
    address = part(at, "address", "postalAddress")
    whole = place_of(
        part(address, "addressLocality"),
        part(address, "addressRegion"),
        part(address, "addressCountry"),
        part(at, "location"),
    )
    if whole is None or len(shown) > 1 or (whole.city is None and any(place.city for place in shown)):
        return shown
    return (whole,)


def _salary(pay: object) -> Salary | None:
    """The money in all tiers together; equity and bonuses are no salary."""
    parts = listed(part(pay, "summaryComponents"))
    for tier in listed(part(pay, "compensationTiers")):
        parts = [*parts, *listed(part(tier, "components"))]
    stated = [
        salary(*(part(one, key) for key in ("minValue", "maxValue", "currencyCode", "interval")))
        for one in parts
        if part(one, "compensationType") == "Salary"
    ]
    whole = span([one for one in stated if one is not None])
    words = part(pay, "scrapeableCompensationSalarySummary") or part(pay, "compensationTierSummary")
    return whole or (of_field(words) if words else None)


SOURCE = Source(
    name="ashby",
    title="Ashby",
    url="https://api.ashbyhq.com",
    docs="https://developers.ashbyhq.com/docs/public-job-posting-api",
    terms="Public and made for reading, without a key or a stated limit.",
    scope=Scope.COMPANY,
    rank=0,
    granted=True,
    fetch=fetch,
)
