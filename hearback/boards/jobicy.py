"""Jobicy: the newest hundred remote jobs in one feed.

https://github.com/Jobicy/remote-jobs-api
"""

from hearback.boards.lands import lands
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.paging import rows_in
from hearback.boards.posting import Batch, Period, Posting, Salary
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

# The most that one call gives; there are no pages.
COUNT = 100
# The board's own words for a level, where a title names none.
_LEVELS = {"junior": "junior", "midweight": "mid", "senior": "senior", "manager": "manager"}


def fetch(web: Web, ask: Ask) -> Batch:
    """The feed in one call. It leaves older jobs out, so that it is never full."""
    return read(web.get_json(f"{ask.url}/api/v2/remote-jobs", {"count": COUNT}))


def read(answer: object) -> Batch:
    """The jobs of an answer."""
    rows = rows_in(answer, "jobs", like=("jobTitle", "companyName", "url"))
    postings, skipped = read_rows(rows, _posting)
    return Batch(postings, skipped, rows=len(rows))


def _posting(row: dict[str, object]) -> Posting:
    where = row.get("jobGeo")
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id") or row.get("jobSlug"),
            title=row.get("jobTitle"),
            company=row.get("companyName"),
            url=row.get("url"),
            description=row.get("jobDescription") or row.get("jobExcerpt"),
            places=lands(where),
            remote=(True,),
            remote_from=(where,),
            salary=_salary(row),
            employment=row.get("jobType"),
            level=_LEVELS.get(str(clean(row.get("jobLevel"))).lower()),
            posted_at=row.get("pubDate"),
        ),
    )


def _salary(row: dict[str, object]) -> Salary | None:
    """Older answers have the pay of a year, newer ones a period beside it."""
    low = row.get("salaryMin") or row.get("annualSalaryMin")
    high = row.get("salaryMax") or row.get("annualSalaryMax")
    per = row.get("salaryPeriod") or (None if row.get("salaryMin") else Period.YEAR)
    return salary(low, high, row.get("salaryCurrency"), per)


SOURCE = Source(
    name="jobicy",
    title="Jobicy",
    url="https://jobicy.com",
    docs="https://github.com/Jobicy/remote-jobs-api",
    terms="At most one call an hour. Name Jobicy with a link to the job's page there, and let all buttons to "
    "apply lead to it. Do not pass jobs on to other job boards.",
    attribution="Found on Jobicy",
    scope=Scope.FEED,
    rank=1,
    a_day=24,
    fetch=fetch,
)
