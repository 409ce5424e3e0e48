"""Ashby: the boards of many companies, all jobs of one in one answer.

https://developers.ashbyhq.com/docs/public-job-posting-api
"""

import re
from functools import partial

from hearback.boards.company_board import below, key_of, slug_of
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import of_field, salary, span
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import place_of, places, unique
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Place, Posting, Salary
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# What stands beside a salary in a summary.
_NO_SALARY = re.compile(r"%|equity|bonus|commission|stock|options", re.IGNORECASE)


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of a company."""
    address = f"{ask.url}/posting-api/job-board/{key_of(ask)}"
    return read(web.get_json(address, {"includeCompensation": "true"}), ask)


def read(answer: object, ask: Ask) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "jobs", "jobPostings", "results", like=("id", "title"))
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
            company=slug_of(ask, _url(row)),
            url=_url(row) or below(f"https://jobs.ashbyhq.com/{ask.key}", row.get("id")),
            description=row.get("descriptionHtml") or row.get("descriptionPlain"),
            places=unique(
                [place for at in (row, *listed(row.get("secondaryLocations"))) for place in _places(at)]
            ),
            remote=(row.get("workplaceType"), row.get("isRemote")),
            salary=_salary(row.get("compensation") or row),
            employment=row.get("employmentType"),
            posted_at=row.get("publishedAt") or row.get("publishedDate") or row.get("updatedAt"),
            apply_url=row.get("applyUrl"),
        ),
    )


def _places(at: object) -> tuple[Place, ...]:
    """The place that is shown, with the parts of its address; the text alone may name more than that."""
    named = (at, part(at, "location"), part(at, "location", "name"), part(at, "locationName"))
    name = next((one for one in named if isinstance(one, str)), None)
    shown = places(name)
    address = part(at, "address", "postalAddress") or part(at, "address")
    whole = place_of(
        part(address, "addressLocality"),
        part(address, "addressRegion"),
        part(address, "addressCountry"),
        name,
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
    words = part(pay, "scrapeableCompensationSalarySummary") or part(pay, "compensationTierSummary") or pay
    return whole or (_in_summary(words) if isinstance(words, str) else None)


def _in_summary(words: str) -> Salary | None:
    """The money of "$120K – $150K • 0.1% – 0.3% • Offers Bonus"."""
    pieces = (piece for piece in re.split(r"[•|;]", words) if not _NO_SALARY.search(piece))
    return next((found for piece in pieces if (found := of_field(piece))), None)


def _url(row: dict[str, object]) -> object:
    return row.get("jobUrl") or row.get("externalLink")


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
