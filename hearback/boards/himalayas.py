"""Himalayas: remote jobs, a feed in pages of twenty, newest first.

https://himalayas.app/docs/data-dictionary
"""

from dataclasses import replace

from hearback.boards.lands import lands
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.parts import part
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean, named, names_of
from hearback.boards.paging import Page, Walked, rows_in, walk
from hearback.boards.posting import Batch, Period, Place, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# The most that the board gives at once.
PAGE = 20
# Five hundred jobs; the board has many thousands, and new ones come first.
MOST_PAGES = 25
_LEVELS = {
    "entry-level": "junior",
    "mid-level": "mid",
    "senior": "senior",
    "manager": "manager",
    "director": "director",
    "executive": "executive",
}


def fetch(web: Web, ask: Ask) -> Batch:
    """The newest pages."""

    def page(number: int) -> Page:
        answer = web.get_json(f"{ask.url}/jobs/api", {"limit": PAGE, "offset": number * PAGE})
        total = part(answer, "totalCount")
        return Page(
            rows_in(answer, "jobs", like=("title", "companyName", "guid")),
            last=isinstance(total, int) and (number + 1) * PAGE >= total,
        )

    return read(walk(page, MOST_PAGES, "guid", "applicationLink"))


def read(walked: Walked) -> Batch:
    """The jobs of all pages."""
    postings, skipped = read_rows(walked.rows, _posting)
    return Batch(postings, skipped, rows=len(walked.rows), full=walked.full, warnings=walked.warnings)


def _posting(row: dict[str, object]) -> Posting:
    # Countries are objects in newer answers and names in older ones; none is the whole world.
    parts = row.get("locationRestrictions")
    where = names_of(parts)
    codes = [_code(one) for one in parts] if isinstance(parts, list) else []
    levels = row.get("seniority")
    # A job for several levels is for none of them.
    only = clean(levels[0]) if isinstance(levels, list) and len(levels) == 1 else None
    read = posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("guid") or row.get("applicationLink"),
            title=row.get("title"),
            company=row.get("companyName"),
            url=row.get("applicationLink") or row.get("guid"),
            description=row.get("description") or row.get("excerpt"),
            places=lands(where),
            remote=(True,),
            remote_from=(where or "Worldwide",),
            salary=salary(
                row.get("minSalary"),
                row.get("maxSalary"),
                row.get("currency"),
                row.get("salaryPeriod") or Period.YEAR,
            ),
            employment=row.get("employmentType"),
            level=_LEVELS.get(str(only).lower()),
            posted_at=row.get("pubDate"),
            valid_through=row.get("expiryDate"),
        ),
    )
    if not codes or None in codes:
        return read
    # The board's own codes leave no doubt which Georgia is meant.
    known = [(name, code) for name, code in zip(where, codes, strict=False) if code]
    return replace(
        read,
        places=tuple(Place(name, country=code) for name, code in known),
        remote_from=tuple(code for _, code in known),
    )


def _code(row: object) -> str | None:
    code = part(row, "alpha2") if named(row) else None
    return code.upper() if isinstance(code, str) and len(code) == 2 and code.isalpha() else None


SOURCE = Source(
    name="himalayas",
    title="Himalayas",
    url="https://himalayas.app",
    docs="https://himalayas.app/docs/data-dictionary",
    terms="Link to the job's page on Himalayas and name it as the source. Do not pass jobs on to other job "
    "boards. The feed is renewed once a day.",
    attribution="Found on Himalayas",
    scope=Scope.FEED,
    rank=1,
    fetch=fetch,
)
