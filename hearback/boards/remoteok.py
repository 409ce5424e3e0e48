"""Remote OK: the newest remote jobs, about a hundred, in one feed.

https://remoteok.com/api
"""

import re

from hearback.boards.lands import lands
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.text import clean
from hearback.boards.paging import rows_in
from hearback.boards.posting import UNDISCLOSED, Batch, Period, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web

_ASKER = re.compile(r"Please mention the word .{0,80}? when applying.{0,600}\Z", re.DOTALL)
# It stands at the end, after some ends of lines.
_ASKER_LENGTH = 800
_BREAK = re.compile(r"<br ?/?>$")


def fetch(web: Web, ask: Ask) -> Batch:
    """The feed in one call. It leaves older jobs out, so that it is never full."""
    return read(web.get_json(f"{ask.url}/api"))


def read(answer: object) -> Batch:
    """The jobs of an answer, whose first element is the legal notice."""
    rows = [
        row for row in rows_in(answer, "jobs", like=("position", "company", "url")) if not _is_notice(row)
    ]
    postings, skipped = read_rows(rows, _posting)
    return Batch(postings, skipped, rows=len(rows))


def _description(text: object) -> object:
    """What the company wrote, without the board's word below it, which tells who asked."""
    if not isinstance(text, str):
        return text
    start = max(0, len(text) - _ASKER_LENGTH)
    asker = _ASKER.search(text, start)
    if asker is None:
        return text
    own = text[: asker.start()].rstrip()
    while found := _BREAK.search(own, max(0, len(own) - 6)):
        own = own[: found.start()].rstrip()
    return own


def _is_notice(row: object) -> bool:
    return isinstance(row, dict) and "legal" in row and "position" not in row


def _posting(row: dict[str, object]) -> Posting:
    # Places come as "South Geelong, " where the country is not known.
    where = (clean(row.get("location")) or "").strip(" ,")
    return posting(
        SOURCE.name,
        "",
        Raw(
            external_id=row.get("id") or row.get("slug"),
            title=row.get("position"),
            company=row.get("company") or UNDISCLOSED,
            url=row.get("url"),
            description=_description(row.get("description")),
            places=lands(where),
            remote=(True,),
            remote_from=(where,),
            # The board gives whole dollars a year; 0 is no salary.
            salary=salary(row.get("salary_min"), row.get("salary_max"), "USD", Period.YEAR),
            posted_at=row.get("epoch") or row.get("date"),
            apply_url=row.get("apply_url"),
            # What only looks like an address is made none.
            base=SOURCE.url if str(clean(row.get("url"))).startswith("/") else None,
        ),
    )


SOURCE = Source(
    name="remoteok",
    title="Remote OK",
    url="https://remoteok.com",
    docs="https://remoteok.com/api",
    terms="Link to the job's page on Remote OK with a link that search engines follow, and name Remote OK as "
    "the source. Do not use its logo.",
    attribution="Found on Remote OK",
    scope=Scope.FEED,
    rank=1,
    followed=True,
    fetch=fetch,
)
