"""NEOGOV (governmentjobs.com): the boards of public agencies of the United States, all jobs of one in a feed.

https://www.governmentjobs.com
"""

from collections.abc import Mapping
from functools import partial

from hearback.boards.company_board import company_of, key_of
from hearback.boards.faults import BoardFault, Fault
from hearback.boards.normal.build import Raw, posting
from hearback.boards.normal.markup import joined
from hearback.boards.normal.parts import listed, part
from hearback.boards.normal.pay import salary
from hearback.boards.normal.rows import read_rows
from hearback.boards.normal.where import places
from hearback.boards.posting import Batch, Posting
from hearback.boards.source import Ask, Scope, Source
from hearback.boards.web import Web
from hearback.boards.xml import read_xml

_SECTIONS = (
    (None, "description"),
    ("Duties", "examplesofduties"),
    ("Qualifications", "qualifications"),
    ("More", "supplementalinformation"),
)


def fetch(web: Web, ask: Ask) -> Batch:
    """Every open job of an agency."""
    return read(web.get_bytes(f"{ask.url}/SearchEngine/JobsFeed", {"agency": key_of(ask)}), ask)


def read(feed: bytes, ask: Ask) -> Batch:
    """The jobs of a feed."""
    tree, whole = read_xml(feed)
    channel = tree.get("channel")
    if not isinstance(channel, dict):
        raise BoardFault(Fault.SHAPE, "The board's feed holds no channel.")
    rows = listed(channel.get("item"))
    postings, skipped = read_rows(rows, partial(_posting, company_of(ask, channel.get("title")), ask))
    return Batch(postings, skipped, len(rows), full=whole)


def _posting(company: str, ask: Ask, row: Mapping[str, object]) -> Posting:
    keys = ("minimumSalary", "maximumSalary", "salaryCurrency", "salaryInterval")
    return posting(
        SOURCE.name,
        ask.key,
        Raw(
            external_id=row.get("jobId") or row.get("guid"),
            title=row.get("title"),
            company=company,
            url=row.get("link") or row.get("guid"),
            description=joined(*((heading, row.get(name)) for heading, name in _SECTIONS)),
            places=places(row.get("location")),
            salary=salary(*(row.get(key) for key in keys)),
            employment=part(row, "jobType"),
            posted_at=row.get("pubDate") or row.get("advertiseFromDateUTC"),
            # "Sun, 20 Sep 2026 04:59:00:0" has a part too many.
            valid_through=str(row.get("advertiseToDateTimeUTC") or "")[:25].removesuffix(":"),
        ),
    )


SOURCE = Source(
    name="neogov",
    title="NEOGOV",
    url="https://www.governmentjobs.com",
    docs="https://www.governmentjobs.com",
    terms="A public feed of an agency's jobs, without a key; no limit is stated.",
    scope=Scope.COMPANY,
    rank=0,
    fetch=fetch,
)
